"""Many chains at once: what they prove is what one chain finds, and a wrong beginning proves nothing."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wiretruth.capture._chains import beginnings, follow, heads, leading, parts, words


def linked(lengths: list[int]) -> tuple[bytes, list[int]]:
    """Records that begin with their length; give where each begins, and where the last one ends."""
    octets, starts = b"", []
    for length in lengths:
        starts.append(len(octets))
        octets += length.to_bytes(4, "little") + bytes(length - 4)
    return octets, [*starts, len(octets)]


def chained(octets: bytes, begins: list[int], stop: int, extra: int = 0) -> list[int]:
    found: list[int] = follow(np.array(begins), stop, words(memoryview(octets), "<"), extra).tolist()
    return found


@given(st.lists(st.integers(4, 40), min_size=2, max_size=60), st.data())
def test_all_chains_arrive(lengths: list[int], data: st.DataObject) -> None:
    octets, places = linked(lengths)
    later = data.draw(st.sets(st.sampled_from(places[1:-1]) if len(places) > 2 else st.nothing(), max_size=8))

    assert places[:-1] == chained(octets + bytes(8), [0, *sorted(later)], places[-2] + 1)


@given(st.lists(st.integers(4, 40), min_size=4, max_size=60), st.sets(st.integers(1, 150), min_size=1, max_size=8))
def test_any_beginnings_prove_only_what_is_true(lengths: list[int], claimed: set[int]) -> None:
    """The chains before the first wrong beginning, and nothing behind it."""
    octets, places = linked(lengths)
    stop = places[-2] + 1
    wrong = [claim for claim in sorted(claimed) if claim < stop and claim not in places]
    found = chained(octets + bytes(8), [0, *sorted(c for c in claimed if c < stop)], stop)

    assert places[: len(found)] == found
    assert len(found) == sum(place < (wrong[0] if wrong else stop) for place in places)


def test_a_chain_that_stands_still_ends() -> None:
    """Records of length nothing, and absurd ones, as a crafted file holds them."""
    assert {0} == set(chained(bytes(100), [0, 40], 80))
    assert [0] == chained(b"\xff" * 20, [0], 8)


def test_a_chain_of_too_many_records_ends() -> None:
    """What it proved so far is kept."""
    octets, places = linked([4] * 2000)
    found = chained(octets, [0, 400], places[-3])

    assert places[: len(found)] == found
    assert 100 < len(found) < 1000


@pytest.mark.parametrize(("sound", "expected"), [([], 0), ([True, True], 2), ([True, False, True], 1), ([False], 0)])
def test_leading(sound: list[bool], expected: int) -> None:
    assert expected == leading(np.array(sound, np.bool_))


def test_beginnings_are_sought_in_each_part() -> None:
    """Near its beginning, and on from there where that was none; the mark is in the second octet of a record."""
    octets = bytearray(64 * 10 * 6)
    for place in (1, 645, 700, 1300, 1950, 2570, 2700, 3839):
        octets[place] = 7
    found = beginnings(memoryview(octets), parts(0, len(octets), 10), (1, b"\7"), lambda places: places != 644)

    assert [0, 699, 1299, 1949, 2569] == found.tolist()


def test_heads() -> None:
    octets = memoryview(bytes(range(20)))

    assert [[0x01020304, 0x05060708], [0x0C0D0E0F, 0x10111213]] == heads(octets, np.array([1, 12]), ">", 2).tolist()
    assert [[0x04030201]] == heads(octets, np.array([1]), "<", 1).tolist()
