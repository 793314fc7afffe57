"""What the findings on 4yz and 5yz replies say alike."""

import pytest

from tests.rules.scene import Scene, finding, frames_of, grade
from tests.rules.session import Session


@pytest.mark.parametrize(
    ("reply", "code", "done"),
    [
        ("451 4.3.0 try later", "smtp-deferred", "deferred"),
        ("550 5.1.1 no such user", "smtp-rejected", "rejected"),
    ],
)
def test_step_words_recipient_and_frame(reply: str, code: str, done: str) -> None:
    scene = Scene()
    scene.example_net()
    session = Session(scene).connect().greeted()
    session.asks("MAIL FROM:<alice@corp.example>", "250 Ok")
    frame = session.asks("RCPT TO:<bob@example.net>", reply)
    session.quit()

    found = finding(scene, code)

    assert ("warning", "likely") == grade(found)
    assert f"mail1.example.net [198.51.100.10]:25 {done} mail for bob@example.net at RCPT: {reply}" == found.summary
    assert [frame] == frames_of(found)
