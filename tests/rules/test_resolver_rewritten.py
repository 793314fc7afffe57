"""Asked one resolver, heard another."""

from typing import Any

import dns.message
import dns.rrset
import pytest

from tests.rules.packets import UDP, ip, udp
from tests.rules.scene import MTA, MX1, RESOLVER, Scene, finding, findings, grade, loud
from tests.rules.session import Session, View

CODE = "resolver-rewritten"
OTHER = "203.0.113.53"


def forwarded(scene: Scene, client: str, port: int, resolver: str) -> None:
    """One query at two taps, the second time from and to other endpoints."""
    asked = scene.ask("example.net", "MX")
    query = asked.query.to_wire()
    scene.put(ip(client, resolver, UDP, udp((port or asked.port, 53), query), 63, scene.ip_id()), "wan")
    asked.answer("10 mail1.example.net.")


def test_a_query_that_goes_elsewhere_is_proven() -> None:
    scene = Scene()
    forwarded(scene, MTA, 0, OTHER)

    found = finding(scene, CODE)

    assert grade(found) == ("warning", "proven")
    assert found.summary == "10.10.0.5 asked 198.51.100.53 for names and 203.0.113.53 was reached instead"


def test_nat_of_both_ends_is_seen_by_the_port() -> None:
    scene = Scene()
    forwarded(scene, "203.0.113.1", 0, OTHER)

    assert 1 == len(findings(scene, CODE))


def test_silent_on_a_forwarder_that_keeps_the_id() -> None:
    scene = Scene()
    forwarded(scene, "203.0.113.1", 5353, OTHER)

    assert [] == findings(scene, CODE)
    assert [] == loud(scene)


def test_silent_on_the_same_query_further_on() -> None:
    scene = Scene()
    forwarded(scene, "203.0.113.1", 0, RESOLVER)

    assert [] == findings(scene, CODE)


def test_an_answer_from_elsewhere_is_named() -> None:
    scene = Scene()
    asked = scene.ask("mail1.example.net", "A")
    asked.resolver = OTHER
    asked.answer(MX1)

    assert "203.0.113.53 answered instead" in finding(scene, CODE).summary


def mail(scene: Scene) -> None:
    """Packets of this host pass both taps."""
    Session(scene, MX1, views=(View(), View("wan", hops=1))).delivers()


def answered_on_the_way(scene: Scene, *, onward: bool = True, name: str = "example.net", to: str = RESOLVER) -> None:
    """The gateway takes the query, asks on by itself if it has to, and answers in the resolver's name."""
    asked = scene.ask("example.net", "MX")
    if onward:
        query = dns.message.make_query(name, "MX", id=4711)
        answer = dns.message.make_response(query)
        answer.answer.append(dns.rrset.from_text(f"{name}.", 300, "IN", "MX", "10 mail1.example.net."))
        ports = (5353, 53)
        scene.put(ip("203.0.113.1", to, UDP, udp(ports, query.to_wire()), 64, scene.ip_id()), "wan")
        scene.put(ip(to, "203.0.113.1", UDP, udp(ports[::-1], answer.to_wire()), 60, scene.ip_id()), "wan")
    asked.answer("10 mail1.example.net.")
    scene.wait(1)


def test_a_query_that_somebody_answered_on_its_way() -> None:
    scene = Scene()
    mail(scene)
    answered_on_the_way(scene)
    answered_on_the_way(scene)
    mail(scene)

    found = finding(scene, CODE)

    assert grade(found) == ("warning", "likely")
    assert "somebody between tap and wan answered instead" in found.summary
    assert found.observed is not None
    assert "203.0.113.1" == found.observed.address


@pytest.mark.parametrize(
    "otherwise",
    [{"onward": False}, {"name": "example.org"}, {"to": "192.0.2.53"}],
    ids=["nobody asked on: the resolver may stand between", "another question", "another resolver: a forwarder's own"],
)
def test_silent_where_the_resolver_may_be_the_gateways_own(otherwise: dict[str, Any]) -> None:
    scene = Scene()
    mail(scene)
    answered_on_the_way(scene, **otherwise)
    answered_on_the_way(scene, **otherwise)
    mail(scene)

    assert [] == findings(scene, CODE)


def test_one_lookup_that_another_host_made_at_the_same_moment_proves_nothing() -> None:
    scene = Scene()
    mail(scene)
    answered_on_the_way(scene)
    mail(scene)

    assert [] == findings(scene, CODE)
