"""Frames that are taken out of a capture."""

from tests.rules.scene import MTA, TAP, Scene, batch
from tests.rules.session import Session
from wiretruth.evidence.choosing import Choice
from wiretruth.evidence.taken import chosen, numbered


def scene() -> Scene:
    made = Scene()
    made.example_net()
    Session(made).connect().close()
    return made


def test_frames_keep_their_numbers() -> None:
    whole = batch(scene().frames[TAP])
    part = whole.part(3, 6)

    assert [4, 6] == [frame.number for frame in numbered(part, {1, 4, 6, 7})]
    assert [5] == [frame.number for frame in chosen(part, Choice(), frozenset({2, 5}))]


def test_packets_of_a_host() -> None:
    whole = batch(scene().frames[TAP])

    assert len(whole) == len(list(chosen(whole, Choice(hosts=frozenset({MTA})), frozenset())))
    assert [] == list(chosen(whole, Choice(hosts=frozenset({"192.0.2.77"})), frozenset()))
    assert len(whole) == len(list(chosen(whole, Choice(everything=True), frozenset())))
