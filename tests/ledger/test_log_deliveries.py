"""Lines of a sender, from what is surest to what is not; more of it in the tests of the rules."""

import pytest

from tests.rules.logbook import OK, Logbook, judged, verdicts
from tests.rules.packets import SYN
from tests.rules.scene import MX1, MX2, STRANGER, Scene
from tests.rules.session import Session
from wiretruth.model.log import Reason, Verdict


def attempt(scene: Scene, server: str, outcome: str) -> None:
    session = Session(scene, server)
    session.syn()
    if outcome == "refused":
        session.reset()
    elif outcome == "rejected":
        scene.icmp("10.10.0.1", session.last_packet)
    elif outcome == "unanswered":
        session.again(from_client=True, after=3)
        scene.wait(3)


@pytest.mark.parametrize(
    ("outcome", "words", "expected"),
    [
        ("refused", "Connection refused", "confirmed"),
        ("rejected", "No route to host", "confirmed"),
        ("rejected", "Connection refused", "confirmed"),
        ("unanswered", "Connection timed out", "confirmed"),
        ("refused", "Connection timed out", "unprovable: no packet of it was seen"),
        ("unanswered", "Connection refused", "unprovable: no packet of it was seen"),
    ],
)
def test_how_an_attempt_ended(outcome: str, words: str, expected: str) -> None:
    """An end told otherwise accuses nobody: another attempt may be meant."""
    scene = Scene()
    log = Logbook(scene)
    attempt(scene, MX1, outcome)
    log.deferred(f"connect to mail1.example.net[{MX1}]:25: {words}", delays="0/0/7/0")
    scene.wait(30)
    Session(scene, MX2).delivers()

    ((_, told),) = verdicts(scene, log)
    assert expected == told or told.startswith("unprovable: outside")


def test_two_ways_to_tie_are_none() -> None:
    """Two hosts said the same of one recipient at that time, and the line names a third."""
    scene = Scene()
    log = Logbook(scene)
    scene.example_net()
    for server in (STRANGER, "192.0.2.67"):
        session = Session(scene, server)
        session.connect().greeted().envelope().message("250 2.0.0 Ok")
        session.quit()
    log.sent(reply="250 2.0.0 Ok")

    assert [(1, "unprovable: packets and line can be tied to each other in more than one way")] == verdicts(scene, log)


def test_a_line_without_recipient_is_tied_by_address_and_reply() -> None:
    scene = Scene()
    log = Logbook(scene)
    session = Session(scene).connect()
    session.hears("554 5.7.1 go away please")
    session.close()
    log.write("smtp", f"F13F273B: host mail1.example.net[{MX1}] refused to talk to me: 554 5.7.1 go away please")

    assert [(1, "confirmed")] == verdicts(scene, log)


def test_what_cannot_be_read_is_not_judged() -> None:
    """The named host was connected to, and the capture lacks what was said."""
    scene = Scene()
    log = Logbook(scene)
    session = Session(scene).connect()
    session.says("nothing that could be a dialogue", seen=False)
    session.close()
    log.sent(delays="0/0/1/1")

    assert [(1, "unprovable: what was said is not in the capture")] == verdicts(scene, log)


def test_each_reply_has_one_line() -> None:
    """Two lines, one message on the wire to the address that they name: the second is not confirmed by the other's reply."""
    scene = Scene()
    log = Logbook(scene)
    scene.example_net(MX1, MX2)
    for server in (MX1, STRANGER):
        session = Session(scene, server)
        session.connect().greeted().envelope().message(OK)
        session.quit()
    log.sent(address=MX1)
    log.sent(address=MX2)

    assert [(1, "confirmed"), (2, "contradicted: address")] == verdicts(scene, log)


def test_a_verdict_knows_its_connection() -> None:
    scene = Scene()
    log = Logbook(scene)
    session = Session(scene)
    session.send(True, SYN)
    session.reset()
    log.deferred(f"connect to mail1.example.net[{MX1}]:25: Connection refused")

    (told,) = judged(scene, log)

    assert (Verdict.CONFIRMED, None, ("address", "outcome", "time")) == (told.verdict, told.reason, told.tied_by)
    assert told.connection is not None
    assert MX1 == told.connection.server.address


def test_a_failure_that_may_be_remembered() -> None:
    """Sendmail tells the end of an earlier attempt for every message of a queue run."""
    scene = Scene()
    log = Logbook(scene)
    log.lines.append(
        "Nov 20 18:29:43 mta sendmail[7]: 6AKJ9IfX023931: to=<bob@example.net>, delay=00:00:00, xdelay=00:00:00, "
        f"mailer=esmtp, pri=1, relay=mail1.example.net. [{MX1}], dsn=4.4.1, stat=Deferred: Connection refused by x."
    )
    Session(scene, MX2).delivers()

    assert [Reason.REMEMBERED] == [x.reason for x in judged(scene, log)]
