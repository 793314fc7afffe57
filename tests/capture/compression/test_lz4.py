"""lz4 frames."""

import lz4.frame
import pytest

from wiretruth.capture.compression.lz4 import Lz4Decompressor

TEXT = b"a line that comes again and again\n" * 40
SKIPPABLE = b"\x50\x2a\x4d\x18\x04\0\0\0skip"


def expand(octets: bytes) -> tuple[Lz4Decompressor, bytes]:
    decompressor = Lz4Decompressor()
    expanded = b"".join(decompressor.receive(octets))
    decompressor.finish()
    return decompressor, expanded


def test_skippable_frame_between_frames() -> None:
    whole = lz4.frame.compress(TEXT)
    decompressor, octets = expand(whole + SKIPPABLE + whole)

    assert (TEXT * 2, ()) == (octets, decompressor.faults)


@pytest.mark.parametrize("linked", [True, False])
@pytest.mark.parametrize("checksum", [True, False])
def test_every_kind_of_block(linked: bool, checksum: bool) -> None:
    whole = lz4.frame.compress(TEXT, block_linked=linked, block_checksum=checksum, store_size=False)
    decompressor, octets = expand(whole)

    assert (TEXT, ()) == (octets, decompressor.faults)


def test_wrong_checksum_is_a_fault() -> None:
    damaged = bytearray(lz4.frame.compress(TEXT, content_checksum=True))
    damaged[-1] ^= 0xFF
    decompressor, octets = expand(bytes(damaged))

    assert TEXT.startswith(octets)
    assert ["lz4 data"] == [fault.where for fault in decompressor.faults]
