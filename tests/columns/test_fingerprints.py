"""Fingerprints in columns are those of packets."""

import pytest

from tests.columns.bundled import bundled
from wiretruth.columns.fingerprints import FINGERPRINT
from wiretruth.flow import recent
from wiretruth.model.packet import TcpSegment


@pytest.mark.parametrize("seed", range(20))
def test_fingerprints_are_those_of_packets(seed: int) -> None:
    for part in bundled(seed)[0]:
        rows = part.rows
        assert rows is not None
        size = rows.fingerprint
        for row, plain in enumerate(rows.plain):
            if plain:
                packet, seen = rows.packet(row), recent.Recent()
                assert isinstance(packet.transport, TcpSegment)
                seen.note(packet, packet.transport)
                assert bytes(seen._rows) == bytes(rows.fingerprints[row * size : (row + 1) * size])


def test_shape() -> None:
    assert recent._ROW.size == FINGERPRINT.itemsize
