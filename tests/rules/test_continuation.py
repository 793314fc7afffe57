"""Two connections with one dialogue."""

import pytest

from tests.rules.scene import MX1, MX2, Scene, finding, findings, grade
from tests.rules.session import Session, View

CODE = "transparent-proxy"
LAN, WAN = View(), View("wan", hops=1)
PROXY = "203.0.113.1"


def proxied(*, server: str = MX1, sender: str = "alice@corp.example", later: float = 0.0, client: str = PROXY) -> Scene:
    """Both taps see ordinary mail before and after; between, one connection ends at the gateway."""
    scene = Scene()
    scene.example_net()
    Session(scene, MX2, views=(LAN, WAN)).delivers(name="mail2.example.net")
    inside = Session(scene).connect().greeted().envelope()
    scene.wait(later)
    if later:
        inside.message()
        inside.quit()
        scene.wait(1)
    outside = Session(scene, server, client_address=client, views=(View("wan"),)).connect()
    outside.greeted().envelope(sender=sender).message()
    outside.quit()
    if not later:
        inside.message()
        inside.quit()
    Session(scene, MX2, views=(LAN, WAN)).delivers(name="mail2.example.net")
    return scene


def test_the_same_envelope_to_the_same_server_meanwhile() -> None:
    found = finding(proxied(), CODE)

    assert ("warning", "likely") == grade(found)
    assert f"where {PROXY} carries the same mail on in a connection of its own" in found.summary


def test_a_proxy_that_sends_to_a_host_of_its_own_choice() -> None:
    found = finding(proxied(server="192.0.2.77"), CODE)

    assert "carries the same mail on to 192.0.2.77:25 in a connection" in found.summary


@pytest.mark.parametrize(
    "scene",
    [proxied(sender="carol@corp.example"), proxied(later=30), proxied(client=MX1)],
    ids=["another envelope", "when the first was over", "the server relays the mail itself"],
)
def test_other_mail_is_no_continuation(scene: Scene) -> None:
    assert {("info", "possible")} == {grade(f) for f in findings(scene, CODE)}


def test_a_tap_that_missed_the_handshake_shows_the_same_connection() -> None:
    scene = Scene()
    scene.example_net()
    Session(scene, MX2, views=(LAN, WAN)).delivers(name="mail2.example.net")
    session = Session(scene).connect()
    session.views = (LAN, WAN)
    session.greeted().envelope().message()
    session.quit()
    Session(scene, MX2, views=(LAN, WAN)).delivers(name="mail2.example.net")

    assert [] == findings(scene, CODE)
