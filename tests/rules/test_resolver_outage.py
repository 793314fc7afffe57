"""A resolver that served nothing for a while: unrelated names, nobody answered, mail waits."""

from collections.abc import Callable

import pytest

from tests.rules.scene import MX1, RESOLVER, Scene, finding, findings, frames_of, grade
from tests.rules.session import inbound

CODE = "resolver-outage"
SECOND_RESOLVER = "198.51.100.54"
NAMES = ("a.example", "b.example", "c.example", "d.example")


def outage(scene: Scene, *names: str, client: str = "10.10.0.5", kind: str = "MX", recurse: bool = True) -> None:
    scene.told("before.example", "A", MX1, client=client)
    for name in names or NAMES:
        scene.ask(name, kind, client=client, recurse=recurse)
        scene.wait(6)
    scene.told("behind.example", "A", MX1, client=client)


def test_unrelated_names_unanswered_over_a_stretch_are_critical() -> None:
    scene = Scene()
    outage(scene)

    found = finding(scene, CODE)

    assert grade(found) == ("critical", "likely")
    assert "resolver 198.51.100.53 served nothing to 10.10.0.5 for at least 18.0 s: 4 lookups lost" in found.summary
    assert [3, 4, 5, 6] == frames_of(found)


def test_port_unreachable_speaks_for_itself() -> None:
    scene = Scene()
    for name in ("mail1.example.net", "mail2.example.net", "example.net"):
        asked = scene.ask(name, "MX")
        scene.icmp(RESOLVER, asked.packet, 3, 3)
        scene.wait(2)
    scene.wait(6)

    assert grade(finding(scene, CODE)) == ("critical", "likely")


def test_mail_deferred_meanwhile_is_counted() -> None:
    scene = Scene()
    scene.ask("a.example", "MX")
    scene.wait(2)
    session = inbound(scene).connect().greeted("mta.corp.example")
    session.asks("MAIL FROM:<x@b.example>", "250 Ok")
    scene.ask("b.example", "MX")
    session.asks("RCPT TO:<y@corp.example>", "450 4.1.8 Domain not found")
    scene.wait(3)
    scene.ask("c.example", "MX")
    scene.wait(6)
    scene.told("behind.example", "A", MX1)

    assert "1 mail was put off meanwhile: nothing is lost" in finding(scene, CODE).summary


def test_a_second_resolver_in_time_makes_it_a_warning() -> None:
    scene = Scene()
    for name in NAMES:
        scene.ask(name, "MX")
        scene.wait(5)
        scene.told(name, "MX", f"10 mx.{name}.", resolver=SECOND_RESOLVER)

    assert grade(finding(scene, CODE)) == ("warning", "likely")


def test_nobodys_mail_is_info() -> None:
    scene = Scene()
    outage(scene, client="10.10.0.77", kind="A")

    assert grade(finding(scene, CODE)) == ("info", "likely")


def one_dead_zone(scene: Scene) -> None:
    outage(scene, "a.dead.example", "b.dead.example", "c.dead.example", "dead.example")


def two_lookups(scene: Scene) -> None:
    outage(scene, "a.example", "b.example")


def dead_authoritative_server(scene: Scene) -> None:
    outage(scene, recurse=False)


def others_were_served(scene: Scene) -> None:
    for name in NAMES:
        scene.ask(name, "MX")
        scene.wait(3)
        scene.told("alive.example", "A", MX1)
        scene.wait(3)


@pytest.mark.parametrize("innocent", [one_dead_zone, two_lookups, dead_authoritative_server, others_were_served])
def test_silent_on(innocent: Callable[[Scene], None]) -> None:
    scene = Scene()
    innocent(scene)

    assert [] == findings(scene, CODE)


def test_a_long_one_gives_the_clock() -> None:
    scene = Scene()
    scene.told("before.example", "A", MX1)
    for name in NAMES:
        scene.ask(name, "MX")
        scene.wait(100)
    scene.told("behind.example", "A", MX1)

    assert "for at least 5 min 0 s (18:29:43 to 18:34:43 UTC): 4 lookups lost" in finding(scene, CODE).summary
