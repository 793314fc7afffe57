"""MX hosts without address."""

import pytest

from tests.rules.scene import MX1, Scene, finding, findings, grade
from tests.rules.session import Session

CODE = "mx-target-unresolvable"


def test_nxdomain_is_a_warning() -> None:
    scene = Scene()
    scene.told("example.net", "MX", "10 gone.example.net.")
    scene.ask("gone.example.net", "A").answer(rcode="NXDOMAIN")

    found = finding(scene, CODE)

    assert grade(found) == ("warning", "likely")
    assert found.summary == (
        "the only MX host of example.net, gone.example.net, has no address: mail for the domain cannot be delivered"
    )


def test_neither_a_nor_aaaa_is_a_warning_and_told_once() -> None:
    scene = Scene()
    scene.told("example.net", "MX", "10 gone.example.net.", "20 mail2.example.net.")
    scene.told("gone.example.net", "A")
    scene.told("gone.example.net", "AAAA")

    assert finding(scene, CODE).summary == "an MX host of example.net, gone.example.net, has no address"


@pytest.mark.parametrize(
    ("a", "aaaa"), [((MX1,), ()), ((), ("2001:db8::25",)), ((), None)], ids=["only IPv4", "only IPv6", "AAAA not asked"]
)
def test_silent_on(a: tuple[str, ...], aaaa: tuple[str, ...] | None) -> None:
    scene = Scene()
    scene.told("example.net", "MX", "10 mx.example.net.")
    scene.told("mx.example.net", "A", *a)
    if aaaa is not None:
        scene.told("mx.example.net", "AAAA", *aaaa)

    assert [] == findings(scene, CODE)


@pytest.mark.parametrize("rcode", ["SERVFAIL", "REFUSED"])
def test_silent_on_failures_to_answer(rcode: str) -> None:
    scene = Scene()
    scene.told("example.net", "MX", "10 mx.example.net.")
    scene.ask("mx.example.net", "A").answer(rcode=rcode)

    assert [] == findings(scene, CODE)


def test_silent_on_names_that_no_mx_names() -> None:
    scene = Scene()
    scene.ask("gone.example.net", "A").answer(rcode="NXDOMAIN")

    assert [] == findings(scene, CODE)


def test_a_name_denied_for_ipv6_alone_may_have_an_ipv4_address() -> None:
    """RFC 4074 section 4.2: servers that answer NXDOMAIN for AAAA; the A record was still in the cache."""
    scene = Scene()
    scene.told("example.net", "MX", "10 mail1.example.net.")
    scene.ask("mail1.example.net", "AAAA").answer(rcode="NXDOMAIN")
    Session(scene).delivers()

    assert ("info", "possible") == grade(finding(scene, CODE))
