"""The bounded table of connections: packets find theirs, idle ones end, floods stay cheap."""

from collections.abc import Iterator
from dataclasses import dataclass

from wiretruth.flow.conversation import Conversation, Key
from wiretruth.flow.recent import Recent
from wiretruth.flow.serial import MODULUS
from wiretruth.model.frames import NANOSECONDS, Mark
from wiretruth.model.packet import Endpoint, IcmpMessage, Packet, TcpFlag, TcpSegment
from wiretruth.model.sighting import Finished, FlowEvent, Opened, Rejection

MAX_CONNECTIONS = 200_000
"""Connections under way: a gateway of a large site has some tens of thousands; a lone SYN costs about one kilobyte."""

ROOM = MAX_CONNECTIONS // 10
"""How many are given up when the table is full: sorting them out once is dear, once in so many is not."""

IDLE_ESTABLISHED = 3600 * NANOSECONDS
"""RFC 5321 §4.5.3.2 lets no side wait longer than ten minutes; an hour also spans a stopped virtual machine."""

IDLE_OTHERWISE = 120 * NANOSECONDS
"""Linux gives up a connection attempt after 127 s, its last SYN being 63 s old then; TIME-WAIT lasts 60 s."""

SWEEP = 30 * NANOSECONDS
"""Time between two looks for what is idle."""

SERVER_PORTS = frozenset({25, 53, 465, 587, 2525})
"""Where neither SYN nor SYN-ACK was seen, the side with one of these ports is taken for the server."""

_SYN, _RST, _ACK = int(TcpFlag.SYN), int(TcpFlag.RST), int(TcpFlag.ACK)


@dataclass(slots=True)
class TableCounts:
    """What the table had to do."""

    opened: int = 0
    evicted: int = 0
    """Connections ended before their time because the table was full."""


class TcpTable:
    """Sightings in the making. State is per vantage: packets of two vantages never meet."""

    def __init__(self, limit: int = MAX_CONNECTIONS) -> None:
        """Begin empty.

        Args:
            limit: connections held at once.
        """
        self.counts = TableCounts()
        self._limit = limit
        self._by_key: dict[Key, Conversation] = {}
        self._waiting: dict[tuple[str, Endpoint], Conversation] = {}
        self._recent = Recent()
        self._swept: int | None = None

    def receive(self, packet: Packet) -> Iterator[FlowEvent]:
        """Take a TCP segment, or an ICMP error that quotes one; give what follows from it, in order."""
        yield from self.advance(packet.at)
        transport = packet.transport
        if isinstance(transport, TcpSegment):
            yield from self._segment(packet, transport)
        elif isinstance(transport, IcmpMessage):
            self._error(packet, transport)

    def advance(self, now: int) -> Iterator[FlowEvent]:
        """Let time pass: end what has been idle too long.

        Args:
            now: nanoseconds since the Unix epoch; may jump back, which ends nothing.
        """
        if self._swept is None or now < self._swept:
            self._swept = now
        if now - self._swept < SWEEP:
            return
        self._swept = now
        for conversation in self._conversations():
            idle = now - conversation.last.at
            quiet = conversation.established is None or conversation.over
            if idle > (IDLE_OTHERWISE if quiet else IDLE_ESTABLISHED):
                yield from self._end(conversation)

    def finish(self) -> Iterator[FlowEvent]:
        """End everything, in the order in which it was opened."""
        for conversation in self._conversations():
            yield from self._end(conversation)

    def _conversations(self) -> list[Conversation]:
        once = {c.serial: c for c in self._by_key.values()}
        return sorted(once.values(), key=lambda c: c.serial)

    def _segment(self, packet: Packet, segment: TcpSegment) -> Iterator[FlowEvent]:
        source = Endpoint(packet.source, segment.source_port)
        destination = Endpoint(packet.destination, segment.destination_port)
        key = _key(packet.vantage, source, destination)
        conversation = self._by_key.get(key)
        if self._recent.repeats(packet, segment):
            if conversation is not None:
                conversation.duplicate(packet, segment)
            return
        if conversation is not None and conversation.begins_anew(packet, segment):
            yield from self._end(conversation)
            conversation = None
        if conversation is None:
            conversation = self._answered_from_elsewhere(key, packet, segment, source, destination)
        if conversation is None:
            yield from self._make_room()
            conversation = self._open(key, packet, segment, source, destination)
            yield _opened(conversation)
        yield from conversation.receive(packet, segment)
        if conversation.established is not None:
            self._waiting.pop((conversation.vantage, conversation.client), None)

    def _open(
        self, key: Key, packet: Packet, segment: TcpSegment, source: Endpoint, destination: Endpoint
    ) -> Conversation:
        client, server = _roles(segment, source, destination)
        serial = self.counts.opened
        self.counts.opened += 1
        conversation = Conversation(serial, key, client, server, Mark(packet.at, packet.number))
        self._by_key[key] = conversation
        if segment.flags & (_SYN | _ACK) == _SYN:
            self._waiting[packet.vantage, source] = conversation
        return conversation

    def _answered_from_elsewhere(
        self, key: Key, packet: Packet, segment: TcpSegment, source: Endpoint, destination: Endpoint
    ) -> Conversation | None:
        """Find the SYN that a SYN-ACK or RST answers from another endpoint than was addressed (OUTPUT REDIRECT on ``lo``)."""
        if not segment.flags & _ACK or not segment.flags & (_SYN | _RST):
            return None
        conversation = self._waiting.get((packet.vantage, destination))
        if conversation is None or conversation.client_isn is None or conversation.syn_ack_count:
            return None
        if segment.ack != (conversation.client_isn + 1) % MODULUS:
            return None
        conversation.reply_source = source
        conversation.keys += (key,)
        self._by_key[key] = conversation
        return conversation

    def _error(self, packet: Packet, message: IcmpMessage) -> None:
        quoted = message.quoted
        if quoted is None or quoted.source_port is None or quoted.destination_port is None:
            return
        source = Endpoint(quoted.source, quoted.source_port)
        destination = Endpoint(quoted.destination, quoted.destination_port)
        conversation = self._by_key.get(_key(packet.vantage, source, destination))
        if conversation is None:
            waiting = self._waiting.get((packet.vantage, source))
            conversation = waiting if waiting is not None and waiting.client_isn == quoted.seq else None
        if conversation is None:
            return
        conversation.last = Mark(packet.at, packet.number)
        conversation.reject(
            Rejection(
                at=packet.at,
                frame=packet.number,
                sender=packet.source,
                version=6 if packet.ip_id is None else 4,
                type=message.type,
                code=message.code,
                mtu=message.mtu,
                quoted_source=source,
                quoted_destination=destination,
                quoted_ttl=quoted.ttl,
                of_syn=quoted.seq == conversation.client_isn and source == conversation.client,
            )
        )

    def _make_room(self) -> Iterator[FlowEvent]:
        """Give up connections: those that never were answered first, then the longest idle."""
        if len(self._by_key) < self._limit:
            return
        by_worth = sorted(self._conversations(), key=lambda c: (c.established is not None, c.last.at, c.serial))
        for conversation in by_worth[: min(ROOM, self._limit // 10 + 1)]:
            self.counts.evicted += 1
            yield from self._end(conversation)

    def _end(self, conversation: Conversation) -> Iterator[FlowEvent]:
        for key in conversation.keys:
            if self._by_key.get(key) is conversation:
                del self._by_key[key]
        waiting = (conversation.vantage, conversation.client)
        if self._waiting.get(waiting) is conversation:
            del self._waiting[waiting]
        yield from conversation.flush()
        yield Finished(conversation.sighting())


def _key(vantage: str, one: Endpoint, other: Endpoint) -> Key:
    return (vantage, one, other) if one <= other else (vantage, other, one)


def _opened(conversation: Conversation) -> Opened:
    at, frame = conversation.opened
    return Opened(conversation.serial, conversation.vantage, conversation.client, conversation.server, at, frame)


def _roles(segment: TcpSegment, source: Endpoint, destination: Endpoint) -> tuple[Endpoint, Endpoint]:
    """Tell client and server: by SYN and SYN-ACK, else by a server's port, else the lower port serves."""
    if segment.flags & _SYN:
        return (destination, source) if segment.flags & _ACK else (source, destination)
    serving = [e for e in (source, destination) if e.port in SERVER_PORTS]
    server = serving[0] if len(serving) == 1 else min(source, destination, key=lambda e: (e.port, e.address))
    return (source, destination) if server == destination else (destination, source)
