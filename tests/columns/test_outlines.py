"""Outlines are read as the packets that they are of."""

import pytest

from tests.columns.bundled import bundled
from tests.rules.packets import SYN
from wiretruth.columns import outlines
from wiretruth.flow import outline
from wiretruth.flow.keys import key
from wiretruth.model.packet import TcpSegment


@pytest.mark.parametrize("seed", range(40))
def test_outlines_are_read_as_the_packets_that_they_are_of(seed: int) -> None:
    parts, found, packets = bundled(seed, sketching=True)
    for part in parts:
        for n, sketch in part.sketches:
            rows = found.segments.rows[part.named.of([n])].tolist()
            told = [*outline.packets(sketch.key, sketch.rows)]
            first = packets[rows[0]].transport
            assert isinstance(first, TcpSegment)
            assert (first.seq if first.flags & SYN else None) == sketch.client_isn
            for whole, (packet, segment) in zip(map(packets.__getitem__, rows), told, strict=True):
                expected = whole.transport
                assert isinstance(expected, TcpSegment)
                assert expected._replace(window_scale=None, sack_permitted=False, ts_echo=None) == segment
                assert whole[:9] == packet[:9] or whole[:8] == packet[:8]


@pytest.mark.parametrize("seed", range(20))
def test_each_connection_once(seed: int) -> None:
    """As a sketch or as a bundle, under the key by which packets find it."""
    parts, found, packets = bundled(seed, sketching=True)
    for part in parts:
        assert [*range(len(part.named.keys))] == sorted(n for n, _ in [*part.sketches, *part.bundles])
        for n, own in enumerate(part.named.keys):
            whole = packets[found.segments.rows[part.named.of([n])[0]]]
            segment = whole.transport
            assert isinstance(segment, TcpSegment)
            assert key("tap", whole.source, segment.source_port, whole.destination, segment.destination_port) == own


def test_shape() -> None:
    assert (outline.SIZE, outline.MAX_ROWS) == (outlines.ROW.itemsize, outlines.MAX_ROWS)
