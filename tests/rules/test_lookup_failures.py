"""Gathering: one finding a client, a resolver and a way to fail; mended ones told as such."""

import pytest

from tests.rules.scene import MX1, Scene, finding, findings
from wiretruth.rules._lookup_failures import LONGEST_NAME

SECOND_RESOLVER = "198.51.100.54"


@pytest.mark.parametrize(("after", "severity"), [(0.1, "info"), (29.0, "info"), (31.0, "warning")])
def test_mended_means_soon(after: float, severity: str) -> None:
    scene = Scene()
    scene.ask("example.net", "MX").answer(rcode="SERVFAIL")
    scene.wait(after)
    scene.told("example.net", "MX", "10 mail1.example.net.", resolver=SECOND_RESOLVER)

    assert severity == finding(scene, "dns-servfail").severity


def test_an_answer_before_mends_nothing() -> None:
    scene = Scene()
    scene.told("example.net", "MX", "10 mail1.example.net.")
    scene.wait(1)
    scene.ask("example.net", "MX").answer(rcode="SERVFAIL")

    assert "warning" == finding(scene, "dns-servfail").severity


def test_each_resolver_speaks_for_itself() -> None:
    scene = Scene()
    scene.ask("example.net", "MX").answer(rcode="SERVFAIL")
    scene.ask("example.net", "MX", resolver=SECOND_RESOLVER).answer(rcode="SERVFAIL")

    assert 2 == len(findings(scene, "dns-servfail"))


def test_names_of_tunnels_are_kept_short() -> None:
    scene = Scene()
    name = ".".join(["x" * 60] * 3) + ".example"
    scene.ask(name, "MX").answer(rcode="SERVFAIL")

    found = finding(scene, "dns-servfail")

    assert "…" in found.summary
    assert len(found.summary) < LONGEST_NAME + 80


def test_counts_what_is_not_named() -> None:
    scene = Scene()
    for letter in "abcdef":
        scene.ask(f"{letter}.example", "MX").answer(rcode="SERVFAIL")
    scene.told("z.example", "A", MX1)

    assert "6 lookups (MX a.example, MX b.example, MX c.example and 3 more)" in finding(scene, "dns-servfail").summary
