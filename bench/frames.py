"""Frames made by hand: Ethernet, perhaps a VLAN tag, IPv4 or IPv6, and what UDP and TCP put inside.

Checksums of UDP and TCP are left zero, as a capture on the sending host shows them before the card fills them in.
"""

import random
import struct
from collections.abc import Iterator
from typing import Final, NamedTuple

Frames = Iterator[bytes]

SYN, FIN, ACK, PUSH = 0x02, 0x01, 0x10, 0x08
TCP, UDP = 6, 17

_MACS: Final = bytes.fromhex("020000000002020000000001")
_IPV4: Final = struct.Struct(">BBHHHBBH4s4s")
_IPV6: Final = struct.Struct(">IHBB16s16s")
_UDP: Final = struct.Struct(">HHHH")
_TCP: Final = struct.Struct(">HHIIBBHHHIII")
_SYN_OPTIONS: Final = struct.Struct(">BBHBBBBIIBBBB")
_NOP_NOP_TIMESTAMPS: Final = 0x0101080A
_WORDS: Final = struct.Struct(">10H")


class Ends(NamedTuple):
    """The two hosts of a conversation, and the VLAN that they are seen in."""

    client: bytes
    """4 or 16 octets."""
    server: bytes
    vlan: int = 0
    """0: no tag."""

    def turned(self) -> "Ends":
        """Give the same, seen from the server."""
        return Ends(self.server, self.client, self.vlan)


class Sender:
    """One side of a conversation: puts IP and Ethernet in front of what it sends."""

    __slots__ = ("_destination", "_identification", "_link", "_protocol", "_source", "_sum", "packet")

    def __init__(self, ends: Ends, protocol: int, identification: int) -> None:
        self._source, self._destination, vlan = ends
        self._protocol = protocol
        self._identification = identification
        wide = len(self._source) > len("IPv4")
        tag = b"\x81\x00" + vlan.to_bytes(2, "big") if vlan else b""
        self._link = _MACS + tag + (b"\x86\xdd" if wide else b"\x08\x00")
        self.packet = self._ipv6 if wide else self._ipv4
        if not wide:
            bare = _IPV4.pack(0x45, 0, 0, 0, 0x4000, 64, protocol, 0, self._source, self._destination)
            self._sum = sum(_WORDS.unpack(bare))

    def _ipv4(self, payload: bytes) -> bytes:
        length = 20 + len(payload)
        identification = self._identification = (self._identification + 1) & 0xFFFF
        total = self._sum + length + identification
        total = (total & 0xFFFF) + (total >> 16)
        checksum = ~((total & 0xFFFF) + (total >> 16)) & 0xFFFF
        header = _IPV4.pack(
            0x45, 0, length, identification, 0x4000, 64, self._protocol, checksum, self._source, self._destination
        )
        return self._link + header + payload

    def _ipv6(self, payload: bytes) -> bytes:
        header = _IPV6.pack(0x60000000, len(payload), self._protocol, 64, self._source, self._destination)
        return self._link + header + payload


class Exchange:
    """UDP between two ports."""

    def __init__(self, ends: Ends, ports: tuple[int, int], rng: random.Random) -> None:
        self._query = Sender(ends, UDP, rng.getrandbits(16))
        self._response = Sender(ends.turned(), UDP, rng.getrandbits(16))
        self._ports = ports

    def query(self, message: bytes) -> bytes:
        """Make the datagram of the client."""
        client, server = self._ports
        return self._query.packet(_UDP.pack(client, server, 8 + len(message), 0) + message)

    def response(self, message: bytes) -> bytes:
        """Make the datagram of the server."""
        client, server = self._ports
        return self._response.packet(_UDP.pack(server, client, 8 + len(message), 0) + message)


class Side:
    """One side of a TCP connection."""

    __slots__ = ("next", "ports", "sender")

    def __init__(self, sender: Sender, ports: tuple[int, int], initial: int) -> None:
        self.sender = sender
        self.ports = ports
        self.next = initial


class Connection:
    """A TCP connection that makes its own segments; nothing of it is ever lost."""

    __slots__ = ("_clock", "client", "server")

    def __init__(self, ends: Ends, ports: tuple[int, int], rng: random.Random) -> None:
        self.client = Side(Sender(ends, TCP, rng.getrandbits(16)), ports, rng.getrandbits(32))
        self.server = Side(Sender(ends.turned(), TCP, rng.getrandbits(16)), ports[::-1], rng.getrandbits(32))
        self._clock = rng.getrandbits(31)

    def says(self, text: bytes, flags: int = ACK | PUSH) -> bytes:
        """Make the client's next segment."""
        return self._segment(self.client, self.server, flags, text)

    def hears(self, text: bytes, flags: int = ACK | PUSH) -> bytes:
        """Make the server's next segment."""
        return self._segment(self.server, self.client, flags, text)

    def opening(self) -> Frames:
        """Make the three segments of the handshake."""
        yield self._synchronise(self.client, 0, SYN)
        yield self._synchronise(self.server, self.client.next, SYN | ACK)
        yield self.says(b"", ACK)

    def closing(self) -> Frames:
        """Close both sides, the client first."""
        yield self.says(b"", FIN | ACK)
        self.client.next = (self.client.next + 1) & 0xFFFFFFFF
        yield self.hears(b"", FIN | ACK)
        self.server.next = (self.server.next + 1) & 0xFFFFFFFF
        yield self.says(b"", ACK)

    def _synchronise(self, side: Side, acknowledged: int, flags: int) -> bytes:
        options = _SYN_OPTIONS.pack(2, 4, 1460, 4, 2, 8, 10, self._clock, 0, 1, 3, 3, 7)
        header = _TCP.pack(*side.ports, side.next, acknowledged, 0xA0, flags, 64240, 0, 0, 0, 0, 0)[:20]
        side.next = (side.next + 1) & 0xFFFFFFFF
        return side.sender.packet(header + options)

    def _segment(self, side: Side, other: Side, flags: int, text: bytes) -> bytes:
        self._clock = clock = (self._clock + 1) & 0xFFFFFFFF
        source, destination = side.ports
        header = _TCP.pack(
            source, destination, side.next, other.next, 0x80, flags, 502, 0, 0, _NOP_NOP_TIMESTAMPS, clock, clock
        )
        side.next = (side.next + len(text)) & 0xFFFFFFFF
        return side.sender.packet(header + text)
