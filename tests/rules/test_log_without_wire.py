"""Attempts that a log tells of and no packet supports, and all the reasons why none should be expected."""

from datetime import UTC

import pytest

from tests.rules.logbook import OK, Logbook, findings, report, verdicts
from tests.rules.scene import MX1, MX2, STRANGER, Scene, grade
from tests.rules.session import Session

CODE = "log-without-wire"
REFUSED = "connect to mail1.example.net[198.51.100.20]:25: Connection refused"


def other_mail(scene: Scene, log: Logbook, *servers: str) -> None:
    """Let the host's other mail be seen, well after and before the capture's ends."""
    for server in servers or (MX1, STRANGER):
        session = Session(scene, server).connect().greeted()
        session.envelope("eve@example.org").message(OK)
        session.quit()
        log.sent("eve@example.org", server)
    scene.wait(60)


def end(scene: Scene) -> None:
    scene.wait(60)
    scene.told("example.com", "A", "203.0.113.5")


def test_an_attempt_that_never_reached_the_wire() -> None:
    scene = Scene()
    log = Logbook(scene)
    other_mail(scene, log)
    log.deferred(REFUSED)
    end(scene)

    (found,) = findings(scene, log, CODE)

    assert ("warning", "likely") == grade(found)
    assert "was tried at mail1.example.net [198.51.100.20]:25, and no packet to that host was seen" in found.summary
    assert ("mail.log", 3) == (found.evidence[0].source, found.evidence[0].line)


def test_a_capture_of_one_host_may_be_filtered() -> None:
    scene = Scene()
    log = Logbook(scene)
    other_mail(scene, log, MX1)
    log.deferred(REFUSED)
    end(scene)

    assert [("info", "possible")] == [grade(f) for f in findings(scene, log, CODE)]


def test_attempts_at_one_server_are_one_finding() -> None:
    scene = Scene()
    log = Logbook(scene)
    other_mail(scene, log)
    for recipient in ("bob@example.net", "eve@example.net"):
        log.write("smtp", REFUSED)
        log.deferred(REFUSED, recipient)
        scene.wait(60)
    end(scene)

    (found,) = findings(scene, log, CODE)

    assert "mail for bob@example.net and 1 more was tried at" in found.summary
    assert [4, 6] == [e.line for e in found.evidence if e.source]


def test_lookups_alone_are_one_indicator() -> None:
    """The capture may show nothing but DNS."""
    scene = Scene()
    log = Logbook(scene)
    scene.example_net()
    log.sent()
    end(scene)

    (found,) = findings(scene, log, CODE)

    assert ("info", "possible") == grade(found)
    assert any("lookup" in e.text or "looked up" in e.text for e in found.evidence)


def test_hosts_of_another_kind_may_be_reached_another_way() -> None:
    scene = Scene()
    log = Logbook(scene)
    other_mail(scene, log)
    log.deferred(REFUSED.replace("198.51.100.20", "10.9.9.9"))
    end(scene)

    assert [("info", "possible")] == [grade(f) for f in findings(scene, log, CODE)]


@pytest.mark.parametrize(
    ("wait", "message"),
    [
        (3600, "an hour after the capture ended"),
        (-7200, "two hours before it began"),
    ],
)
def test_silent_outside_the_capture(wait: float, message: str) -> None:
    scene = Scene()
    log = Logbook(scene)
    other_mail(scene, log)
    end(scene)
    scene.wait(wait)
    log.deferred(REFUSED)

    told = report(scene, log, zone=UTC)

    assert [] == [f for f in told.findings if f.code == CODE], message
    assert 1 == told.logs[0].outside


def test_silent_on_another_host() -> None:
    scene = Scene()
    log, other = Logbook(scene), Logbook(scene, host="elsewhere", label="other.log")
    other_mail(scene, log)
    other.deferred(REFUSED)
    end(scene)

    told = report(scene, log, other, zone=UTC)

    assert [] == [f for f in told.findings if f.code == CODE]
    assert {"no capture of that host": 1} == {str(r): n for r, n in told.logs[1].reasons}


def test_silent_on_a_lossy_capture() -> None:
    scene = Scene(kernel_drops=20)
    log = Logbook(scene)
    other_mail(scene, log)
    log.deferred(REFUSED)
    end(scene)

    assert [] == findings(scene, log, CODE)
    assert (3, "unprovable: loss") == verdicts(scene, log)[2]


def test_silent_on_what_never_leaves_the_host_or_names_nobody() -> None:
    scene = Scene()
    log = Logbook(scene)
    other_mail(scene, log)
    log.sent(address="127.0.0.1", port=10024)
    log.deferred("Host or domain name not found. Name service error for name=example.net type=MX: Host not found")
    end(scene)

    assert [] == findings(scene, log, CODE)


def test_silent_on_a_connection_opened_before_the_capture() -> None:
    scene = Scene()
    log = Logbook(scene)
    session = Session(scene, MX2)
    session.envelope().message("250 2.0.0 Ok: queued as CACHED12345")
    log.sent(address=MX2, reply="250 2.0.0 Ok: queued as CACHED12345")
    session.quit()
    end(scene)

    assert [(1, "confirmed")] == verdicts(scene, log)


def test_silent_on_attempts_that_were_seen() -> None:
    scene = Scene()
    log = Logbook(scene)
    other_mail(scene, log)
    session = Session(scene, MX2)
    session.syn()
    session.reset()
    log.write("smtp", REFUSED)
    log.deferred(REFUSED)
    end(scene)

    assert {"confirmed"} == {words for _, words in verdicts(scene, log)}
    assert [] == findings(scene, log, CODE)
