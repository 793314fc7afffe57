"""Sorting by key: who is alone, who is two, who is many."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from wiretruth.columns.dns_pairs import among, pairs, perhaps_among

KEYS = st.lists(st.integers(0, 6).map(lambda n: n * 0x9E3779B97F4A7C15 % 2**64), max_size=30)


@given(KEYS)
def test_everybody_is_in_one_group(keys: list[int]) -> None:
    found = pairs(np.array(keys, np.uint64))
    by_count = {1: found.lonely, 2: np.concatenate((found.first, found.second))}
    for place, key in enumerate(keys):
        group = by_count.get(keys.count(key), found.crowded)
        assert place in group.tolist()
    assert len(keys) == sum(map(len, found))


@given(KEYS)
def test_the_first_of_two_comes_first(keys: list[int]) -> None:
    found = pairs(np.array(keys, np.uint64))

    assert (found.first < found.second).all()
    assert all(keys[a] == keys[b] for a, b in zip(found.first.tolist(), found.second.tolist(), strict=True))


@given(KEYS, KEYS)
def test_among(keys: list[int], wanted: list[int]) -> None:
    one, other = np.array(keys, np.uint64), np.array(wanted, np.uint64)

    assert [key in wanted for key in keys] == among(one, other).tolist()
    assert {n for n, key in enumerate(keys) if key in wanted} <= set(perhaps_among(one, other).tolist())
