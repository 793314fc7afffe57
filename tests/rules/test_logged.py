"""Where the sender's own log says that a connection was meant to go."""

import pytest

from tests.rules.logbook import OK, Logbook, findings
from tests.rules.scene import MX1, STRANGER, Scene, grade
from tests.rules.session import Session

CODE = "destination-rewritten"


def seen(server: str, *, named: str, tls: bool = False) -> list[tuple[str, str, str]]:
    """Let mail for example.net go to *server* and the log name another; give what is found of rewriting."""
    scene = Scene()
    log = Logbook(scene)
    scene.example_net()
    session = Session(scene, server).connect()
    session.hears("220 x ESMTP")
    if tls:
        session.asks("EHLO mta.corp.example", "250-x", "250 STARTTLS")
        session.asks("STARTTLS", "220 go")
        session.says("\x16\x03\x01")
        session.close()
    else:
        session.asks("EHLO mta.corp.example", "250 x")
        session.envelope().message(OK)
        session.quit()
    log.sent(address=named, delays="0/0/1/1")
    return [(*grade(f), f.summary) for f in findings(scene, log, CODE)]


def test_a_line_of_this_very_connection_is_proof() -> None:
    (found,) = seen(STRANGER, named=MX1)

    assert ("critical", "proven") == found[:2]
    assert (
        "mail for example.net was meant for mail1.example.net [198.51.100.10]:25 and went to 192.0.2.66:25" == found[2]
    )


def test_under_tls_the_line_is_tied_by_circumstances() -> None:
    (found,) = seen(STRANGER, named=MX1, tls=True)

    assert ("critical", "likely") == found[:2]


def test_a_refusal_elsewhere_is_proof_too() -> None:
    scene = Scene()
    log = Logbook(scene)
    scene.example_net()
    session = Session(scene, STRANGER)
    session.syn()
    session.reset()
    log.deferred(f"connect to mail1.example.net[{MX1}]:25: Connection refused")

    assert [("critical", "proven")] == [grade(f) for f in findings(scene, log, CODE)]


@pytest.mark.parametrize("tls", [False, True])
def test_silent_where_the_log_shows_that_the_application_chose_the_address(tls: bool) -> None:
    """Hosts file, transport map or smart host: nobody led the connection away."""
    assert [] == seen(STRANGER, named=STRANGER, tls=tls)
