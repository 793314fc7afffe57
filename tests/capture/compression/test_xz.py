"""xz: what it may ask for."""

import lzma
import zlib

import pytest

from wiretruth.capture.compression.xz import XzDecompressor


def expand(compressed: bytes) -> tuple[XzDecompressor, bytes]:
    decompressor = XzDecompressor()
    octets = b"".join(decompressor.receive(compressed))
    decompressor.finish()
    return decompressor, octets


def test_strongest_preset_is_within_bounds() -> None:
    decompressor, octets = expand(lzma.compress(b"text", preset=9 | lzma.PRESET_EXTREME))

    assert (b"text", ()) == (octets, decompressor.faults)


def test_header_that_asks_for_gigabytes_is_a_fault() -> None:
    """The dictionary's size is one octet of the block header; nothing is reserved for it."""
    whole = bytearray(lzma.compress(b"text", filters=[{"id": lzma.FILTER_LZMA2, "dict_size": 1 << 20}]))
    header = whole[12 : 12 + (whole[12] + 1) * 4]
    header[4] = 40  # 4 GiB
    header[-4:] = crc32(bytes(header[:-4]))
    whole[12 : 12 + len(header)] = header
    decompressor, octets = expand(bytes(whole))

    assert b"" == octets
    assert ["Memory usage limit exceeded"] == [fault.got for fault in decompressor.faults]


def crc32(octets: bytes) -> bytes:
    return zlib.crc32(octets).to_bytes(4, "little")


@pytest.mark.parametrize("check", [lzma.CHECK_NONE, lzma.CHECK_CRC32, lzma.CHECK_CRC64, lzma.CHECK_SHA256])
def test_every_check(check: int) -> None:
    decompressor, octets = expand(lzma.compress(b"text", check=check))

    assert (b"text", ()) == (octets, decompressor.faults)
