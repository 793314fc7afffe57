"""Columns of bundles say what packets say."""

import pytest

from tests.columns.bundled import bundled
from wiretruth.model.packet import TcpSegment


@pytest.mark.parametrize("seed", range(20))
def test_columns_say_what_packets_say(seed: int) -> None:
    for part in bundled(seed)[0]:
        rows = part.rows
        assert rows is not None
        for _, bundle in part.bundles:
            for row in range(bundle.start, bundle.stop):
                packet = rows.packet(row)
                segment = packet.transport
                assert isinstance(segment, TcpSegment)
                source = bundle.high if rows.by_high[row] else bundle.low
                assert (packet.source, segment.source_port) == source
                assert (segment.seq, segment.ack, segment.length) == (rows.seq[row], rows.ack[row], rows.length[row])
                assert (packet.at, packet.number) == rows.marks[row]
                assert (packet.ttl, packet.dont_fragment) == (rows.ttl[row], rows.dont_fragment[row])
                assert packet.ip_length == rows.headers[row] + rows.length[row]
                whole = len(segment.payload) == segment.length
                assert rows.plain[row] == (
                    segment.flags in {0x10, 0x18} and segment.window > 0 and whole and not segment.sack
                )
