"""The resolver tried, and could not find out."""

import pytest

from tests.rules.scene import Scene, finding, findings, frames_of, grade, loud

CODE = "dns-servfail"


def test_servfail_for_mail_is_a_warning() -> None:
    scene = Scene()
    scene.ask("example.net", "MX").answer(rcode="SERVFAIL")

    found = finding(scene, CODE)

    assert grade(found) == ("warning", "likely")
    assert found.summary == "198.51.100.53 answered SERVFAIL to 10.10.0.5: 1 lookup (MX example.net)"
    assert [1, 2] == frames_of(found)


def test_the_answer_that_follows_mends_it() -> None:
    """A forwarder passes on a failure, then the answer, to one query."""
    scene = Scene()
    asked = scene.ask("mail1.example.net", "A")
    asked.answer(rcode="SERVFAIL")
    asked.answer("198.51.100.10")

    assert "info" == finding(scene, CODE).severity
    assert [] == loud(scene)


@pytest.mark.parametrize(
    ("kind", "client", "recurse"), [("A", "10.10.0.77", True), ("MX", "10.10.0.2", False)], ids=["web", "iterative"]
)
def test_only_info_where_mail_does_not_depend_on_it(kind: str, client: str, recurse: bool) -> None:
    scene = Scene()
    scene.ask("example.net", kind, client=client, recurse=recurse).answer(rcode="SERVFAIL")

    assert "info" == finding(scene, CODE).severity


@pytest.mark.parametrize("rcode", ["NOERROR", "NXDOMAIN", "REFUSED"])
def test_silent_on_other_answers(rcode: str) -> None:
    scene = Scene()
    scene.ask("example.net", "MX").answer(rcode=rcode)

    assert [] == findings(scene, CODE)
