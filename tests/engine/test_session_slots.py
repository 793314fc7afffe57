"""Slots are taken, given back, and taken again; what is under way goes with its connection."""

import numpy as np

from wiretruth.columns.steady import CLIENT, FIRST, FRAME, UNDER_WAY
from wiretruth.engine.session_slots import Slots
from wiretruth.flow.recent import REMEMBERED
from wiretruth.protocols.smtp.faultless import Facts

FACTS = Facts((b"a@b",), b"", b"", True)


def test_a_slot_is_clean_again() -> None:
    slots = Slots()
    slot = slots.take(7)
    slots.facts[slot] = FACTS
    slots.state["isn"][slot, CLIENT] = 99
    slots.remember(slot, memoryview(b"xy"), 2)
    slots.free(slot)

    assert slot == slots.take(8)
    assert (0, 8, b"", {}) == (slots.client_isn(slot), slots.hash[slot], bytes(slots.recent[slot]), slots.facts)


def test_there_are_always_more() -> None:
    slots = Slots()
    taken = [slots.take(number) for number in range(3000)]

    assert len(set(taken)) == len(slots) == len(slots.all()) == 3000
    assert [*range(3000)] == [int(slots.hash[slot]) for slot in taken]


def test_what_is_remembered_is_bounded() -> None:
    slots = Slots()
    slot = slots.take(1)
    slots.remember(slot, memoryview(bytes(range(200))), 1)

    assert bytes(range(200))[-REMEMBERED:] == slots.recent[slot]


def test_what_is_under_way() -> None:
    slots = Slots()
    segments = np.zeros(3, UNDER_WAY)
    segments["slot"], segments["end"] = [0, 1, 1], [10, 20, 30]
    slots.put_under_way(segments, np.array([5, 6]))

    assert [20, 30] == slots.under_way_of(6)["end"].tolist()
    assert [(2, 10)] == [(s["slot"], s["end"]) for s in slots.take_under_way(np.array([-1, 6, 5]))]
    assert not len(slots.under_way_of(5))


def test_which_may_fall_silent() -> None:
    slots = Slots()
    slot = slots.take(1)
    assert not slots.rests(slot)
    slots.state["established"][slot] = 5, 5
    assert slots.rests(slot)
    slots.facts[slot] = FACTS
    assert not slots.rests(slot)


def test_where_it_began() -> None:
    slots = Slots()
    slot = slots.take(1)
    slots.state["marks"][slot, CLIENT, FIRST, FRAME] = 42

    assert 42 == slots.frame(slot)
