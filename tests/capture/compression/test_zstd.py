"""Zstandard (RFC 8878)."""

import zstandard

from wiretruth.capture.compression.zstd import ZstdDecompressor
from wiretruth.capture.decompressor import PIECE

TEXT = b"a line that comes again and again\n" * 40
WHOLE = zstandard.ZstdCompressor().compress(TEXT)
SKIPPABLE = b"\x50\x2a\x4d\x18\x04\0\0\0skip"


def expand(decompressor: ZstdDecompressor, octets: bytes) -> bytes:
    expanded = b"".join(decompressor.receive(octets))
    decompressor.finish()
    return expanded


def test_skippable_frame_between_frames() -> None:
    decompressor = ZstdDecompressor()

    assert TEXT * 2 == expand(decompressor, WHOLE + SKIPPABLE + WHOLE)
    assert () == decompressor.faults


def test_garbage_behind_the_end_is_a_fault() -> None:
    decompressor = ZstdDecompressor()

    assert TEXT == expand(decompressor, WHOLE + b"garbage")
    assert ["zstd data"] == [fault.where for fault in decompressor.faults]
    assert decompressor.ended


def test_densest_possible_bomb_has_bounded_pieces() -> None:
    """Blocks that repeat one octet 128 KiB long, four octets each, made by hand: no compressor is as dense."""
    block = ((128 * 1024) << 3 | 1 << 1).to_bytes(3, "little") + b"x"
    head = b"\x28\xb5\x2f\xfd\x00\x58"  # window of 2 MiB, no content size
    sizes = [len(piece) for piece in ZstdDecompressor().receive(head + block * 2000)]

    assert sum(sizes) > 200 * PIECE
    assert max(sizes) <= 10 * PIECE
