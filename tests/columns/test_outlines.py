"""Outlines are read as the packets that they are of."""

import pytest

from tests.columns.bundled import bundled
from wiretruth.columns import outlines
from wiretruth.flow import outline
from wiretruth.model.packet import TcpSegment


@pytest.mark.parametrize("seed", range(20))
def test_outlines_are_read_as_the_packets_that_they_are_of(seed: int) -> None:
    for part in bundled(seed)[0]:
        for bundle in part.bundles:
            ends = sorted((bundle.low, bundle.high))
            told = [*outline.packets((bundle.vantage, *ends[0], *ends[1]), bundle.outline)] if bundle.outline else []
            for row, (packet, segment) in enumerate(told, bundle.start):
                whole = part.rows.packet(row)
                expected = whole.transport
                assert isinstance(expected, TcpSegment)
                assert expected._replace(window_scale=None, sack_permitted=False, ts_echo=None) == segment
                assert whole[:9] == packet[:9] or whole[:8] == packet[:8]


def test_shape() -> None:
    assert (outline.SIZE, outline.MAX_ROWS) == (outlines.ROW.itemsize, outlines.MAX_ROWS)
