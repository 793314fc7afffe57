"""An MX host that is an alias."""

from tests.rules.scene import MX1, Scene, finding, findings, frames_of, grade, loud

CODE = "mx-is-cname"
ALIAS = ("mx.example.net. CNAME mx.hoster.example.", f"mx.hoster.example. A {MX1}")


def test_an_alias_is_info_and_told_once() -> None:
    scene = Scene()
    scene.told("example.net", "MX", "10 mx.example.net.")
    scene.told("mx.example.net", "A", *ALIAS)
    scene.told("mx.example.net", "A", *ALIAS)

    found = finding(scene, CODE)

    assert grade(found) == ("info", "likely")
    assert found.summary == "the MX host of example.net, mx.example.net, is an alias of mx.hoster.example"
    assert [2, 4] == frames_of(found)
    assert [] == loud(scene)


def test_silent_on_aliases_that_no_mx_names() -> None:
    scene = Scene()
    scene.told("mx.example.net", "A", *ALIAS)

    assert [] == findings(scene, CODE)


def test_silent_on_hosts() -> None:
    scene = Scene()
    scene.example_net()

    assert [] == findings(scene, CODE)
