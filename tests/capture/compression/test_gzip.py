"""gzip (RFC 1952)."""

import gzip
import time

import pytest

from tests.capture.forge import single
from wiretruth.capture.compression.gzip import GzipDecompressor

TEXT = b"a line that comes again and again\n" * 40
WHOLE = gzip.compress(TEXT)


def expand(decompressor: GzipDecompressor, pieces: list[bytes]) -> bytes:
    octets = b"".join(octets for piece in pieces for octets in decompressor.receive(piece))
    decompressor.finish()
    return octets


@pytest.mark.parametrize("pieces", [[WHOLE + bytes(500)], single(WHOLE + bytes(9)), [WHOLE + bytes(9) + WHOLE[:0]]])
def test_zeros_behind_the_end_are_padding(pieces: list[bytes]) -> None:
    decompressor = GzipDecompressor()

    assert TEXT == expand(decompressor, pieces)
    assert () == decompressor.faults


@pytest.mark.parametrize("garbage", [b"garbage", b"\0\0garbage", b"\x1fgarbage"])
def test_garbage_behind_the_end_is_a_fault(garbage: bytes) -> None:
    for pieces in ([WHOLE + garbage], single(WHOLE + garbage)):
        decompressor = GzipDecompressor()

        assert TEXT == expand(decompressor, pieces)
        assert ["gzip data"] == [fault.where for fault in decompressor.faults]
        assert [True] == [0 <= f.offset - len(WHOLE) <= 2 for f in decompressor.faults]
        assert not decompressor.cut_off


def test_wrong_checksum_keeps_what_was_expanded() -> None:
    """The fault stands where the damage was noticed: in the trailer."""
    damaged = WHOLE[:-8] + b"\xff" + WHOLE[-7:]
    for pieces in ([damaged], single(damaged)):
        decompressor = GzipDecompressor()

        assert TEXT == expand(decompressor, pieces)
        assert [True] == [len(WHOLE) - 8 <= f.offset < len(WHOLE) for f in decompressor.faults]
        assert decompressor.ended


def test_swarm_of_empty_members_is_linear() -> None:
    """Members of 20 octets must not copy the rest of a block each."""
    begun = time.perf_counter()

    assert b"" == expand(GzipDecompressor(), [gzip.compress(b"") * 50_000])
    assert time.perf_counter() - begun < 10
