"""Queries into silence: weighed against retries, other resolvers, and whether mail needed them."""

from collections.abc import Callable

import pytest

from tests.rules.scene import MTA, MX1, Scene, finding, findings, frames_of, grade, loud
from tests.rules.session import Session, inbound

CODE = "dns-unanswered"
SECOND_RESOLVER = "198.51.100.54"


def watched(scene: Scene) -> None:
    """Show that replies do pass here, and let time pass."""
    scene.wait(20)
    scene.told("example.org", "A", MX1)


def test_silence_is_a_warning_with_every_query_folded_into_one_lookup() -> None:
    scene = Scene()
    asked = scene.ask("example.net", "MX")
    scene.wait(5)
    asked.send()
    watched(scene)

    found = finding(scene, CODE)

    assert grade(found) == ("warning", "likely")
    assert "198.51.100.53 did not answer 10.10.0.5: 1 lookup" in found.summary
    assert "(MX example.net)" in found.summary
    assert [1, 2] == frames_of(found)


def test_what_a_mail_server_asks_counts_whatever_its_type() -> None:
    scene = Scene()
    inbound(scene).delivers("b@corp.example")
    scene.ask("99.2.0.192.in-addr.arpa", "PTR")
    watched(scene)

    assert grade(finding(scene, CODE)) == ("warning", "likely")


def answered_on_retry(scene: Scene) -> None:
    asked = scene.ask("example.net", "MX")
    scene.wait(5)
    asked.send()
    asked.answer("10 mail1.example.net.")


def still_short(scene: Scene) -> None:
    scene.ask("example.net", "MX")
    scene.wait(1)
    scene.told("example.org", "A", MX1)


@pytest.mark.parametrize("innocent", [answered_on_retry, still_short])
def test_silent_on(innocent: Callable[[Scene], None]) -> None:
    scene = Scene()
    innocent(scene)

    assert [] == findings(scene, CODE)
    assert [] == loud(scene)


def answered_by_another(scene: Scene) -> None:
    scene.ask("example.net", "MX")
    scene.wait(5)
    scene.told("example.net", "MX", "10 mail1.example.net.", resolver=SECOND_RESOLVER)
    watched(scene)


def nobodys_mail(scene: Scene) -> None:
    scene.ask("www.dead.example", "A")
    watched(scene)


def recursion(scene: Scene) -> None:
    scene.ask("example.net", "MX", resolver="203.0.113.53", recurse=False)
    watched(scene)


def no_replies_here(scene: Scene) -> None:
    scene.ask("example.net", "MX")
    scene.wait(20)
    scene.ask("example.net", "MX")


def capture_ends(scene: Scene) -> None:
    scene.told("example.org", "A", MX1)
    scene.ask("example.net", "MX")
    scene.wait(3)
    scene.told("example.com", "A", MX1)


@pytest.mark.parametrize("scenery", [answered_by_another, nobodys_mail, recursion, no_replies_here, capture_ends])
def test_only_info(scenery: Callable[[Scene], None]) -> None:
    scene = Scene()
    scenery(scene)

    assert "info" == finding(scene, CODE).severity
    assert [] == loud(scene)


def test_told_once_for_many_lookups() -> None:
    scene = Scene()
    for name in ("a", "b", "c", "d", "e"):
        scene.ask(f"{name}.example", "MX")
    watched(scene)

    found = finding(scene, CODE)

    assert "5 lookups" in found.summary
    assert "MX a.example, MX b.example, MX c.example and 2 more" in found.summary
    assert MTA == found.client


def test_another_client_is_another_finding() -> None:
    scene = Scene()
    scene.ask("a.example", "MX")
    scene.ask("a.example", "MX", client="10.10.0.6")
    watched(scene)

    assert {MTA, "10.10.0.6"} == {f.client for f in findings(scene, CODE)}


def test_mail_may_go_on_meanwhile() -> None:
    scene = Scene()
    scene.example_net()
    Session(scene).delivers()
    scene.ask("99.2.0.192.dnsbl.example", "A")
    watched(scene)

    assert grade(finding(scene, CODE)) == ("warning", "likely")
