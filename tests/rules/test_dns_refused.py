"""Turned away: by rcode, or by ICMP in the resolver's place."""

import pytest

from tests.rules.scene import RESOLVER, Scene, finding, findings, frames_of, grade, loud

CODE = "dns-refused"


def test_rcode_refused_is_a_warning() -> None:
    scene = Scene()
    scene.ask("example.net", "MX").answer(rcode="REFUSED")

    found = finding(scene, CODE)

    assert grade(found) == ("warning", "likely")
    assert found.summary == "198.51.100.53 answered REFUSED to 10.10.0.5: 1 lookup (MX example.net)"
    assert [1, 2] == frames_of(found)


def test_port_unreachable_is_a_warning() -> None:
    scene = Scene()
    asked = scene.ask("example.net", "MX")
    scene.icmp(RESOLVER, asked.packet, 3, 3)
    scene.wait(6)
    scene.told("example.org", "A", "192.0.2.1", resolver="198.51.100.54")

    found = finding(scene, CODE)

    assert grade(found) == ("warning", "likely")
    assert "was unreachable (ICMP) for 10.10.0.5" in found.summary


@pytest.mark.parametrize(
    ("kind", "client", "recurse"), [("A", "10.10.0.77", True), ("MX", "10.10.0.2", False)], ids=["web", "iterative"]
)
def test_only_info_where_mail_does_not_depend_on_it(kind: str, client: str, recurse: bool) -> None:
    scene = Scene()
    scene.ask("example.net", kind, client=client, recurse=recurse).answer(rcode="REFUSED")

    assert "info" == finding(scene, CODE).severity
    assert [] == loud(scene)


@pytest.mark.parametrize("rcode", ["NOERROR", "NXDOMAIN", "SERVFAIL"])
def test_silent_on_other_answers(rcode: str) -> None:
    scene = Scene()
    scene.ask("example.net", "MX").answer(rcode=rcode)

    assert [] == findings(scene, CODE)
