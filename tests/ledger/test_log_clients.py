"""Lines that tell who connected."""

import pytest

from tests.rules.logbook import OK, Logbook, verdicts
from tests.rules.scene import GATEWAY, MTA, OUTSIDER, Scene
from tests.rules.session import Session, View, inbound


def came_in(scene: Scene, reply: str = OK) -> None:
    session = inbound(scene)
    session.connect().hears("220 mta ESMTP")
    session.asks("EHLO mx.sender.example", "250 mta")
    session.envelope("alice@corp.example", sender="pat@sender.example").message(reply)
    session.quit()


@pytest.mark.parametrize(
    ("daemon", "message", "expected"),
    [
        ("smtpd", f"connect from unknown[{OUTSIDER}]", "confirmed"),
        ("smtpd", f"connect from unknown[{OUTSIDER}]:1", "unprovable: no packet of it was seen"),
        ("smtpd", f"9A1B2C3D4E: client=unknown[{OUTSIDER}]", "confirmed"),
        ("smtpd", f"9A1B2C3D4E: client=unknown[{GATEWAY}]", "contradicted: client"),
        ("smtpd", "9A1B2C3D4E: client=localhost[127.0.0.1]", "unprovable: it never left the host"),
        ("smtpd", "connect from unknown[203.0.113.77]", "unprovable: no packet of it was seen"),
    ],
)
def test_clients(daemon: str, message: str, expected: str) -> None:
    scene = Scene()
    log = Logbook(scene)
    came_in(scene, "250 2.0.0 Ok: queued as FFFFFFF123")
    log.write("smtpd", f"FFFFFFF123: client=unknown[{OUTSIDER}]")
    scene.wait(60)
    came_in(scene)
    log.write(daemon, message)
    scene.wait(60)
    came_in(scene, "250 2.0.0 Ok: queued as 0000000ABC")

    assert [(1, "confirmed"), (2, expected)] == verdicts(scene, log)


@pytest.mark.parametrize(
    ("address", "helo", "expected"),
    [
        (OUTSIDER, "mx.sender.example", "confirmed"),
        (GATEWAY, "mx.sender.example", "contradicted: client"),
        (GATEWAY, "another.example", "unprovable: no packet of it was seen"),
    ],
)
def test_refusals_need_the_helo_name_too(address: str, helo: str, expected: str) -> None:
    scene = Scene()
    log = Logbook(scene)
    came_in(scene, "250 2.0.0 Ok: queued as FFFFFFF123")
    log.write("smtpd", f"FFFFFFF123: client=unknown[{OUTSIDER}]")
    scene.wait(60)
    session = inbound(scene)
    session.connect().hears("220 mta ESMTP")
    session.asks("EHLO mx.sender.example", "250 mta")
    session.asks("MAIL FROM:<pat@sender.example>", "250 ok")
    session.asks("RCPT TO:<bob@corp.example>", "450 4.1.8 <pat@sender.example>: Sender address rejected")
    session.quit()
    log.write(
        "smtpd",
        f"NOQUEUE: reject: RCPT from unknown[{address}]: 450 4.1.8 <pat@sender.example>: Sender address rejected; "
        f"from=<pat@sender.example> to=<bob@corp.example> proto=ESMTP helo=<{helo}>",
    )
    scene.wait(60)
    came_in(scene, "250 2.0.0 Ok: queued as 0000000ABC")

    assert [(1, "confirmed"), (2, expected)] == verdicts(scene, log)


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        (GATEWAY, "contradicted: client"),
        (OUTSIDER, "confirmed"),
        ("10.10.0.77", "unprovable: its time zone is not known"),
    ],
)
def test_a_gateway_that_puts_itself_in_the_place_of_who_came(address: str, expected: str) -> None:
    """Its other side shows who that was, and the line needs no queue id to be tied."""
    scene = Scene()
    log = Logbook(scene)
    views = (View("wan"), View("lan", client=(GATEWAY, 40000), hops=1))
    session = Session(scene, MTA, client_address=OUTSIDER, client_ttl=50, server_ttl=64, views=views)
    session.connect().hears("220 mta ESMTP")
    log.write("smtpd", f"connect from unknown[{address}]")
    session.quit()
    scene.wait(60)

    assert [(1, expected)] == verdicts(scene, log)
