"""Segments are brought together by connection, each once and in order, whatever their hashes are."""

from itertools import pairwise

import numpy as np
import pytest

from tests.columns.bundled import bundled
from wiretruth.columns import grouping


@pytest.mark.parametrize("seed", range(20))
def test_each_segment_once(seed: int) -> None:
    parts, found, _ = bundled(seed)
    rows = [found.segments.rows[place] for part in parts for place in part.places.tolist()]

    assert sorted(found.segments.rows[found.segments.sound].tolist()) == sorted(rows)
    for part in parts:
        for bundle in part.bundles:
            assert all(a < b for a, b in pairwise(part.places[bundle.start : bundle.stop].tolist()))


def test_one_hash_for_all(monkeypatch: pytest.MonkeyPatch) -> None:
    """Then connections take turns, and each one's segments are in order still."""
    monkeypatch.setattr(grouping, "_FACTORS", np.zeros(7, np.uint64))
    for part in bundled(5)[0]:
        assert sorted(part.places.tolist()) == part.places.tolist()
        for bundle in part.bundles:
            ends = {(p.source, p.destination) for p in map(part.rows.packet, range(bundle.start, bundle.stop))}
            assert len({frozenset(pair) for pair in ends}) == 1
