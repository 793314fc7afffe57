"""Whose resolver failed, and was it the resolver."""

from collections.abc import Callable

import pytest

from tests.rules.scene import MTA, MX1, Scene, finding
from tests.rules.session import Session, inbound

SERVFAIL = "dns-servfail"


def side(scene: Scene, code: str = SERVFAIL) -> str:
    return str(finding(scene, code).blame.side)


def sending(scene: Scene) -> None:
    Session(scene).delivers()
    for name in ("a.example", "b.example"):
        scene.ask(name, "MX").answer(rcode="SERVFAIL")


def receiving(scene: Scene) -> None:
    """What is asked while somebody's mail comes in."""
    session = inbound(scene).connect().greeted("mta.corp.example")
    for name in ("a.example", "b.example"):
        scene.ask(name, "MX").answer(rcode="SERVFAIL")
    session.quit()


def policies(scene: Scene) -> None:
    """What only a receiver asks, with no session in view."""
    for name in ("_dmarc.a.example", "99.2.0.192.in-addr.arpa"):
        scene.ask(name, "PTR" if name.endswith("arpa") else "TXT").answer(rcode="SERVFAIL")


@pytest.mark.parametrize(
    ("lookups", "expected"),
    [(sending, "sender-resolver"), (receiving, "recipient-resolver"), (policies, "recipient-resolver")],
)
def test_the_side_follows_from_what_was_asked_for(lookups: Callable[[Scene], None], expected: str) -> None:
    scene = Scene()
    lookups(scene)

    assert expected == side(scene)


def test_a_session_that_was_over_makes_no_receiver() -> None:
    scene = Scene()
    inbound(scene).connect().greeted("mta.corp.example").quit()
    sending(scene)

    assert "sender-resolver" == side(scene)


def test_one_domain_alone_may_be_that_domains_fault() -> None:
    scene = Scene()
    Session(scene).delivers()
    scene.told("fine.example", "A", MX1)
    scene.ask("broken.example", "MX").answer(rcode="SERVFAIL")

    found = finding(scene, SERVFAIL)

    assert "unknown" == str(found.blame.side)
    assert "the name servers of broken.example are down" in found.still_possible[0]
    assert "a capture on 198.51.100.53 of what it asks the name servers itself" in found.settled_by


@pytest.mark.parametrize("rcode", ["SERVFAIL", "REFUSED"])
def test_one_domain_beside_nothing_else_leaves_it_with_the_resolver(rcode: str) -> None:
    scene = Scene()
    scene.ask("broken.example", "MX").answer(rcode="SERVFAIL")
    scene.ask("other.example", "MX").answer(rcode=rcode)

    assert "sender-resolver" == side(scene)


def test_what_others_were_told_is_not_looked_at() -> None:
    """Of hosts that have nothing to do with mail, most lookups are never made into records."""
    scene = Scene()
    Session(scene).delivers()
    scene.told("fine.example", "A", MX1, client="10.10.0.77")
    scene.ask("broken.example", "MX").answer(rcode="SERVFAIL")

    assert "sender-resolver" == side(scene)


def test_long_after_says_nothing_of_then() -> None:
    scene = Scene()
    scene.ask("broken.example", "MX").answer(rcode="SERVFAIL")
    scene.wait(120)
    scene.told("fine.example", "A", MX1)

    assert "sender-resolver" == side(scene)


def test_a_search_among_authoritative_servers_blames_nobody() -> None:
    scene = Scene()
    scene.ask("a.example", "MX", resolver="192.0.2.53", recurse=False).answer(rcode="SERVFAIL")
    Session(scene, client_address=MTA).delivers()

    assert "unknown" == side(scene)


def test_unanswered_likewise() -> None:
    scene = Scene()
    session = inbound(scene).connect().greeted("mta.corp.example")
    for name in ("a.example", "b.example"):
        scene.ask(name, "MX")
        scene.wait(6)
    session.quit()

    assert "recipient-resolver" == side(scene, "dns-unanswered")
