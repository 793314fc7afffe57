"""Few hosts with few ports and few ids, so that messages of DNS meet in every way there is."""

import struct
from random import Random

from tests.protocols.dns.forge import header, question, record
from tests.rules.scene import Frame
from wiretruth.model.frames import NANOSECONDS

START = 1_700_000_000 * NANOSECONDS
SLL2 = 276
_NAMES = ("example.net", "mail.example.net", "Example.NET", "a.very.long.name.of.many.labels.example.org", "")
_TYPES = (1, 15, 28, 255)
_OPT = b"\0" + struct.pack(">HHIH", 41, 1232, 0, 0)
_STEPS = (0, 0, 1, 7000, 400_000, 5_000_000, 300_000_000, 900_000_000, NANOSECONDS)
_LONG = (2 * NANOSECONDS, 29 * NANOSECONDS, 58 * NANOSECONDS, 60 * NANOSECONDS, 61 * NANOSECONDS, 130 * NANOSECONDS)


_Asked = tuple[bool, int, int, int, bytes]
"""IPv6, client, port, resolver, query."""


def frames(random: Random, count: int, *, tidy: float = 0.8, ids: int = 3, back: float = 0.0) -> list[Frame]:
    """Make frames of Linux's cooked link type, version 2; two interfaces.

    Args:
        random: decides everything.
        count: how many.
        tidy: share of the messages that are ordinary.
        ids: how many there are.
        back: share of the frames before which the clock went back.
    """
    at = START
    made: list[Frame] = []
    asked: list[_Asked] = []
    for _ in range(count):
        at += random.choice(_STEPS if random.random() < 0.98 else _LONG)
        if random.random() < back:
            astray = at + random.choice((0, 100 * NANOSECONDS, -100 * NANOSECONDS))
            other = _datagram(six=False, source=1, source_port=9, destination=2, port=9, octets=b"x" * 20)
            made.append(Frame(astray, _linked(other, 1), 20 + len(other)))
        if random.random() < back:
            at -= random.choice((1000, 500_000_000, 3 * NANOSECONDS, 65 * NANOSECONDS))
        packet = _next(random, asked, random.random() < tidy, ids)
        made.append(Frame(at, _linked(packet, random.choice((1, 1, 1, 2))), 20 + len(packet)))
    return made


def _next(random: Random, asked: list[_Asked], tidy: bool, ids: int) -> bytes:
    draw = random.random()
    if draw < 0.5 or not asked:
        flags = 0x0100 if tidy else random.choice((0x0000, 0x0100, 0x0900, 0x2900, 0x0300))
        asks = header(flags, (1, 0, 0, random.choice((0, 0, 1))), random.randrange(ids))
        asks += question(random.choice(_NAMES), random.choice(_TYPES)) + random.choice((b"", _OPT))
        one = (random.random() < 0.2, random.randrange(2), 40_000 + random.randrange(2), random.randrange(2), asks)
        asked.append(one)
        del asked[:-12]
        return _query(*one)
    one = asked.pop(random.randrange(len(asked))) if tidy else random.choice(asked)
    if not tidy and random.random() < 0.3:
        return _query(*one)
    if not tidy and random.random() < 0.3:
        return _rejected(random, one)
    return _response(random, one, tidy)


def _query(six: bool, client: int, port: int, resolver: int, octets: bytes) -> bytes:
    return _datagram(six, client, port, 100 + resolver, 53, octets)


def _response(random: Random, one: _Asked, tidy: bool) -> bytes:
    six, client, port, resolver, octets = one
    end = octets.index(b"\0", 12) + 5
    data = bytes((192, 0, 2, random.randrange(2)))
    records = [record(b"\xc0\x0c", 1, data) for _ in range(random.randrange(3))]
    flags = 0x8180 | random.choice((0, 0, 0, 2, 3, 5))
    if not tidy:
        resolver = random.choice((resolver, 0, 1))
        flags = random.choice((flags, flags | 0x0200))
        records += random.choice(([], [b"\xc0\x0c\0"], [record(b"\xc0\x0c", 1, b"xyz")]))
    asks = octets[12:end].swapcase() if not tidy and random.random() < 0.1 else octets[12:end]
    answer = octets[:2] + header(flags, (1, len(records), 0, 0))[2:] + asks + b"".join(records)
    if not tidy and random.random() < 0.2:
        answer = octets[:2] + header(0x8185, (0, 0, 0, 0))[2:]
    return _datagram(six, 100 + resolver, 53, client, port, answer)


def _rejected(random: Random, one: _Asked) -> bytes:
    six, client, port, resolver, octets = one
    if six:
        return _query(*one)
    quoted = _query(*one)[: random.choice((28, 29, 30, 60))]
    error = struct.pack(">BBHI", 3, 3, 0, 0) + quoted
    del octets, port
    return _ipv4(1, 100 + resolver, client, error)


def _datagram(six: bool, source: int, source_port: int, destination: int, port: int, octets: bytes) -> bytes:
    udp = struct.pack(">HHHH", source_port, port, 8 + len(octets), 0) + octets
    if not six:
        return _ipv4(17, source, destination, udp)
    ends = b"".join(bytes.fromhex("20010db8") + bytes(11) + bytes((host,)) for host in (source, destination))
    return struct.pack(">IHBB", 6 << 28, len(udp), 17, 64) + ends + udp


def _ipv4(protocol: int, source: int, destination: int, payload: bytes) -> bytes:
    ends = bytes((192, 0, 2, source, 192, 0, 2, destination))
    return struct.pack(">BBHHHBBH", 0x45, 0, 20 + len(payload), 0, 0, 64, protocol, 0) + ends + payload


def _linked(packet: bytes, interface: int) -> bytes:
    ethertype = 0x86DD if packet[0] >> 4 == 6 else 0x0800
    return struct.pack(">HHIHBB8x", ethertype, 0, interface, 1, 0, 6) + packet
