"""Octets without their compression, as they would be without it."""

import gzip
from pathlib import Path

import pytest

from wiretruth.sources.blocks import BlockReader
from wiretruth.sources.expanding import expanded, expander

OCTETS = bytes(range(256)) * 400


@pytest.mark.parametrize("block", [16, 1000, 1 << 20])
@pytest.mark.parametrize("octets", [OCTETS, gzip.compress(OCTETS)], ids=["plain", "gzip"])
def test_the_same_octets(octets: bytes, block: int, tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(octets)
    with BlockReader(str(path), block) as reader:
        first = reader.read(8)
        decompressor = expander(str(path), bytes(first[:8]))
        got = b"".join(bytes(piece) for piece in expanded(reader, first, decompressor))

    assert (OCTETS, octets is OCTETS) == (got, decompressor is None)
