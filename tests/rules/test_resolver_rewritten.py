"""Asked one resolver, heard another."""

from tests.rules.packets import UDP, ip, udp
from tests.rules.scene import MTA, MX1, RESOLVER, Scene, finding, findings, grade, loud

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
