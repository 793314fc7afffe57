"""Frames as blocks of a pcapng file: octets, and nothing of files.

Source: draft-ietf-opsawg-pcapng.
"""

import struct
from collections.abc import Iterable, Mapping
from typing import Final

from wiretruth.model.frames import FrameBatch, Interface

_BLOCK: Final = struct.Struct("<II")
_PACKET: Final = struct.Struct("<7I")
_SECTION, _INTERFACE, _STATISTICS, _ENHANCED = 0x0A0D0D0A, 1, 5, 6
_COMMENT, _IF_NAME, _IF_TSRESOL, _NANOSECONDS, _ISB_IFDROP = 1, 2, 9, 9, 5
_LEAST: Final = 32
"""Octets of a packet block beside its packet."""

MAX_COMMENT: Final = 4096
"""Octets kept of a comment: Wireshark shows one line of it, and an option has room for 65,535."""


def header(interfaces: Iterable[Interface]) -> bytes:
    """Begin a file: its section, and the interfaces known so far."""
    body = struct.pack("<IHHq", 0x1A2B3C4D, 1, 0, -1)
    return _block(_SECTION, body) + b"".join(map(interface, interfaces))


def interface(described: Interface) -> bytes:
    """Describe one interface; times are in nanoseconds."""
    name = b"" if described.name is None else _option(_IF_NAME, described.name.encode())
    options = name + _option(_IF_TSRESOL, bytes([_NANOSECONDS])) + bytes(4)
    return _block(_INTERFACE, struct.pack("<HHI", described.link_type, 0, described.snap_length) + options)


def dropped(interface: int, at: int, frames: int) -> bytes:
    """Say how many frames the capturing host had lost on an interface by then, *at* in nanoseconds since the Unix epoch."""
    body = struct.pack("<III", interface, at >> 32, at & 0xFFFFFFFF)
    return _block(_STATISTICS, body + _option(_ISB_IFDROP, frames.to_bytes(8, "little")) + bytes(4))


def packets(batch: FrameBatch, comments: Mapping[int, str] = {}) -> bytes:
    """Write the frames of a batch, one block each.

    Args:
        batch: the frames.
        comments: what to say of a frame, by its number; Wireshark shows it beside the packet.
    """
    pieces: list[bytes | memoryview] = []
    buffer = memoryview(batch.buffer)
    pack = _PACKET.pack
    rows = zip(batch.offsets, batch.captured, batch.original, batch.times, batch.interface, strict=True)
    for row, (offset, captured, original, at, number) in enumerate(rows, batch.first_number):
        padding = -captured % 4
        options = _comment(comments[row]) if row in comments else b""
        length = _LEAST + captured + padding + len(options)
        pieces += (
            pack(_ENHANCED, length, number, at >> 32, at & 0xFFFFFFFF, captured, original),
            buffer[offset : offset + captured],
            bytes(padding) + options + length.to_bytes(4, "little"),
        )
    return b"".join(pieces)


def _comment(text: str) -> bytes:
    return _option(_COMMENT, text.encode()[:MAX_COMMENT]) + bytes(4)


def _block(kind: int, body: bytes) -> bytes:
    length = 12 + len(body)
    return _BLOCK.pack(kind, length) + body + length.to_bytes(4, "little")


def _option(code: int, value: bytes) -> bytes:
    return struct.pack("<HH", code, len(value)) + value + bytes(-len(value) % 4)
