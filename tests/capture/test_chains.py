"""Many chains at once: what they prove is what one chain finds, and a wrong beginning proves nothing."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wiretruth.capture._chains import beginnings, follow, leading, parts, words


def linked(lengths: list[int]) -> tuple[bytes, list[int]]:
    """Records that begin with their length; give where each begins, and where the last one ends."""
    octets, starts = b"", []
    for length in lengths:
        starts.append(len(octets))
        octets += length.to_bytes(4, "little") + bytes(length - 4)
    return octets, [*starts, len(octets)]


@given(st.lists(st.integers(4, 40), min_size=2, max_size=60), st.data())
def test_all_chains_land(lengths: list[int], data: st.DataObject) -> None:
    octets, places = linked(lengths)
    later = data.draw(st.sets(st.sampled_from(places[1:-1]) if len(places) > 2 else st.nothing(), max_size=8))
    starts, following = follow([0, *sorted(later)], places[-2] + 1, words(memoryview(octets), "<"), 0)

    assert (places[:-1], places[-1]) == (starts.tolist(), following)


@given(st.lists(st.integers(4, 40), min_size=4, max_size=60), st.sets(st.integers(1, 150), min_size=1, max_size=8))
def test_any_beginnings_prove_only_what_is_true(lengths: list[int], claimed: set[int]) -> None:
    """The chains before the first wrong beginning, and nothing behind it."""
    octets, places = linked(lengths)
    stop = places[-2] + 1
    begins = [0, *sorted(c for c in claimed if c < stop)]
    starts, following = follow(begins, stop, words(memoryview(octets), "<"), 0)

    assert places[: len(starts)] == starts.tolist()
    assert following in places
    assert places.index(following) == len(starts)


def test_a_chain_that_stands_still_ends() -> None:
    """Records of length nothing, and absurd ones, as a crafted file holds them."""
    starts, following = follow([0, 40], 80, words(memoryview(bytes(100)), "<"), 0)

    assert (set(starts.tolist()), following) == ({0}, 0)
    assert 4_294_967_295 == follow([0], 8, words(memoryview(b"\xff" * 12), "<"), 0)[1]


@pytest.mark.parametrize(("sound", "expected"), [([], 0), ([True, True], 2), ([True, False, True], 1), ([False], 0)])
def test_leading(sound: list[bool], expected: int) -> None:
    assert expected == leading(np.array(sound, np.bool_))


def test_beginnings_are_sought_in_each_part() -> None:
    octets = bytearray(96 * 10 * 4)
    for place in (965, 970, 2000, 2900):
        octets[place] = 7
    found = beginnings(memoryview(octets), parts(0, len(octets), 10), b"\7", 0, lambda place: place != 965)

    assert [0, 970, 2000, 2900] == found
