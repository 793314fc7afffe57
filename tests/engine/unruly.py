"""Connections as nobody would wish for them: lost, repeated, swapped, cut and forged packets, in any mixture."""

import struct
from dataclasses import dataclass, field, replace
from ipaddress import ip_address
from random import Random
from typing import Any, Final

from tests.rules.packets import ACK, FIN, PSH, RST, SYN, icmp_error
from tests.rules.scene import Frame

PORTS: Final = (25, 25, 25, 587, 2526, 443, 53)
MODULUS: Final = 1 << 32
_TALK: Final = (
    (False, b"220 mx.example.net ESMTP\r\n"), (True, b"EHLO mta\r\n"), (False, b"250-mx\r\n250 SIZE\r\n"),
    (True, b"MAIL FROM:<a@example.org>\r\n"), (False, b"250 ok\r\n"), (True, b"RCPT TO:<b@example.net>\r\n"),
    (False, b"250 ok\r\n"), (True, b"DATA\r\n"), (False, b"354 go\r\n"), (True, b"x" * 700 + b"\r\n.\r\n"),
    (False, b"250 queued\r\n"), (True, b"QUIT\r\n"), (False, b"221 bye\r\n"),
)  # fmt: skip


@dataclass
class Segment:
    """A packet that can still be changed."""

    source: tuple[str, int]
    destination: tuple[str, int]
    seq: int
    ack: int
    flags: int
    payload: bytes = b""
    window: int = 64240
    ttl: int = 64
    ip_id: int = 1
    options: bytes = b""
    keep: int = 1 << 16
    """Octets that the capture keeps."""
    dont_fragment: bool = True
    shape: str = "plain"
    at: int = 0

    def octets(self) -> bytes:
        """Give the packet as a frame of raw IP."""
        words = 5 + len(self.options) // 4
        numbers = (self.seq % MODULUS, self.ack % MODULUS)
        header = struct.pack(
            "!HHIIBBHHH", self.source[1], self.destination[1], *numbers, words << 4, self.flags, self.window, 0, 0
        )
        body = header + self.options + self.payload
        one, other = ip_address(self.source[0]).packed, ip_address(self.destination[0]).packed
        if len(one) == 16:
            return struct.pack("!IHBB", 6 << 28, len(body), 6, self.ttl) + one + other + body
        pieces = 0x4000 if self.dont_fragment else 0
        if self.shape == "fragment":
            pieces = 0x2000
        fixed = struct.pack("!BBHHHBBH", 0x45, 0, 20 + len(body), self.ip_id & 0xFFFF, pieces, self.ttl, 6, 0)
        return fixed + one + other + body


@dataclass
class _Talk:
    """Two hosts that talk; every packet of theirs is in ``segments``."""

    rng: Random
    client: tuple[str, int]
    server: tuple[str, int]
    isns: tuple[int, int]
    segments: list[Segment] = field(default_factory=list)
    stamps: bool = False

    def __post_init__(self) -> None:
        self.next = [self.isns[1], self.isns[0]]
        self.heard = [0, 0]

    def send(self, from_client: bool, flags: int, payload: bytes = b"", **more: int) -> None:
        """Send a segment, and advance."""
        ends = (self.client, self.server) if from_client else (self.server, self.client)
        options = b"\1\1\x08\x0a" + struct.pack("!II", len(self.segments), 7) if self.stamps else b""
        if flags & SYN:
            options = b"\2\4" + struct.pack("!H", self.rng.choice((1460, 536))) + options
        ip_id = self.rng.choice((0, len(self.segments) + 1)) if self.rng.random() < 0.3 else len(self.segments) + 1
        self.segments.append(
            Segment(
                *ends, self.next[from_client], self.heard[from_client], flags, payload, options=options, ip_id=ip_id
            )
        )
        for name, value in more.items():
            setattr(self.segments[-1], name, value)
        self.next[from_client] += len(payload) + bool(flags & (SYN | FIN))

    def listen(self, from_client: bool, back: int = 0) -> None:
        """Let a side take note of what the other sent, but for the last octets."""
        self.heard[from_client] = self.next[not from_client] - back

    def run(self) -> list[Segment]:
        """Open, talk, close, some of it or all."""
        rng = self.rng
        if rng.random() < 0.9:
            self.send(True, SYN)
            if rng.random() < 0.1:
                self.send(False, SYN)
            self.listen(False)
            if rng.random() < 0.9:
                self.send(False, SYN | ACK)
                self.listen(True)
                self.send(True, ACK)
        else:
            self.listen(True)
            self.listen(False)
        for from_client, text in _TALK[: rng.choice((0, 3, 13, 13))]:
            self._say(from_client, text)
        if rng.random() < 0.7:
            self._close()
        return self.segments

    def _say(self, from_client: bool, text: bytes) -> None:
        size = self.rng.choice((len(text), len(text), 5, 200))
        for start in range(0, len(text), size):
            self.send(from_client, ACK | self.rng.choice((0, PSH)), text[start : start + size])
            if self.rng.random() < 0.4:
                self.listen(not from_client, self.rng.choice((0, 0, 0, 1, 3)))
                self.send(not from_client, ACK)
        self.listen(not from_client)

    def _close(self) -> None:
        first = self.rng.random() < 0.5
        self.send(first, FIN | ACK)
        self.listen(not first)
        if self.rng.random() < 0.3:
            self.send(not first, ACK)
        self.send(not first, FIN | ACK)
        self.listen(first)
        self.send(first, ACK)


def _spoilt(rng: Random, segments: list[Segment]) -> list[Segment]:
    """Change a packet here and there."""
    made = list(segments)
    for _ in range(rng.choice((0, 1, 1, 3, 8))):
        if made:
            place = rng.randrange(len(made))
            _spoil(rng, made, place, min(len(made), place + rng.choice((1, 1, 2, 5, 40))))
    return made


def _spoil(rng: Random, made: list[Segment], place: int, later: int) -> None:
    """Lose the packet at a place, send it later or again, send another one later, or change it."""
    one, other = made[place], made[place].ip_id + 500
    repeated: tuple[Segment, ...] = (
        replace(one, ttl=rng.choice((one.ttl, one.ttl - 1))),
        replace(one, ip_id=other),
        replace(one, flags=RST | rng.choice((0, ACK)), payload=b"", ip_id=other),
        replace(one, seq=one.seq - 1, payload=rng.choice((b"", b"z")), ip_id=other),
        replace(one, payload=one.payload + b"more", ip_id=other),
        replace(one, shape="error"),
    )
    block = b"\1\1\5\x0a" + struct.pack("!II", (one.ack + 10) % MODULUS, (one.ack + 20) % MODULUS)
    changed: tuple[dict[str, Any], ...] = (
        {"window": 0}, {"keep": 60}, {"ttl": rng.randrange(1, 255)}, {"dont_fragment": False}, {"shape": "fragment"},
        {"options": one.options + block}, {"options": b"\4\2\1\1" + one.options[: len(one.options) // 4 * 4]},
        {"flags": rng.choice((SYN, SYN | ACK, FIN | ACK, RST, ACK, PSH | ACK, SYN | RST, 0))},
        {"ack": one.ack + rng.choice((1, 1000, 1 << 31, -5))}, {"seq": one.seq + rng.choice((1, 100, 1 << 31, 1 << 27))},
    )  # fmt: skip
    match rng.randrange(5):
        case 0:
            del made[place]
        case 1:
            made.insert(later - 1, made.pop(place))
        case 2 | 3:
            made.insert(later, rng.choice(repeated))
        case _:
            made[place] = replace(one, **rng.choice(changed))


def _redirected(segments: list[Segment], server: tuple[str, int]) -> None:
    """Let the server's packets come from elsewhere."""
    for one in segments:
        if one.source == server:
            one.source = ("203.0.113.9", server[1])


def unruly(seed: int) -> list[Frame]:
    """Make the frames of a few connections, by turns."""
    rng = Random(seed)
    lanes: list[list[Segment]] = []
    shared = rng.randrange(MODULUS)
    for number in range(rng.randrange(1, 7)):
        network = ("192.0.2.", "198.51.100.") if rng.random() < 0.8 else ("2001:db8::", "2001:db8::25:")
        client = (f"{network[0]}{1 + number % 3}", 40000 + rng.choice((number, number % 2)))
        server = (f"{network[1]}{1 + rng.randrange(2)}", rng.choice(PORTS))
        isns = [rng.choice((rng.randrange(MODULUS), MODULUS - 20, shared, 0)) for _ in range(2)]
        talk = _Talk(rng, client, server, (isns[0], isns[1]), stamps=rng.random() < 0.4)
        lanes.append(_spoilt(rng, talk.run()))
        if rng.random() < 0.15 and ":" not in server[0]:
            _redirected(lanes[-1], server)
        if rng.random() < 0.3:
            again = _Talk(rng, client, server, (isns[0] + rng.choice((0, 90_000)), 5), stamps=talk.stamps)
            lanes[-1] += _spoilt(rng, again.run())
    return _frames(rng, lanes)


def _frames(rng: Random, lanes: list[list[Segment]]) -> list[Frame]:
    now, frames = 1_700_000_000_000_000_000, list[Frame]()
    burst = rng.choice((1, 3, 30))
    while lanes:
        lane = rng.choice(lanes)
        for one in lane[: rng.randrange(1, burst + 1)]:
            now += rng.choice((0, 1000, 1_000_000, 1_000_000, 20_000_000, 900_000_000, -5_000_000))
            octets = one.octets()
            if one.shape == "error":
                octets = icmp_error("203.0.113.1", octets, *((1, 4) if octets[0] >> 4 == 6 else (3, 13)))
            frames.append(Frame(now, octets[: one.keep], len(octets)))
            lane.remove(one)
        if not lane:
            lanes.remove(lane)
    return frames
