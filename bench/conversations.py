"""What is said in the workloads: a delivery with its lookups, a question to a resolver, a download."""

import random
import struct
from typing import Final

from bench.frames import ACK, Connection, Ends, Exchange, Frames

MSS: Final = 1448
"""Octets of a full segment with timestamps on Ethernet."""
A, MX, AAAA, CNAME = 1, 15, 28, 5
NXDOMAIN: Final = 3

RESOLVER: Final = bytes((10, 0, 0, 53))
_RESOLVER6: Final = bytes.fromhex("20010db8000000530000000000000053")
_HEADER: Final = struct.Struct(">HHHHHH")
_RECORD: Final = struct.Struct(">HHHIH")
_TO_QUESTION: Final = 0xC00C
_LINE: Final = b"Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do eiusmod\r\n"
_TEXT: Final = _LINE * (600_000 // len(_LINE) + 1)
_SECRET: Final = random.Random(443).randbytes(MSS)
_RECORDS: Final = [b"\x17\x03\x03" + (size - 5).to_bytes(2, "big") + _SECRET[5:size] for size in range(400, MSS)]
"""TLS records of application data, each one segment."""


def _port(number: int) -> int:
    """Give a client's port: no two conversations under way share one with the same hosts."""
    return 20_000 + number % 40_000


def _ends(number: int, client: bytes, server: bytes, server6: bytes) -> Ends:
    """Every eighth conversation is IPv6, every sixteenth in a VLAN."""
    vlan = 100 if number % 16 == 5 else 0  # noqa: PLR2004 - any one of sixteen
    if number % 8 == 3:  # noqa: PLR2004 - any one of eight
        return Ends(bytes.fromhex("20010db80001") + number.to_bytes(10, "big"), server6, vlan)
    return Ends(client, server, vlan)


def labels(name: str) -> bytes:
    """Give a name as DNS sends it, without compression."""
    return b"".join(bytes((len(label),)) + label.encode() for label in name.split(".")) + b"\0"


def record(record_type: int, data: bytes, owner: int = _TO_QUESTION) -> bytes:
    """Give a resource record whose owner is a pointer: to the question, if not told otherwise."""
    return _RECORD.pack(owner, record_type, 1, 300, len(data)) + data


def lookup(talk: Exchange, name: str, record_type: int, answers: list[bytes], rng: random.Random) -> Frames:
    """A query and its response; no answers means NXDOMAIN."""
    asked = labels(name) + struct.pack(">HH", record_type, 1)
    identity = rng.getrandbits(16)
    yield talk.query(_HEADER.pack(identity, 0x0100, 1, 0, 0, 0) + asked)
    flags = 0x8180 | (0 if answers else NXDOMAIN)
    yield talk.response(_HEADER.pack(identity, flags, 1, len(answers), 0, 0) + asked + b"".join(answers))


def question(number: int, rng: random.Random) -> Frames:
    """What a resolver sees: Zipf-like names, most of them asked for again and again; one in fifty is left unanswered."""
    client = bytes((10, number % 200, number % 11, number % 250 + 1))
    talk = Exchange(_ends(number, client, RESOLVER, _RESOLVER6), (_port(number), 53), rng)
    asked = lookup(talk, _popular(number, rng), *_answers(rng, rng.choice((A, A, AAAA, MX))), rng)
    if rng.random() < 0.02:  # noqa: PLR2004 - one in fifty
        yield next(asked)
        return
    yield from asked


def both_addresses(number: int, rng: random.Random) -> Frames:
    """What a stub resolver sends: the questions for A and AAAA from one port."""
    client = bytes((10, number % 200, number % 11, number % 250 + 1))
    talk = Exchange(_ends(number, client, RESOLVER, _RESOLVER6), (_port(number), 53), rng)
    name = _popular(number, rng)
    for record_type in (A, AAAA):
        yield from lookup(talk, name, *_answers(rng, record_type), rng)


def _popular(number: int, rng: random.Random) -> str:
    return f"host{int(rng.paretovariate(0.8)) % 50_000}.site{number % 97}.example"


def _answers(rng: random.Random, record_type: int) -> tuple[int, list[bytes]]:
    """Give the type, and one to three records, now and then behind an alias; one answer in twenty is NXDOMAIN."""
    draw = rng.randrange(20)
    if draw == 0:
        return record_type, []
    if record_type == MX:
        return MX, [record(MX, b"\x00\x0a\x04mail\xc0\x0c")]
    addresses = [
        bytes((192, 0, 2, draw + more))
        if record_type == A
        else bytes.fromhex("20010db8") + bytes((*[0] * 11, draw + more))
        for more in range(draw % 3 + 1)
    ]
    return record_type, [record(record_type, address) for address in addresses]


def mail(number: int, rng: random.Random) -> Frames:
    """A delivery: its lookups, the dialogue, a message of 2 to 60 kB, one in a hundred of 600 kB."""
    site = number % 5000
    server6 = bytes.fromhex("20010db80025") + site.to_bytes(10, "big")
    ends = _ends(number, bytes((10, number % 7, 0, 5)), bytes((198, 51, 100, site % 250 + 1)), server6)
    domain = f"d{site}.example"
    resolver = ends._replace(server=RESOLVER if len(ends.client) == len(RESOLVER) else _RESOLVER6)
    address_type = A if resolver.server == RESOLVER else AAAA
    for name, record_type, data in (
        (domain, MX, b"\x00\x0a\x02mx\xc0\x0c"),
        (f"mx.{domain}", address_type, ends.server),
    ):
        talk = Exchange(resolver, (rng.randrange(20_000, 60_000), 53), rng)
        yield from lookup(talk, name, record_type, [record(record_type, data)], rng)
    size = 600_000 if number % 100 == 77 else rng.randrange(2_000, 60_000)  # noqa: PLR2004 - any one of a hundred
    yield from delivery(Connection(ends, (_port(number), 25), rng), number, domain, message(size))


def greeting(talk: Connection, number: int, domain: str) -> Frames:
    """The dialogue as far as the reply to EHLO."""
    yield from talk.opening()
    yield talk.hears(f"220 mx.{domain} ESMTP\r\n".encode())
    yield talk.says(f"EHLO mta{number % 7}.corp.example\r\n".encode())
    yield talk.hears(f"250-mx.{domain}\r\n250-PIPELINING\r\n250 SIZE 40000000\r\n".encode())


def farewell(talk: Connection) -> Frames:
    """QUIT and the end of the connection."""
    yield talk.says(b"QUIT\r\n")
    yield talk.hears(b"221 2.0.0 Bye\r\n")
    yield from talk.closing()


def delivery(talk: Connection, number: int, domain: str, segments: Frames) -> Frames:
    """One mail transaction, acknowledged at every second segment of the message."""
    yield from greeting(talk, number, domain)
    for command, reply in (
        (f"MAIL FROM:<a{number}@corp.example>", "250 2.1.0 Ok"),
        (f"RCPT TO:<b{number}@{domain}>", "250 2.1.5 Ok"),
        ("DATA", "354 End data with <CR><LF>.<CR><LF>"),
    ):
        yield talk.says(f"{command}\r\n".encode())
        yield talk.hears(f"{reply}\r\n".encode())
    for place, segment in enumerate(segments):
        yield talk.says(segment, ACK)
        if place % 2:
            yield talk.hears(b"", ACK)
    yield talk.says(b"\r\n.\r\n")
    yield talk.hears(f"250 2.0.0 Ok: queued as {number:X}\r\n".encode())
    yield from farewell(talk)


def message(size: int) -> Frames:
    """Give the octets of a message, in full segments; *size* may be more than is kept in memory."""
    period = len(_LINE)
    for start in range(0, size, MSS):
        within = start % period
        yield _TEXT[within : within + min(MSS, size - start)]


def download(number: int, rng: random.Random) -> Frames:
    """What gateways mostly carry: a connection to port 443 with a burst of large segments."""
    client = bytes((10, number % 9, number % 200, number % 250 + 1))
    server6 = bytes.fromhex("20010db80443") + (number % 4000).to_bytes(10, "big")
    ends = _ends(number, client, bytes((203, 0, 113, number % 250 + 1)), server6)
    talk = Connection(ends, (_port(number), 443), rng)
    yield from talk.opening()
    yield talk.says(_RECORDS[117])
    for turn in range(20 + rng.getrandbits(6) + rng.getrandbits(5)):
        yield talk.hears(_RECORDS[rng.getrandbits(10)], ACK)
        if turn % 2:
            yield talk.says(b"", ACK)
    yield from talk.closing()
