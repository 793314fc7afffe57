"""Two answers to one query, and the many ways in which two packets say the same."""

from collections.abc import Callable

import pytest

from tests.rules.scene import MX1, MX2, STRANGER, Scene, finding, findings, frames_of, grade, loud

CODE = "dns-conflicting-answers"


def test_two_answers_to_one_query_are_critical() -> None:
    scene = Scene()
    asked = scene.ask("mail1.example.net", "A")
    asked.answer(STRANGER)
    asked.answer(MX1)

    found = finding(scene, CODE)

    assert grade(found) == ("critical", "likely")
    assert "for A mail1.example.net: first 192.0.2.66, then 198.51.100.10" in found.summary
    assert 3 in frames_of(found)


def asked_twice(scene: Scene) -> None:
    asked = scene.ask("mail1.example.net", "A")
    scene.wait(1)
    asked.send()
    asked.answer(MX1)
    asked.answer(MX2)


def failure_first(scene: Scene) -> None:
    asked = scene.ask("mail1.example.net", "A")
    asked.answer(rcode="SERVFAIL")
    asked.answer(MX1)


@pytest.mark.parametrize("scenery", [asked_twice, failure_first])
def test_only_possible(scenery: Callable[[Scene], None]) -> None:
    scene = Scene()
    scenery(scene)

    assert grade(finding(scene, CODE)) == ("info", "possible")


def other_order(scene: Scene) -> None:
    asked = scene.ask("mail1.example.net", "A")
    asked.answer(MX1, MX2)
    asked.answer(MX2, MX1)


def other_ttl(scene: Scene) -> None:
    asked = scene.ask("mail1.example.net", "A")
    asked.answer(MX1)
    asked.answer(MX1, ttl=299)


def asked_anew(scene: Scene) -> None:
    asked = scene.ask("mail1.example.net", "A")
    asked.answer(MX1)
    scene.wait(30)
    asked.send()
    asked.answer(MX2)


@pytest.mark.parametrize("innocent", [other_order, other_ttl, asked_anew])
def test_silent_on(innocent: Callable[[Scene], None]) -> None:
    scene = Scene()
    innocent(scene)

    assert [] == findings(scene, CODE)
    assert [] == loud(scene)


def test_loss_leaves_it_possible() -> None:
    """The capture may have lost the query's second sending."""
    scene = Scene(kernel_drops=1)
    asked = scene.ask("mail1.example.net", "A")
    asked.answer(STRANGER)
    asked.answer(MX1)

    assert ("info", "possible") == grade(finding(scene, CODE))
