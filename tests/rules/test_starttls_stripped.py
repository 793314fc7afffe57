"""STARTTLS blanked on the way."""

from collections.abc import Callable

import pytest

from tests.rules.scene import Scene, finding, findings, frames_of, grade, loud
from tests.rules.session import Session, View

CODE = "starttls-stripped"


def offered(scene: Scene, *keywords: str, address: str = "198.51.100.10") -> int:
    session = Session(scene, address).connect()
    session.hears("220 mail1.example.net ESMTP")
    lines = ["mail1.example.net", *keywords]
    reply = [f"250-{line}" for line in lines[:-1]] + [f"250 {lines[-1]}"]
    frame = session.asks("EHLO mta.corp.example", *reply)
    session.envelope().message()
    session.quit()
    return frame


@pytest.mark.parametrize("mask", ["XXXXXXXX", "XXXXXXXA", "********"])
def test_a_masked_keyword_is_critical(mask: str) -> None:
    scene = Scene()
    scene.example_net()
    frame = offered(scene, "PIPELINING", mask, "8BITMIME")

    found = finding(scene, CODE)

    assert grade(found) == ("critical", "likely")
    assert f"offers {mask} where STARTTLS stands" in found.summary
    assert [frame] == frames_of(found)


def test_an_offer_that_comes_and_goes_is_only_possible() -> None:
    scene = Scene()
    offered(scene, "PIPELINING", "STARTTLS")
    offered(scene, "PIPELINING")

    assert grade(finding(scene, CODE)) == ("info", "possible")


def never_offered(scene: Scene) -> None:
    offered(scene, "PIPELINING")


def offered_and_not_taken(scene: Scene) -> None:
    offered(scene, "PIPELINING", "STARTTLS")


def own_extensions(scene: Scene) -> None:
    offered(scene, "XCLIENT NAME ADDR", "XEXCH50", "X-LINK2STATE", "XXX")


def another_server(scene: Scene) -> None:
    offered(scene, "STARTTLS", address="198.51.100.20")
    offered(scene, "PIPELINING")


@pytest.mark.parametrize("innocent", [never_offered, offered_and_not_taken, own_extensions, another_server])
def test_silent_on(innocent: Callable[[Scene], None]) -> None:
    scene = Scene()
    innocent(scene)

    assert [] == findings(scene, CODE)
    assert [] == loud(scene)


LAN = View()


def test_two_readings_of_one_offer_prove_it() -> None:
    scene = Scene()
    scene.example_net()
    wan = View("wan", hops=1, edit=(b"250-NOTHINGX", b"250-STARTTLS"))
    session = Session(scene, views=(LAN, wan)).connect()
    session.hears("220 mail1.example.net ESMTP")
    session.asks("EHLO mta.corp.example", "250-mail1.example.net", "250-NOTHINGX", "250 8BITMIME")
    session.envelope().message()
    session.quit()

    found = finding(scene, CODE)

    assert grade(found) == ("critical", "proven")
    assert "is blanked between wan and tap" in found.summary
    assert ["the server sent: 250 STARTTLS", "what arrived: 250 NOTHINGX"] == [e.text for e in found.evidence]
    assert [("starttls-stripped", "critical", "proven")] == loud(scene)
