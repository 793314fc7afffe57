"""How much is taken for a finding."""

import pytest

from tests.evidence.frames import taken
from tests.rules.scene import STRANGER, TAP, Scene, batch
from tests.rules.session import Session
from wiretruth.evidence.choosing import Choice, Reach, choice, frames_of
from wiretruth.evidence.conversations import key_of
from wiretruth.evidence.taken import chosen
from wiretruth.model.finding import Finding
from wiretruth.model.packet import Packet


def played() -> tuple[Scene, Finding]:
    """Mail to a stranger, and beside it what has nothing to do with it."""
    scene = Scene()
    scene.example_net()
    Session(scene, server_address=STRANGER).connect().close()
    Session(scene, client_address="192.0.2.200", server_address="192.0.2.201").connect().close()
    return scene, next(one for one in scene.report().findings if one.code == "destination-rewritten")


def numbers(reach: Reach) -> list[int]:
    scene, finding = played()
    frames = frames_of(finding, {TAP: TAP})
    packets = {frame.number: frame.packet() for frame in taken(scene.frames[TAP])}
    keys = [key for _, n in frames if isinstance(p := packets[n], Packet) and (key := key_of(p))]
    made = choice(scene.report(), finding, frames, keys, reach)
    named = frozenset(number for _, number in frames)
    return [frame.number for frame in chosen(batch(scene.frames[TAP]), made, named)]


@pytest.mark.parametrize("reach", Reach)
def test_each_reach_takes_in_the_ones_before(reach: Reach) -> None:
    narrower = set(numbers(Reach(max(reach - 1, 0))))

    assert narrower <= set(numbers(reach))


def test_strangers_are_taken_last() -> None:
    scene, _ = played()
    every = list(range(1, len(scene.frames[TAP]) + 1))

    assert every == numbers(Reach.EVERYTHING)
    assert max(numbers(Reach.HOSTS)) < max(every)


def test_choices_join() -> None:
    one, other = Choice(frozenset({("a", 1)})), Choice(hosts=frozenset({"192.0.2.1"}), everything=True)

    assert Choice(frozenset({("a", 1)}), hosts=frozenset({"192.0.2.1"}), everything=True) == one | other


def test_reaches_have_words() -> None:
    assert len(Reach) == len({reach.words for reach in Reach})
