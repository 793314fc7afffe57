"""Resets in other people's names."""

from collections.abc import Callable

import pytest

from tests.rules.scene import TAP, Scene, finding, findings, frames_of, grade, loud
from tests.rules.session import FAR, Session

CODE = "reset-injected"


def in_data(scene: Scene) -> Session:
    scene.example_net()
    session = Session(scene).connect().greeted().envelope()
    session.asks("DATA", "354 go ahead")
    session.says("hello")
    return session


def test_two_independent_marks_are_critical() -> None:
    """Its TTL is another's, and the server goes on."""
    scene = Scene()
    session = in_data(scene)
    frame = session.reset(ttl=FAR + 5)
    scene.wait(0.02)
    session.hears("250 2.0.0 Ok")

    found = finding(scene, CODE)

    assert grade(found) == ("critical", "likely")
    assert "in the name of 198.51.100.10, but the reset does not come from there" in found.summary
    assert "its TTL is 62, all other packets of that side came with 57" in found.summary
    assert [frame] == frames_of(found)


def test_a_number_far_off_counts_beside_the_ttl() -> None:
    scene = Scene()
    session = in_data(scene)
    session.reset(ttl=FAR + 5, seq=session.server.next + 5000)

    assert grade(finding(scene, CODE)) == ("critical", "likely")


def load_balancer(scene: Scene) -> None:
    in_data(scene).reset(ttl=FAR + 5)


def other_initial_ttl(scene: Scene) -> None:
    in_data(scene).reset(ttl=FAR + 191)


def swapped_by_the_capture(scene: Scene) -> None:
    """The last data and the reset behind it, captured the wrong way round: number and order are off by one cause."""
    session = in_data(scene)
    session.hears("421 4.3.2 shutting down", acknowledged=False)
    session.reset()
    frames = scene.frames[TAP]
    one, other = frames[-2:]
    frames[-2:] = [other._replace(at=one.at), one._replace(at=other.at)]


@pytest.mark.parametrize("scenery", [load_balancer, other_initial_ttl, swapped_by_the_capture])
def test_one_mark_is_never_more_than_possible(scenery: Callable[[Scene], None]) -> None:
    scene = Scene()
    scenery(scene)

    assert all(grade(f) == ("info", "possible") for f in findings(scene, CODE))
    assert CODE not in {code for code, _, _ in loud(scene)}


def the_servers_own(scene: Scene) -> None:
    in_data(scene).reset()


def behind_its_fin(scene: Scene) -> None:
    session = Session(scene).connect().greeted().envelope()
    session.message()
    session.quit()
    session.reset(ttl=FAR + 5)


def refused(scene: Scene) -> None:
    session = Session(scene)
    session.syn()
    session.reset(ttl=FAR + 5, seq=0)


@pytest.mark.parametrize("innocent", [the_servers_own, behind_its_fin, refused])
def test_silent_on(innocent: Callable[[Scene], None]) -> None:
    scene = Scene()
    innocent(scene)

    assert [] == findings(scene, CODE)
