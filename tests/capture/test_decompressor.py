"""What holds for every compression alike."""

import bz2
import gzip
import itertools
import lzma
import random
from collections.abc import Callable, Iterable

import lz4.frame
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from tests.capture.forge import cut, single
from wiretruth.capture.compression.bzip2 import Bzip2Decompressor
from wiretruth.capture.compression.gzip import GzipDecompressor
from wiretruth.capture.compression.lz4 import Lz4Decompressor
from wiretruth.capture.compression.xz import XzDecompressor
from wiretruth.capture.compression.zstd import ZstdDecompressor
from wiretruth.capture.decompressor import PIECE, Decompressor

TEXT = random.Random(7).randbytes(3000) + b"a line that comes again and again\n" * 4000


def zstd(octets: bytes) -> bytes:
    return zstandard.ZstdCompressor(write_checksum=True).compress(octets)


def lz4_frame(octets: bytes) -> bytes:
    return bytes(lz4.frame.compress(octets, content_checksum=True, block_size=lz4.frame.BLOCKSIZE_MAX4MB))


COMPRESS: dict[Callable[[], Decompressor], Callable[[bytes], bytes]] = {
    GzipDecompressor: gzip.compress,
    ZstdDecompressor: zstd,
    XzDecompressor: lzma.compress,
    Bzip2Decompressor: bz2.compress,
    Lz4Decompressor: lz4_frame,
}
KINDS = [pytest.param(kind, compress, id=kind().name) for kind, compress in COMPRESS.items()]


def expand(decompressor: Decompressor, pieces: Iterable[bytes]) -> bytes:
    octets = b"".join(itertools.chain.from_iterable(map(decompressor.receive, pieces)))
    decompressor.finish()
    return octets


@pytest.mark.parametrize(("kind", "compress"), KINDS)
@pytest.mark.parametrize("members", [1, 2, 5])
def test_whole_and_octet_by_octet(
    kind: Callable[[], Decompressor], compress: Callable[[bytes], bytes], members: int
) -> None:
    compressed = compress(TEXT) * members
    for pieces in ([compressed], single(compressed)):
        decompressor = kind()
        assert TEXT * members == expand(decompressor, pieces)
        assert not decompressor.cut_off
        assert () == decompressor.faults


@given(st.sampled_from(list(COMPRESS)), st.data())
def test_any_cut_gives_the_same(kind: Callable[[], Decompressor], data: st.DataObject) -> None:
    decompressor = kind()
    compressed = COMPRESS[kind](TEXT) * 2
    places = data.draw(st.lists(st.integers(0, len(compressed))))

    assert TEXT * 2 == expand(decompressor, cut(compressed, places))


@pytest.mark.parametrize(("kind", "compress"), KINDS)
def test_cut_off_anywhere(kind: Callable[[], Decompressor], compress: Callable[[bytes], bytes]) -> None:
    """What can be expanded is kept, and the cut is told with its offset."""
    whole = compress(TEXT)
    for end in (*range(1, 60), *range(60, len(whole), 97), len(whole) - 1):
        decompressor = kind()
        assert TEXT.startswith(expand(decompressor, [whole[:end]]))
        assert decompressor.cut_off
        assert [end] == [fault.offset for fault in decompressor.faults]


@pytest.mark.parametrize(("kind", "compress"), KINDS)
def test_bomb_does_not_grow_memory(kind: Callable[[], Decompressor], compress: Callable[[bytes], bytes]) -> None:
    """A hundred MiB of zeros from a few KiB come in pieces of bounded size."""
    bomb = compress(bytes(100 * PIECE))
    decompressor = kind()
    sizes = [len(piece) for piece in decompressor.receive(bomb)]

    assert 100 * PIECE == sum(sizes)
    assert max(sizes) <= 10 * PIECE


@given(st.sampled_from(list(COMPRESS)), st.binary(max_size=200), st.data())
def test_damage_raises_nothing(kind: Callable[[], Decompressor], noise: bytes, data: st.DataObject) -> None:
    decompressor = kind()
    compressed = COMPRESS[kind](TEXT)
    place = data.draw(st.integers(0, len(compressed)))
    expand(decompressor, [compressed[:place] + noise + compressed[place + len(noise) :]])

    assert len(decompressor.faults) <= 1
    assert all(fault.got.isprintable() for fault in decompressor.faults)


@pytest.mark.parametrize(("kind", "compress"), KINDS)
def test_nothing_in_nothing_out(kind: Callable[[], Decompressor], compress: Callable[[bytes], bytes]) -> None:
    for octets in (b"", compress(b"")):
        decompressor = kind()
        assert b"" == expand(decompressor, [octets])
        assert not decompressor.cut_off
