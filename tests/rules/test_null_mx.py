"""The domain takes no mail."""

from tests.rules.scene import Scene, finding, findings, frames_of, grade, loud

CODE = "null-mx"


def test_a_null_mx_is_info_and_told_once() -> None:
    scene = Scene()
    scene.told("example.net", "MX", "0 .")
    scene.told("example.net", "MX", "0 .")

    found = finding(scene, CODE)

    assert grade(found) == ("info", "likely")
    assert found.summary == "example.net takes no mail: its MX record says so"
    assert [2] == frames_of(found)
    assert [] == loud(scene)


def test_silent_on_hosts_and_on_no_mx_at_all() -> None:
    scene = Scene()
    scene.example_net()
    scene.told("example.org", "MX")

    assert [] == findings(scene, CODE)
