"""Captures made by hand, for the tests of the command line."""

import struct
from pathlib import Path

START = 1_795_199_383
"""2026-11-20 18:29:43 UTC."""


def udp(payload: bytes = b"\0" * 12) -> bytes:
    """Make a frame from 192.0.2.1 to 192.0.2.2 that is neither mail nor DNS."""
    datagram = struct.pack("!4H", 40_000, 40_001, 8 + len(payload), 0) + payload
    header = struct.pack(
        "!BBHHHBBH4s4s", 0x45, 0, 20 + len(datagram), 1, 0, 64, 17, 0, bytes([192, 0, 2, 1]), bytes([192, 0, 2, 2])
    )
    return b"\2\0\0\0\0\1" + b"\2\0\0\0\0\2" + b"\x08\x00" + header + datagram


def pcap(frames: int = 3, start: int = START) -> bytes:
    """Make a capture with one frame a second."""
    head = struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 262_144, 1)
    frame = udp()
    return head + b"".join(struct.pack("<4I", start + i, 0, len(frame), len(frame)) + frame for i in range(frames))


def write(path: Path, frames: int = 3, start: int = START) -> str:
    """Write a capture and give its path as a user would."""
    path.write_bytes(pcap(frames, start))
    return str(path)
