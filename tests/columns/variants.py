"""One conversation behind every link header that the columns read."""

import random
import struct
from collections.abc import Callable
from typing import Final

from bench.workloads import gateway, interleaved
from tests.columns.lanes import ETHERNET, LOOP, NULL, RAW, SLL, SLL2

IPV4, IPV6 = 0x0800, 0x86DD


def packets(count: int = 3000, *, version: int = 4) -> list[bytes]:
    """IP packets of a gateway: mail, DNS, downloads."""
    found = [frame[14:] for frame in interleaved(gateway, count) if frame[12:14] == b"\x08\x00"]
    return found if version == 4 else [as_ipv6(packet) for packet in found]


def as_ipv6(packet: bytes) -> bytes:
    """Give an IPv4 packet without options an IPv6 header instead."""
    head = struct.pack("!IHBB", 6 << 28, len(packet) - 20, packet[9], packet[8])
    prefix = bytes.fromhex("20010db8") + bytes(8)
    return head + prefix + packet[12:16] + prefix + packet[16:20] + packet[20:]


def _ethertype(packet: bytes) -> bytes:
    return struct.pack("!H", IPV4 if packet[0] >> 4 == 4 else IPV6)


MACS: Final = bytes.fromhex("02005e00530102005e005302")
LINKS: Final[dict[str, tuple[int, Callable[[bytes, int], bytes]]]] = {
    "Ethernet": (ETHERNET, lambda p, _: MACS + _ethertype(p) + p),
    "VLAN": (ETHERNET, lambda p, _: MACS + b"\x81\x00\x00\x05" + _ethertype(p) + p),
    "QinQ": (ETHERNET, lambda p, _: MACS + b"\x88\xa8\x00\x05\x81\x00\x00\x06" + _ethertype(p) + p),
    "SLL": (SLL, lambda p, n: struct.pack("!HHH8x", n % 6, 1, 6) + _ethertype(p) + p),
    "SLL2": (SLL2, lambda p, n: _ethertype(p) + struct.pack("!HIHBB8x", 0, n % 3, 1, n % 6, 6) + p),
    "RAW": (RAW, lambda p, _: p),
    "NULL": (NULL, lambda p, n: struct.pack("<>"[n % 2] + "I", 2 if p[0] >> 4 == 4 else 30) + p),
    "LOOP": (LOOP, lambda p, _: struct.pack("!I", 2 if p[0] >> 4 == 4 else 24) + p),
}
"""Link type, and what puts its header before a packet; the number of the packet varies what may vary."""


def frames(link: str, count: int = 3000, *, version: int = 4) -> tuple[int, list[bytes]]:
    """Give the link type and frames of a gateway behind that link header."""
    link_type, wrap = LINKS[link]
    return link_type, [wrap(packet, n) for n, packet in enumerate(packets(count, version=version))]


def damaged(frame: bytes, rng: random.Random) -> bytes:
    """Change a few octets of the headers, or cut the frame."""
    octets = bytearray(frame)
    for _ in range(rng.randrange(3)):
        if octets:
            octets[rng.randrange(min(len(octets), 80))] = rng.choice(
                (0, 1, 4, 5, 8, 0x45, 0x4F, 0xFF, rng.randrange(256))
            )
    return bytes(octets[: rng.randrange(len(octets) + 1)]) if rng.random() < 0.3 else bytes(octets)
