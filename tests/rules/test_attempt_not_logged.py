"""Connections that the log of their host does not mention."""

from tests.rules.logbook import OK, Logbook, findings
from tests.rules.scene import MX1, MX2, OUTSIDER, Scene, grade
from tests.rules.session import Session, inbound

CODE = "attempt-not-logged"


def logged(scene: Scene, log: Logbook, server: str = MX1) -> None:
    session = Session(scene, server).connect().greeted()
    session.envelope().message(OK)
    session.quit()
    log.sent(address=server)
    scene.wait(30)


def test_another_program_of_that_host() -> None:
    scene = Scene()
    log = Logbook(scene)
    logged(scene, log)
    for _ in range(2):
        Session(scene, MX2).delivers()
        scene.wait(30)
    logged(scene, log)

    (found,) = findings(scene, log, CODE)

    assert ("info", "possible") == grade(found)
    assert "10.10.0.5 contacted 198.51.100.20:25 (2 attempts), which its log mail.log does not mention" == found.summary


def test_silent_on_a_server_that_the_log_names() -> None:
    scene = Scene()
    log = Logbook(scene)
    logged(scene, log)
    Session(scene, MX1).delivers()
    scene.wait(30)
    logged(scene, log)

    assert [] == findings(scene, log, CODE)


def test_silent_outside_the_time_of_the_log() -> None:
    scene = Scene()
    log = Logbook(scene)
    Session(scene, MX2).delivers()
    scene.wait(30)
    logged(scene, log)
    Session(scene, MX2).delivers()

    assert [] == findings(scene, log, CODE)


def test_silent_on_other_hosts_and_on_mail_that_comes_in() -> None:
    scene = Scene()
    log = Logbook(scene)
    logged(scene, log)
    Session(scene, MX2, client_address="10.10.0.9").delivers()
    inbound(scene, OUTSIDER).delivers("alice@corp.example")
    scene.wait(30)
    logged(scene, log)

    assert [] == findings(scene, log, CODE)


def test_silent_without_a_log() -> None:
    scene = Scene()
    Session(scene, MX2).delivers()

    assert [] == [f for f in scene.report().findings if f.code == CODE]
