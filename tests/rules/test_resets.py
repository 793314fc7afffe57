"""The marks of a reset, one by one."""

import pytest

from tests.rules.scene import MX2, Scene, finding, findings, grade
from tests.rules.session import Session, View
from wiretruth.model.frames import Mark
from wiretruth.model.packet import Endpoint
from wiretruth.model.sighting import HalfStream, Outcome, Reset, Sighting, moments
from wiretruth.rules._resets import foreign_reset, strange_marks

RESET = Reset(100, 10, from_client=False, ttl=57, ip_id=0, window=0, acceptable=True, answers_closed=False)


def sighting(*resets: Reset, after: Mark | None = None, missing: int = 0) -> Sighting:
    server = HalfStream(ttls=(57,), moments=moments(last_data=after or Mark(50, 5)), missing_octets=missing)
    return Sighting(
        serial=1, vantage="tap", client=Endpoint("10.10.0.5", 40000), server=Endpoint("198.51.100.10", 25),
        roles_known=True, outcome=Outcome.RESET, opened=Mark(1, 1), last=Mark(200, 20), closed=None,
        from_client=HalfStream(), from_server=server, resets=resets, data_after_reset=after,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("reset", "after", "missing", "expected"),
    [
        (RESET, None, 0, 0),
        (RESET._replace(ttl=62), None, 0, 1),
        (RESET._replace(acceptable=False), None, 0, 1),
        (RESET._replace(acceptable=False), None, 500, 0),
        (RESET, Mark(110, 11), 0, 1),
        (RESET._replace(acceptable=False), Mark(110, 11), 0, 1),
        (RESET._replace(ttl=62, acceptable=False), Mark(110, 11), 0, 2),
    ],
)
def test_marks_are_counted_by_cause(reset: Reset, after: Mark | None, missing: int, expected: int) -> None:
    assert expected == len(strange_marks(sighting(reset, after=after, missing=missing), reset))


def test_the_strangest_reset_is_given() -> None:
    strange = RESET._replace(ttl=62, frame=11)
    found = foreign_reset(sighting(RESET, strange))

    assert found is not None
    assert strange == found[0]


def test_answers_to_a_closed_side_are_ordinary() -> None:
    assert foreign_reset(sighting(RESET._replace(ttl=62, answers_closed=True))) is None


LAN, WAN = View(), View("wan", hops=1)


def two_taps() -> tuple[Scene, Session]:
    scene = Scene()
    scene.example_net()
    session = Session(scene, views=(LAN, WAN)).connect().greeted().envelope()
    return scene, session


def watched_on(scene: Scene) -> Scene:
    scene.wait(1)
    Session(scene, MX2, views=(LAN, WAN)).delivers(name="mail2.example.net")
    return scene


@pytest.mark.parametrize(("from_client", "tap"), [(False, LAN), (True, WAN)])
def test_a_reset_that_its_sender_never_sent(from_client: bool, tap: View) -> None:
    """It bears every mark of the true sender; only the other tap gives it away."""
    scene, session = two_taps()
    session.views = (tap,)
    session.reset(from_client, ttl=(64 if from_client else 57))

    found = finding(watched_on(scene), "reset-injected")

    assert ("critical", "proven") == grade(found)
    assert "did not send it" in found.summary
    assert [] == findings(scene, "session-reset")


@pytest.mark.parametrize(("from_client", "tap"), [(False, WAN), (True, LAN)])
def test_a_reset_that_got_lost_on_its_way_is_its_senders_own(from_client: bool, tap: View) -> None:
    scene, session = two_taps()
    session.views = (tap,)
    session.reset(from_client)

    assert [] == findings(watched_on(scene), "reset-injected")


def test_a_reset_at_both_is_its_senders_own() -> None:
    scene, session = two_taps()
    session.reset()

    assert [] == findings(watched_on(scene), "reset-injected")


def test_nothing_is_proven_by_a_capture_that_had_ended() -> None:
    scene, session = two_taps()
    session.views = (LAN,)
    session.reset()

    assert [] == findings(scene, "reset-injected")


def test_nothing_is_proven_by_a_capture_that_loses_packets() -> None:
    scene, session = two_taps()
    scene.kernel_drops = 9
    session.views = (LAN,)
    session.reset()

    assert [] == findings(watched_on(scene), "reset-injected")


def test_a_reset_behind_the_end_of_the_mail_is_info() -> None:
    scene, session = two_taps()
    session.message()
    session.asks("QUIT", "221 2.0.0 Bye")
    session.views = (LAN,)
    session.reset()

    assert ("info", "proven") == grade(finding(watched_on(scene), "reset-injected"))


def test_what_the_forged_reset_provokes_is_no_end_before_it() -> None:
    """The client, reset, answers the server's next octets with a reset of its own, which passes both."""
    scene, session = two_taps()
    session.views = (LAN,)
    session.reset(ttl=117)
    session.views = (LAN, WAN)
    session.send(False, 0x18, b"250 2.0.0 Ok\r\n")
    session.reset(True)

    assert ("critical", "proven") == grade(finding(watched_on(scene), "reset-injected"))
