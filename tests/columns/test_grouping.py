"""Segments are brought together by connection, each once and in order, whatever their hashes are."""

from itertools import pairwise

import numpy as np
import pytest

from tests.columns.bundled import bundled
from wiretruth.columns import grouping


@pytest.mark.parametrize("seed", range(20))
def test_each_segment_once(seed: int) -> None:
    parts, found, _ = bundled(seed)
    rows = [found.segments.rows[place] for part in parts for place in part.named.groups.places.tolist()]

    assert sorted(found.segments.rows[found.segments.sound].tolist()) == sorted(rows)
    for part in parts:
        assert len(part.named.keys) == len(set(part.named.keys))
        for n in range(len(part.named.keys)):
            assert all(a < b for a, b in pairwise(part.named.of([n]).tolist()))


@pytest.mark.parametrize("seed", range(20))
def test_one_hash_for_all(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Then the words decide: groups are the same, in whatever order."""
    expected = {key: part.named.of([n]).tolist() for part in bundled(seed)[0] for n, key in enumerate(part.named.keys)}
    monkeypatch.setattr(grouping, "_FACTORS", np.zeros(7, np.uint64))
    parts = bundled(seed)[0]

    assert expected == {key: part.named.of([n]).tolist() for part in parts for n, key in enumerate(part.named.keys)}
    assert len(expected) == sum(len(part.named.keys) for part in parts)


@pytest.mark.parametrize("seed", range(5))
def test_some_groups(seed: int) -> None:
    for part in bundled(seed)[0]:
        wanted = np.arange(len(part.named.keys)) % 2 == 0
        some = part.named.groups.some(wanted)

        assert np.flatnonzero(wanted).tolist() == [part.named.keys.index(key) for key in part.named.keys[::2]]
        assert part.named.of(np.flatnonzero(wanted).tolist()).tolist() == some.places.tolist()
        assert part.named.groups.counts[wanted].tolist() == some.counts.tolist()
