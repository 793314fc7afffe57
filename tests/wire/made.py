"""Frames made by hand, for what no encoder would write, and the shortest way to decode one."""

import struct
from ipaddress import ip_address

from wiretruth.model.packet import Packet, Unread
from wiretruth.wire import decode

ETHERNET, RAW = 1, 101
CLIENT, SERVER = "192.0.2.1", "198.51.100.2"
CLIENT6, SERVER6 = "2001:db8::1", "2001:db8::25"
MACS = bytes.fromhex("02005e00530102005e005302")


def decoded(frame: bytes, link_type: int = RAW, original: int | None = None) -> Packet | Unread:
    """Decode a frame as the seventh of its input."""
    size = len(frame) if original is None else original
    return decode(frame, link_type, vantage_of=lambda index: f"tap#{index}", number=7, at=1_000, original=size)


def packet(frame: bytes, link_type: int = RAW, original: int | None = None) -> Packet:
    """Decode a frame that holds an IP packet."""
    found = decoded(frame, link_type, original)
    assert isinstance(found, Packet), found
    return found


def places(found: Packet | Unread) -> list[str]:
    """Where the faults are."""
    return [fault.where for fault in found.faults]


def ipv4(
    payload: bytes = b"",
    protocol: int = 17,
    *,
    length: int | None = None,
    pieces: int = 0,
    options: bytes = b"",
    first: int | None = None,
) -> bytes:
    """Put an IPv4 header before *payload*; *pieces* are the flags and the fragment offset."""
    header = 20 + len(options)
    lead = 0x40 | header // 4 if first is None else first
    total = header + len(payload) if length is None else length
    fixed = struct.pack("!BBHHHBBH", lead, 0, total, 0x1234, pieces, 63, protocol, 0xBEEF)
    return fixed + ip_address(CLIENT).packed + ip_address(SERVER).packed + options + payload


def ipv6(payload: bytes = b"", next_header: int = 17, *, length: int | None = None) -> bytes:
    """Put an IPv6 header before *payload*."""
    size = len(payload) if length is None else length
    fixed = struct.pack("!IHBB", 6 << 28, size, next_header, 61)
    return fixed + ip_address(CLIENT6).packed + ip_address(SERVER6).packed + payload


def tcp(payload: bytes = b"", options: bytes = b"", *, offset: int | None = None, flags: int = 0x18) -> bytes:
    """Put a TCP header before *payload*; *offset* is the data offset in words."""
    words = 5 + len(options) // 4 if offset is None else offset
    return struct.pack("!HHIIBBHHH", 40000, 25, 1000, 2000, words << 4, flags, 502, 0xBEEF, 0) + options + payload


def udp(payload: bytes = b"", *, length: int | None = None) -> bytes:
    """Put a UDP header before *payload*."""
    return struct.pack("!HHHH", 40000, 53, 8 + len(payload) if length is None else length, 0xBEEF) + payload


def icmp(kind: int, code: int, word: int = 0, quotation: bytes = b"") -> bytes:
    """Put the eight octets of an ICMP or ICMPv6 header before *quotation*."""
    return struct.pack("!BBHI", kind, code, 0xBEEF, word) + quotation
