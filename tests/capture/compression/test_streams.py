"""What holds for xz, bzip2 and lz4 alike, beside what holds for every compression."""

import bz2
import lzma
import time
from collections.abc import Callable

import lz4.frame
import pytest

from tests.capture.forge import single
from wiretruth.capture.compression.bzip2 import Bzip2Decompressor
from wiretruth.capture.compression.lz4 import Lz4Decompressor
from wiretruth.capture.compression.xz import XzDecompressor
from wiretruth.capture.decompressor import Decompressor

TEXT = b"a line that comes again and again\n" * 40

KINDS = [
    pytest.param(XzDecompressor, lzma.compress, id="xz"),
    pytest.param(Bzip2Decompressor, bz2.compress, id="bzip2"),
    pytest.param(Lz4Decompressor, lz4.frame.compress, id="lz4"),
]
Kind = Callable[[], Decompressor]
Compress = Callable[[bytes], bytes]


def expand(decompressor: Decompressor, pieces: list[bytes]) -> bytes:
    octets = b"".join(octets for piece in pieces for octets in decompressor.receive(piece))
    decompressor.finish()
    return octets


@pytest.mark.parametrize(("kind", "compress"), KINDS)
@pytest.mark.parametrize("padding", [4, 500, 3])
def test_zeros_behind_a_stream_are_padding(kind: Kind, compress: Compress, padding: int) -> None:
    octets = compress(TEXT) + bytes(padding) + compress(TEXT) + bytes(padding)
    for pieces in ([octets], single(octets)):
        decompressor = kind()

        assert TEXT * 2 == expand(decompressor, pieces)
        assert () == decompressor.faults


@pytest.mark.parametrize(("kind", "compress"), KINDS)
@pytest.mark.parametrize("garbage", [b"garbage", b"\0\0\0\0garbage", b"\xff"])
def test_garbage_behind_a_stream_is_a_fault(kind: Kind, compress: Compress, garbage: bytes) -> None:
    whole = compress(TEXT)
    for pieces in ([whole + garbage], single(whole + garbage)):
        decompressor = kind()

        assert TEXT == expand(decompressor, pieces)
        assert [len(whole) + len(garbage.partition(b"g")[0].rstrip(b"\xff"))] == [f.offset for f in decompressor.faults]
        assert not decompressor.cut_off


@pytest.mark.parametrize(("kind", "compress"), KINDS)
def test_damage_is_told_with_its_place_and_what_came_before_is_kept(kind: Kind, compress: Compress) -> None:
    sound, damaged = compress(TEXT), bytearray(compress(TEXT))
    damaged[1:3] = b"\xee\xee"
    decompressor = kind()

    assert TEXT == expand(decompressor, single(sound + damaged))
    assert [True] == [len(sound) <= fault.offset <= len(sound) + len(damaged) for fault in decompressor.faults]
    assert decompressor.ended


@pytest.mark.parametrize(("kind", "compress"), KINDS)
def test_swarm_of_empty_streams_is_linear(kind: Kind, compress: Compress) -> None:
    begun = time.perf_counter()

    assert b"" == expand(kind(), [compress(b"") * 20_000])
    assert time.perf_counter() - begun < 10
