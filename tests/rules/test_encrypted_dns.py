"""A mail host whose lookups are hidden."""

from tests.rules.scene import MTA, OUTSIDER, Scene, finding, findings, frames_of, grade, loud
from tests.rules.session import Session

CODE = "encrypted-dns"


def hidden(scene: Scene, server: str = "198.51.100.53", port: int = 853, client: str = MTA) -> None:
    session = Session(scene, server, port, client_address=client).connect()
    session.send(True, 0x18, bytes.fromhex("1603010005010000010000"))
    session.close()


def test_dns_over_tls_of_a_mail_host() -> None:
    scene = Scene()
    hidden(scene)
    hidden(scene)
    Session(scene).delivers()

    found = finding(scene, CODE)

    assert ("info", "likely") == grade(found)
    assert "10.10.0.5 asks 198.51.100.53:853 over TLS (2 connections)" in found.summary
    assert [1] == frames_of(found)
    assert [] == loud(scene)


def test_dns_over_https_is_a_guess_by_address() -> None:
    scene = Scene()
    hidden(scene, "9.9.9.9", 443)
    Session(scene).delivers()

    assert ("info", "possible") == grade(finding(scene, CODE))


def test_silent_on_hosts_without_mail() -> None:
    scene = Scene()
    hidden(scene, client=OUTSIDER)
    Session(scene).delivers()

    assert [] == findings(scene, CODE)


def test_silent_without_it() -> None:
    scene = Scene()
    scene.example_net()
    Session(scene, "198.51.100.80", 443).connect().close()
    Session(scene).delivers()

    assert [] == findings(scene, CODE)


def test_both_lanes_see_it() -> None:
    """With enough packets that they are read in columns."""
    scene = Scene()
    hidden(scene)
    Session(scene).delivers()
    for _ in range(700):
        Session(scene, "198.51.100.80", 443).connect().close()

    assert [1] == frames_of(finding(scene, CODE))
