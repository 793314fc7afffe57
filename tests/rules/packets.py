"""Packets made by hand: IPv4 and IPv6, TCP, UDP and ICMP errors, as octets of a raw IP capture."""

import struct
from ipaddress import ip_address
from typing import Final

FIN, SYN, RST, PSH, ACK = 0x01, 0x02, 0x04, 0x08, 0x10
TCP, UDP, ICMP, ICMPV6 = 6, 17, 1, 58

_DONT_FRAGMENT: Final = 0x4000


def ip(source: str, destination: str, protocol: int, payload: bytes, ttl: int = 64, ip_id: int = 0) -> bytes:
    """Put an IP header of the right version before *payload*; IPv4 with don't-fragment."""
    one, other = ip_address(source), ip_address(destination)
    if one.version == 6:
        fixed = struct.pack("!IHBB", 6 << 28, len(payload), protocol, ttl)
        return fixed + one.packed + other.packed + payload
    fixed = struct.pack("!BBHHHBBH", 0x45, 0, 20 + len(payload), ip_id, _DONT_FRAGMENT, ttl, protocol, 0)
    return fixed + one.packed + other.packed + payload


def tcp(
    ports: tuple[int, int],
    numbers: tuple[int, int],
    flags: int,
    payload: bytes = b"",
    *,
    window: int = 64240,
    mss: int | None = None,
) -> bytes:
    """Put a TCP header before *payload*; *ports* and *numbers* are (source, destination) and (seq, ack)."""
    options = struct.pack("!BBH", 2, 4, mss) if mss else b""
    words = 5 + len(options) // 4
    seq, ack = (n % (1 << 32) for n in numbers)
    return struct.pack("!HHIIBBHHH", *ports, seq, ack, words << 4, flags, window, 0, 0) + options + payload


def udp(ports: tuple[int, int], payload: bytes) -> bytes:
    """Put a UDP header before *payload*; *ports* are (source, destination)."""
    return struct.pack("!HHHH", *ports, 8 + len(payload), 0) + payload


def icmp_error(sender: str, quoted: bytes, kind: int, code: int, *, mtu: int = 0, ttl: int = 60) -> bytes:
    """Make an ICMP or ICMPv6 error about *quoted*, a whole IP packet, to whoever sent it."""
    version6 = quoted[0] >> 4 == 6
    source = quoted[8:24] if version6 else quoted[12:16]
    word = struct.pack("!I", mtu) if version6 else struct.pack("!HH", 0, mtu)
    body = struct.pack("!BBH", kind, code, 0) + word + quoted[: 1200 if version6 else 28 + 20]
    return ip(sender, str(ip_address(source)), ICMPV6 if version6 else ICMP, body, ttl)
