"""What is asked about MX hosts: which domains they serve, and whether it was said before."""

from tests.rules.scene import MX1, Scene, finding, findings


def test_the_domain_told_last_is_named() -> None:
    scene = Scene()
    scene.told("old.example", "MX", "10 gone.example.net.")
    scene.told("new.example", "MX", "10 gone.example.net.")
    scene.ask("gone.example.net", "A").answer(rcode="NXDOMAIN")

    assert "new.example" in finding(scene, "mx-target-unresolvable").summary


def test_what_another_client_was_told_does_not_count() -> None:
    scene = Scene()
    scene.told("example.net", "MX", "10 gone.example.net.", client="10.10.0.6")
    scene.ask("gone.example.net", "A").answer(rcode="NXDOMAIN")

    assert [] == findings(scene, "mx-target-unresolvable")


def test_a_changed_answer_is_told_again() -> None:
    scene = Scene()
    for target in ("one.hoster.example.", "two.hoster.example."):
        scene.told("example.net", "MX", "10 mx.example.net.")
        scene.told("mx.example.net", "A", f"mx.example.net. CNAME {target}", f"{target} A {MX1}")

    assert 2 == len(findings(scene, "mx-is-cname"))
