"""Frames as blocks of a pcapng file: octets, and nothing of files.

Source: draft-ietf-opsawg-pcapng.
"""

import struct
from collections.abc import Iterable
from typing import Final

from wiretruth.model.frames import FrameBatch, Interface

_BLOCK: Final = struct.Struct("<II")
_PACKET: Final = struct.Struct("<7I")
_SECTION, _INTERFACE, _ENHANCED = 0x0A0D0D0A, 1, 6
_IF_NAME, _IF_TSRESOL, _NANOSECONDS = 2, 9, 9
_LEAST: Final = 32
"""Octets of a packet block beside its packet."""


def header(interfaces: Iterable[Interface]) -> bytes:
    """Begin a file: its section, and the interfaces known so far."""
    body = struct.pack("<IHHq", 0x1A2B3C4D, 1, 0, -1)
    return _block(_SECTION, body) + b"".join(map(interface, interfaces))


def interface(described: Interface) -> bytes:
    """Describe one interface; times are in nanoseconds."""
    options = (
        _option(_IF_NAME, (described.name or "").encode()) + _option(_IF_TSRESOL, bytes([_NANOSECONDS])) + bytes(4)
    )
    return _block(_INTERFACE, struct.pack("<HHI", described.link_type, 0, described.snap_length) + options)


def packets(batch: FrameBatch) -> bytes:
    """Write the frames of a batch, one block each."""
    pieces: list[bytes | memoryview] = []
    buffer = memoryview(batch.buffer)
    pack = _PACKET.pack
    rows = zip(batch.offsets, batch.captured, batch.original, batch.times, batch.interface, strict=True)
    for offset, captured, original, at, number in rows:
        padding = -captured % 4
        length = _LEAST + captured + padding
        pieces += (
            pack(_ENHANCED, length, number, at >> 32, at & 0xFFFFFFFF, captured, original),
            buffer[offset : offset + captured],
            bytes(padding) + length.to_bytes(4, "little"),
        )
    return b"".join(pieces)


def _block(kind: int, body: bytes) -> bytes:
    length = 12 + len(body)
    return _BLOCK.pack(kind, length) + body + length.to_bytes(4, "little")


def _option(code: int, value: bytes) -> bytes:
    return struct.pack("<HH", code, len(value)) + value + bytes(-len(value) % 4)
