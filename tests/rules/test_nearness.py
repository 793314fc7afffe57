"""What one vantage shows of a proxy, and what looks like one."""

import pytest

from tests.rules.scene import Scene, finding, findings, grade, loud
from tests.rules.session import Session

CODE = "transparent-proxy"
SERVERS = ("198.51.100.10", "192.0.2.10", "203.0.113.10")


def told(scene: Scene, server: str, number: int) -> None:
    scene.told(f"d{number}.example", "MX", f"10 mx.d{number}.example.")
    scene.told(f"mx.d{number}.example", "A", server)


def talk(session: Session, wait: float, name: str) -> None:
    scene = session.scene
    for command, reply in (
        ("", f"220 {name} ESMTP"),
        ("EHLO mta.corp.example", f"250 {name}"),
        ("MAIL FROM:<alice@corp.example>", "250 Ok"),
        ("RCPT TO:<bob@example.net>", "250 Ok"),
        ("RSET", "250 Ok"),
        ("QUIT", "221 Bye"),
    ):
        if command:
            session.says(command)
        scene.wait(wait)
        session.hears(reply)
    session.close()


def hosted(ttl: int) -> Scene:
    """One provider, in many networks and under one name; a firewall sets the TTL of all that comes in."""
    scene = Scene()
    for number, server in enumerate(SERVERS):
        scene.told(f"d{number}.example", "MX", f"10 mx{number}.provider.example.")
        scene.told(f"mx{number}.provider.example", "A", server)
        talk(Session(scene, server, server_ttl=ttl).connect(), 0.001, "mx.provider.example")
    return scene


def mail(ttls: dict[str, int], *, wait: float = 0.001, name: str = "", port: int = 25) -> Scene:
    scene = Scene()
    for number, (server, ttl) in enumerate(ttls.items()):
        told(scene, server, number)
        session = Session(scene, server, port, server_ttl=ttl).connect()
        talk(session, wait, name or f"mx.d{number}.example")
    return scene


def everywhere(ttl: int) -> dict[str, int]:
    return dict.fromkeys(SERVERS, ttl)


@pytest.mark.parametrize(
    ("scene", "words"),
    [
        (
            mail(everywhere(64), name="proxy.example"),
            "hosts in 3 networks greet in the same words: proxy.example ESMTP",
        ),
        (mail(everywhere(64), wait=0.05), "the quickest reply 50."),
    ],
    ids=["the same greeting", "quick handshake, slow replies"],
)
def test_two_independent_indicators(scene: Scene, words: str) -> None:
    found = finding(scene, CODE)

    assert ("warning", "likely") == grade(found)
    assert words in found.summary
    assert "hosts in 3 networks all answer from no hop away" in found.summary


def test_distance_alone_is_only_possible() -> None:
    assert ("info", "possible") == grade(finding(mail(everywhere(64)), CODE))


def test_the_same_address_from_afar_and_from_nearby() -> None:
    scene = Scene()
    told(scene, SERVERS[0], 0)
    talk(Session(scene, SERVERS[0], 587, server_ttl=57).connect(), 0.001, "mx.d0.example")
    talk(Session(scene, SERVERS[0], 25, server_ttl=64).connect(), 0.05, "mx.d0.example")

    found = finding(scene, CODE)

    assert ("warning", "likely") == grade(found)
    assert f"{SERVERS[0]}:25 answers from no hop away, and {SERVERS[0]}:587 from 7 hops away" in found.summary


def test_the_greeting_of_one_provider_is_no_indicator() -> None:
    assert ("info", "possible") == grade(finding(hosted(64), CODE))


FAULTLESS = {
    "far away and slow, under one name": mail(everywhere(57), wait=0.05, name="mx.provider.example"),
    "a relay on the same link, slow": mail({SERVERS[0]: 64}, wait=0.05),
    "a relay with a private address": mail({"10.10.0.25": 64}, wait=0.05),
    "two relays on the same link": mail({SERVERS[0]: 64, SERVERS[1]: 64}, wait=0.05, name="relay.example"),
    "submission": mail(everywhere(64), wait=0.05, port=587),
}


@pytest.mark.parametrize("scene", FAULTLESS.values(), ids=FAULTLESS)
def test_silent(scene: Scene) -> None:
    assert [] == findings(scene, CODE)
    assert [] == [f for f in loud(scene) if f[0] == CODE]
