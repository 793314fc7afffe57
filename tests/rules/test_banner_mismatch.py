"""Who greets, against every name that led there."""

import ssl
from pathlib import Path

import pytest

from tests.protocols.tls.made import certificate, server_octets
from tests.rules.packets import ACK, PSH
from tests.rules.scene import MX1, STRANGER, Scene, finding, findings, frames_of, grade, loud
from tests.rules.session import Session
from wiretruth.rules.banner_mismatch import organisation

CODE = "banner-mismatch"
HELLO = b"\x16\x03\x01\x00\x2d\x01\x00\x00\x29\x03\x03" + b"r" * 32 + b"\x00\x00\x02\x00\x2f\x01\x00"
"""A ClientHello without extensions."""


def test_an_unrelated_name_is_info() -> None:
    scene = Scene()
    scene.example_net()
    Session(scene).delivers(name="relay.other.example")

    found = finding(scene, CODE)

    assert grade(found) == ("info", "possible")
    assert found.summary == "mail1.example.net [198.51.100.10] greets as relay.other.example"
    assert [4, 8] == frames_of(found)
    assert [] == loud(scene)


@pytest.mark.parametrize(
    "name", ["mail1.example.net", "MAIL1.EXAMPLE.NET", "in-7.example.net", "example.net", "localhost", "[10.0.0.1]"]
)
def test_silent_on_names_that_fit_or_say_nothing(name: str) -> None:
    scene = Scene()
    scene.example_net()
    Session(scene).delivers(name=name)

    assert [] == findings(scene, CODE)


@pytest.mark.parametrize("name", ["n7.hoster.example", "mx.hoster.example"])
def test_silent_on_the_name_behind_an_alias(name: str) -> None:
    scene = Scene()
    scene.told("example.net", "MX", "10 mx.example.net.")
    scene.told("mx.example.net", "A", "mx.example.net. CNAME mx.hoster.example.", f"mx.hoster.example. A {MX1}")
    Session(scene).delivers(name=name)

    assert [] == findings(scene, CODE)


def test_silent_without_any_lookup() -> None:
    scene = Scene()
    Session(scene).delivers(name="relay.other.example")

    assert [] == findings(scene, CODE)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("mail.example.net", "example.net"),
        ("example.net", "example.net"),
        ("mx.corp.co.uk", "corp.co.uk"),
        ("a.b.example.com.au", "example.com.au"),
        ("localhost", "localhost"),
    ],
)
def test_organisation(name: str, expected: str) -> None:
    assert expected == organisation(name)


def test_the_certificate_that_the_host_shows_is_told(tmp_path: Path) -> None:
    """TLS 1.2 shows it in the clear."""
    shown = server_octets(certificate(tmp_path, "relay.other.example")[1], ssl.TLSVersion.TLSv1_2)
    scene = Scene()
    scene.example_net()
    session = Session(scene).connect().greeted("relay.other.example")
    session.asks("STARTTLS", "220 go ahead")
    session.send(True, PSH | ACK, HELLO)
    session.send(False, PSH | ACK, shown)
    session.close()

    assert (
        "the certificate that it shows is not for mail1.example.net: it names relay.other.example"
        == finding(scene, CODE).evidence[-1].text
    )


def test_a_search_domain_behind_the_name_that_was_meant() -> None:
    scene = Scene()
    scene.told("example.net", "MX", "10 mail.example.net.")
    scene.ask("mail.example.net", "A").answer(rcode="SERVFAIL")
    scene.told("mail.example.net.corp.example", "A", STRANGER)
    Session(scene, STRANGER).delivers(name="relay.other.example")

    found = finding(scene, CODE)

    assert "mail.example.net.corp.example is mail.example.net with a search domain of this host behind it" in (
        found.evidence[-1].text
    )
    assert [] == findings(scene, "destination-rewritten")
