"""MX hosts at addresses that lead nowhere."""

import pytest

from tests.rules.scene import MTA, OUTSIDER, Scene, finding, findings, frames_of, grade
from tests.rules.session import Session

CODE = "mx-private-address"


def told(scene: Scene, address: str, client: str) -> None:
    scene.told("example.net", "MX", "10 mx.example.net.", client=client)
    scene.told("mx.example.net", "AAAA" if ":" in address else "A", address, client=client)


@pytest.mark.parametrize(
    ("address", "client"),
    [("127.0.0.1", MTA), ("0.0.0.0", MTA), ("::1", MTA), ("10.0.0.9", OUTSIDER), ("fd00::1", OUTSIDER)],  # noqa: S104 - an answer
)
def test_unreachable_addresses_are_a_warning(address: str, client: str) -> None:
    scene = Scene()
    told(scene, address, client)

    found = finding(scene, CODE)

    assert grade(found) == ("warning", "likely")
    assert f"mx.example.net, is said to be {address}, which no other network reaches" in found.summary
    assert [2, 4] == frames_of(found)


@pytest.mark.parametrize(("address", "client"), [("10.0.0.9", MTA), ("198.51.100.10", OUTSIDER), ("2001:db8::1", MTA)])
def test_silent_on_what_the_client_may_reach(address: str, client: str) -> None:
    scene = Scene()
    told(scene, address, client)

    assert [] == findings(scene, CODE)


def test_silent_on_what_the_client_did_reach() -> None:
    scene = Scene()
    told(scene, "10.10.0.30", OUTSIDER)
    Session(scene, "10.10.0.30", client_address=OUTSIDER).delivers(name="mx.example.net")

    assert [] == findings(scene, CODE)


def test_silent_on_names_that_no_mx_names() -> None:
    scene = Scene()
    scene.told("localhost", "A", "127.0.0.1")

    assert [] == findings(scene, CODE)


@pytest.mark.parametrize(("router", "expected"), [("203.0.113.254", 1), ("10.10.0.1", 0)])
def test_an_inside_address_that_a_public_router_turned_away(router: str, expected: int) -> None:
    """The answer leaked from somebody else's inside; a router of one's own speaks of one's own networks."""
    scene = Scene()
    told(scene, "10.20.0.9", MTA)
    session = Session(scene, "10.20.0.9")
    session.syn()
    scene.icmp(router, session.last_packet, 3, 0)

    assert expected == len(findings(scene, CODE))
