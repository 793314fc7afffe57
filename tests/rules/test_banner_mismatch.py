"""Who greets, against every name that led there."""

import pytest

from tests.rules.scene import MX1, Scene, finding, findings, frames_of, grade, loud
from tests.rules.session import Session
from wiretruth.rules.banner_mismatch import organisation

CODE = "banner-mismatch"


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
