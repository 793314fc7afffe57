"""Compressed files of every kind: what a step gives has a bound, and a cut at any place gives the same octets."""

import bz2
import contextlib
import gzip
import lzma
from collections.abc import Iterator

from tests.fuzz.target import harmless
from wiretruth.capture.decompressor import GATHERED, PIECE
from wiretruth.capture.recognition import decompressor_for

ENOUGH = 16 * PIECE
"""Octets taken of one input: a bomb may give thousands of times its own size."""
STEP = 8 * PIECE
"""What one step of any library gives at most."""


def seeds() -> Iterator[bytes]:
    """Give one stream, two behind each other, and some padding, in each compression that is installed."""
    plain = bytes(range(256)) * 8 + b"\0" * 4000
    for one in _compressed(plain):
        yield one
        yield one + one + b"\0" * 8
        yield one[:-6]


def _compressed(plain: bytes) -> Iterator[bytes]:
    yield gzip.compress(plain, mtime=0)
    yield bz2.compress(plain)
    yield lzma.compress(plain)
    with contextlib.suppress(ImportError):
        import zstandard  # noqa: PLC0415 - an extra

        yield zstandard.ZstdCompressor().compress(plain)
    with contextlib.suppress(ImportError):
        import lz4.frame  # noqa: PLC0415 - an extra

        yield lz4.frame.compress(plain)


def check(octets: bytes) -> None:
    """Expand at once, and in pieces."""
    at_once = _expanded(octets, max(1, len(octets)))
    in_pieces = _expanded(octets, 1 + len(octets) % 97)
    size = min(len(at_once), len(in_pieces))

    assert at_once[:size] == in_pieces[:size]


def _expanded(octets: bytes, size: int) -> bytes:
    try:
        decompressor = decompressor_for(octets)
    except ImportError:
        return b""
    if decompressor is None:
        return b""
    given = bytearray()
    for begin in range(0, len(octets), size):
        for piece in decompressor.receive(octets[begin : begin + size]):
            assert len(piece) < GATHERED + STEP
            given += piece
            if len(given) > ENOUGH:
                return bytes(given[:ENOUGH])
        if decompressor.ended:
            break
    decompressor.finish()
    for fault in decompressor.faults:
        assert 0 <= fault.offset <= len(octets)
        harmless(fault.got)
    return bytes(given)
