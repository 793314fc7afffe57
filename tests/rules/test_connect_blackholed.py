"""Nothing answered: a claim of silence, worth as much as what the tap could have seen."""

from collections.abc import Callable

import pytest

from tests.rules.packets import ACK, RST
from tests.rules.scene import Scene, finding, findings, frames_of, grade, loud
from tests.rules.session import Session, inbound, resent

CODE = "connect-blackholed"


def dropped(scene: Scene, *waits: float) -> Session:
    session = Session(scene)
    session.syn()
    resent(session, True, *waits)
    return session


def test_silence_after_several_syns_is_critical() -> None:
    scene = Scene()
    scene.example_net()
    dropped(scene, 1, 2, 4)
    scene.wait(8)
    scene.example_net()

    found = finding(scene, CODE)

    assert grade(found) == ("critical", "likely")
    assert "nothing answered 10.10.0.5 at mail1.example.net [198.51.100.10]:25" in found.summary
    assert "4 times in 7.0 s" in found.summary
    assert [5, 6, 7, 8] == frames_of(found)


def test_several_attempts_are_told_once() -> None:
    scene = Scene()
    scene.example_net()
    for _ in range(3):
        dropped(scene, 1, 2)

    assert "(3 attempts)" in finding(scene, CODE).summary


def one_syn(scene: Scene) -> None:
    scene.example_net()
    Session(scene).syn()


def answered_late(scene: Scene) -> None:
    scene.example_net()
    session = dropped(scene, 1, 2)
    session.syn_ack()
    session.acknowledge()
    session.greeted().envelope().message()
    session.quit()


def no_mail(scene: Scene) -> None:
    scene.example_net()
    session = Session(scene, server_port=443)
    session.syn()
    resent(session, True, 1, 2, 4)


def scan(scene: Scene) -> None:
    """A stranger tries one host after the other; some refuse, some are silent."""
    for number in range(1, 9):
        session = inbound(scene, server=f"198.51.100.{number}")
        session.syn()
        if number % 2:
            session.send(False, RST | ACK, seq=0)
        else:
            resent(session, True, 1, 2)
    scene.example_net()


@pytest.mark.parametrize("innocent", [one_syn, answered_late, no_mail, scan])
def test_silent_on(innocent: Callable[[Scene], None]) -> None:
    scene = Scene()
    innocent(scene)

    assert [] == findings(scene, CODE)
    assert [] == loud(scene)


def no_replies_here(scene: Scene) -> None:
    dropped(scene, 1, 2, 4)


def capture_ends(scene: Scene) -> None:
    scene.example_net()
    dropped(scene, 1)


def kernel_drops(scene: Scene) -> None:
    scene.kernel_drops = 40
    scene.example_net()
    dropped(scene, 1, 2, 4)


@pytest.mark.parametrize(
    ("scenery", "doubt"),
    [
        (no_replies_here, "replies to 10.10.0.5 do not pass this vantage"),
        (capture_ends, "the capture ended"),
        (kernel_drops, "lost to the capture"),
    ],
)
def test_only_possible_where_the_capture_may_be_blind(scenery: Callable[[Scene], None], doubt: str) -> None:
    scene = Scene()
    scenery(scene)

    found = finding(scene, CODE)

    assert grade(found) == ("info", "possible")
    assert doubt in " ".join(found.still_possible)


def test_a_scanner_that_speaks_is_no_scanner() -> None:
    scene = Scene()
    for number in range(1, 10):
        session = inbound(scene, server=f"198.51.100.{number}")
        if number == 1:
            session.delivers()
        else:
            session.syn()
            resent(session, True, 1, 2)
    scene.wait(5)
    scene.example_net()

    assert 8 == len(findings(scene, CODE))
