"""Connections of which nothing is wanted yet but how they open and end: a few rows, and no objects.

A row says what ``Conversation`` would ask of a packet without octets. When more is wanted, the rows are read as packets; that
is the definition, and nothing here judges. Only connections whose rows cannot mean two connections are kept so.
"""

from collections.abc import Iterable, Iterator
from struct import Struct
from typing import NamedTuple

from wiretruth.flow.conversation import Conversation
from wiretruth.flow.keys import Key
from wiretruth.flow.roles import roles
from wiretruth.model.frames import Mark
from wiretruth.model.packet import TCP, Endpoint, Packet, TcpFlag, TcpSegment
from wiretruth.model.sighting import Sighting

ROW = "<qqIIIHHHHBBB"
"""Frame, time, sequence number, acknowledgement, timestamp, port of the sender, window, IP identification, MSS, flags, TTL,
bits."""

STAMPED, WITH_MSS, VERSION_6, FOLLOWED = 1, 2, 4, 8
"""Bits: there is a timestamp; there is an MSS; the packet is IPv6; octets of the connection would be wanted."""

MAX_ROWS = 8
"""Rows of one outline: a handshake and an end, with something repeated."""

_ROW, _HEAD = Struct(ROW), Struct("<qq")
SIZE = _ROW.size
_PORT, _FLAGS, _BITS = 28, SIZE - 3, SIZE - 1
_SYN, _FIN, _RST, _ACK = int(TcpFlag.SYN), int(TcpFlag.FIN), int(TcpFlag.RST), int(TcpFlag.ACK)
_OPENING = bytes(flags for flags in range(256) if flags & int(TcpFlag.SYN) and not flags & int(TcpFlag.RST))
_ASKING = bytes(flags for flags in _OPENING if not flags & _ACK)
_HARMLESS = bytes(flags for flags in range(256) if not flags & _RST and flags & (_SYN | _FIN) != _SYN | _FIN)


class Outline(NamedTuple):
    """One connection, over."""

    serial: int
    key: Key
    rows: bytes

    @property
    def vantage(self) -> str:
        """Give the label of the vantage."""
        return self.key[0]

    @property
    def last(self) -> int:
        """Give the time of its last row."""
        at: int = _HEAD.unpack_from(self.rows, len(self.rows) - SIZE)[1]
        return at

    @property
    def client_isn(self) -> int | None:
        """Give the client's initial sequence number, where its SYN was seen."""
        return opening(self.rows)

    @property
    def both_sent(self) -> bool:
        """Tell whether both ends sent something."""
        rows = self.rows
        if len(rows) == SIZE:
            return False
        count = len(rows) // SIZE
        low, high = rows[_PORT::SIZE], rows[_PORT + 1 :: SIZE]
        return low != low[:1] * count or high != high[:1] * count

    def ends(self) -> tuple[str, Endpoint, bool]:
        """Give the address of the client, the server, and whether the client sent the first packet."""
        rows = self.rows
        port, flags = rows[_PORT] | rows[_PORT + 1] << 8, rows[_FLAGS]
        _, one, one_port, other, other_port = self.key
        if port != one_port:
            one, one_port, other, other_port = other, other_port, one, one_port
        if flags & _SYN:
            return (other, Endpoint(one, one_port), False) if flags & _ACK else (one, Endpoint(other, other_port), True)
        client, server = roles(flags, Endpoint(one, one_port), Endpoint(other, other_port))
        return client.address, server, client.port == one_port

    def sighting(self) -> Sighting:
        """Give the record of the connection."""
        return replayed(self.serial, self.key, self.rows).sighting()


def finished(first_serial: int, ended: Iterable[tuple[Key, bytes]]) -> list[Outline]:
    """Make the outlines of connections that are over, by the numbers of their first frames."""
    numbers, make = _HEAD.unpack_from, Outline._make
    return [make((first_serial + numbers(rows)[0], key, rows)) for key, rows in ended]


def opening(rows: bytes) -> int | None:
    """Give the sequence number of the SYN that rows begin with."""
    _, _, seq, _, _, _, _, _, _, flags, _, _ = _ROW.unpack_from(rows)
    return int(seq) if flags & _SYN else None


def frame(rows: bytes) -> int:
    """Give the number of the first frame."""
    number: int = _HEAD.unpack_from(rows)[0]
    return number


def last(rows: bytes) -> int:
    """Give the time of the last packet."""
    at: int = _HEAD.unpack_from(rows, len(rows) - SIZE)[1]
    return at


def followed(rows: bytes) -> bool:
    """Tell whether octets of the connection would be wanted."""
    return bool(rows[_BITS] & FOLLOWED)


def asked(key: Key, rows: bytes) -> str | None:
    """Give the address that a SYN was sent to, where it is the only packet."""
    if len(rows) > SIZE or rows[_FLAGS] not in _ASKING:
        return None
    _, one, one_port, other, _ = key
    return other if one_port == rows[_PORT] | rows[_PORT + 1] << 8 else one


def at_rest(key: Key, rows: bytes) -> bool:
    """Tell what ``Conversation.at_rest`` would."""
    flags = rows[_FLAGS::SIZE]
    if not flags.strip(_OPENING):
        return not followed(rows) and bool(flags.translate(None, _ASKING))
    if not followed(rows) and not flags.strip(_HARMLESS) and _closed(rows):
        return False
    return replayed(0, key, rows).at_rest


def _closed(rows: bytes) -> bool:
    """Tell whether both ends sent a FIN; no row resets."""
    ports = {rows[at + _PORT : at + _PORT + 2] for at in range(0, len(rows), SIZE) if rows[at + _FLAGS] & _FIN}
    return len(ports) > 1


def replayed(serial: int, key: Key, rows: bytes) -> Conversation:
    """Give the connection as if its packets had come one by one."""
    conversation: Conversation | None = None
    for packet, segment in packets(key, rows):
        if conversation is None:
            mark = Mark(packet.at, packet.number)
            conversation = Conversation(serial, key[0], *_roles(packet, segment), mark, followed=followed(rows))
        if not conversation.repeats(packet, segment):
            (conversation.receive if conversation.followed else conversation.outline)(packet, segment)
    if conversation is None:
        raise ValueError(rows)
    return conversation


def packets(key: Key, rows: bytes) -> Iterator[tuple[Packet, TcpSegment]]:
    """Give the packets of rows, as far as they are told there."""
    vantage, one, one_port, other, other_port = key
    for number, at, seq, ack, stamp, port, window, ip_id, mss, flags, ttl, bits in _ROW.iter_unpack(rows):
        source, destination, to = (one, other, other_port) if port == one_port else (other, one, one_port)
        segment = TcpSegment(
            port, to, seq, ack, flags, window, b"", 0, mss if bits & WITH_MSS else None,
            ts_value=stamp if bits & STAMPED else None,
        )  # fmt: skip
        identification = None if bits & VERSION_6 else ip_id
        yield Packet(vantage, number, at, source, destination, TCP, ttl, identification, True, 0, segment), segment


def _roles(packet: Packet, segment: TcpSegment) -> tuple[Endpoint, Endpoint]:
    source, destination = (
        Endpoint(packet.source, segment.source_port),
        Endpoint(packet.destination, segment.destination_port),
    )
    return roles(segment.flags, source, destination)
