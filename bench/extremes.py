"""Captures of what is rare and must not hurt: many connections at once, a flood, one connection without end."""

import random
from typing import Final

from bench.conversations import delivery, farewell, greeting, message
from bench.frames import Connection, Ends, Frames
from bench.workloads import SEED

_SERVER: Final = bytes((198, 51, 100, 25))
_DOMAIN: Final = "busy.example"


def _client(number: int) -> bytes:
    return (0x0A000001 + number % 0xFFFF00).to_bytes(4, "big")


def open_at_once(connections: int) -> Frames:
    """SMTP connections that are all opened before the first of them is used, and all used before the first is closed."""
    rng = random.Random(SEED)

    def session(number: int) -> Frames:
        talk = Connection(Ends(_client(number), _SERVER), (40_000, 25), rng)
        yield from greeting(talk, number, _DOMAIN)
        yield from farewell(talk)

    for row in zip(*(session(number) for number in range(connections)), strict=True):
        yield from row


def syn_flood(segments: int) -> Frames:
    """SYNs to one mail server, each from an address and a port of its own; none is answered."""
    rng = random.Random(SEED)
    for _ in range(segments):
        ends = Ends(_client(rng.getrandbits(24)), _SERVER)
        yield next(Connection(ends, (rng.randrange(1024, 65536), 25), rng).opening())


def one_connection(octets: int) -> Frames:
    """A single delivery whose message has that many octets."""
    talk = Connection(Ends(_client(4), _SERVER), (40_000, 25), random.Random(SEED))
    return delivery(talk, 0, _DOMAIN, message(octets))
