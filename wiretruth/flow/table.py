"""The bounded table of connections: packets find theirs, idle ones end, floods stay cheap."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

from wiretruth.flow.conversation import Conversation, Key
from wiretruth.flow.recent import Recent
from wiretruth.flow.serial import MODULUS
from wiretruth.model.frames import NANOSECONDS, Mark
from wiretruth.model.packet import TCP, Endpoint, IcmpMessage, Packet, TcpFlag, TcpSegment
from wiretruth.model.sighting import Finished, FlowEvent, Opened

MAX_CONNECTIONS = 200_000
"""Connections under way: a gateway of a large site has some tens of thousands; a lone SYN costs 1.4 kB."""

ROOM = MAX_CONNECTIONS // 10
"""How many are given up when the table is full: sorting them out once is dear, once in so many is not."""

IDLE_ESTABLISHED = 3600 * NANOSECONDS
"""RFC 5321 §4.5.3.2 lets no side wait longer than ten minutes; an hour also spans a stopped virtual machine."""

IDLE_OTHERWISE = 120 * NANOSECONDS
"""Linux gives up a connection attempt after 127 s, its last SYN being 63 s old then; TIME-WAIT lasts 60 s."""

SWEEP = 30 * NANOSECONDS
"""Time between two looks for what is idle."""

SWEPT_PER_PACKET = 8
"""Connections looked at for each packet received, on average: clocks that jump to and fro cost no more than this."""

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

    def __init__(self, limit: int = MAX_CONNECTIONS, *, first_serial: int = 0) -> None:
        """Begin empty.

        Args:
            limit: connections held at once.
            first_serial: of the connections, which are numbered in the order of their first packet.
        """
        self.counts = TableCounts()
        self._limit = limit
        self._first_serial = first_serial
        self._open: dict[int, Conversation] = {}
        """By serial, so in the order in which they were opened."""
        self._by_key: dict[Key, Conversation] = {}
        self._by_isn: dict[tuple[str, int], Conversation] = {}
        """By the client's initial sequence number: what answers a SYN names it, whatever became of the addresses."""
        self._recent = Recent()
        self._now: int | None = None
        self._swept = 0
        self._credit = 0

    def receive(self, packet: Packet, followed: bool = True) -> Sequence[FlowEvent]:
        """Take a TCP segment, or an ICMP error that quotes one; give what follows from it, in order.

        Args:
            packet: in the order of the capture.
            followed: the connection's octets are wanted from here on. As long as they are not, only SYN, FIN and RST
                need be given.
        """
        ended = self.advance(packet.at)
        transport = packet.transport
        if isinstance(transport, TcpSegment):
            events = self._segment(packet, transport, followed)
            return [*ended, *events] if ended else events
        if isinstance(transport, IcmpMessage):
            self._error(packet, transport)
        return ended

    def advance(self, now: int) -> Sequence[FlowEvent]:
        """Let time pass: end what has been idle too long.

        Args:
            now: nanoseconds since the Unix epoch; may jump back, which ends nothing. A jump ahead is believed when a
                second packet confirms it.
        """
        before, self._now = self._now, now
        self._credit += SWEPT_PER_PACKET
        if before is not None and before < now:
            now = before
        if before is None or now < self._swept:
            self._swept = now
        if now - self._swept < SWEEP or self._credit < len(self._open):
            return ()
        self._swept, self._credit = now, 0
        return self._end_all([c for c in self._open.values() if now - c.last.at > _patience(c)])

    def finish(self) -> Sequence[FlowEvent]:
        """End everything, in the order in which it was opened."""
        return self._end_all(list(self._open.values()))

    def _segment(self, packet: Packet, segment: TcpSegment, followed: bool) -> Sequence[FlowEvent]:
        key = (packet.vantage, packet.source, segment.source_port, packet.destination, segment.destination_port)
        conversation = self._by_key.get(key) or self._by_reversed(key)
        if conversation is None or segment.flags & (_SYN | _RST):
            return self._handshake(key, conversation, packet, segment, followed)
        if self._recent.repeats(packet, segment, conversation.serial):
            conversation.duplicate(packet, segment)
            return ()
        return _deliver(conversation, packet, segment, followed)

    def _by_reversed(self, key: Key) -> Conversation | None:
        vantage, source, source_port, destination, destination_port = key
        conversation = self._by_key.get((vantage, destination, destination_port, source, source_port))
        if conversation is not None:
            self._file(conversation, key)
        return conversation

    def _handshake(
        self, key: Key, conversation: Conversation | None, packet: Packet, segment: TcpSegment, followed: bool
    ) -> Sequence[FlowEvent]:
        """Take a packet that may begin a connection, or answer from another address than was asked."""
        ended: Sequence[FlowEvent] = ()
        if conversation is not None and conversation.begins_anew(packet, segment):
            ended, conversation = self._end(conversation), None
        if conversation is None:
            conversation = self._answered_from_elsewhere(key, packet, segment)
        if conversation is None:
            opened, conversation = self._opened(key, packet, segment, followed)
            ended = [*ended, *opened]
        if self._recent.repeats(packet, segment, conversation.serial):
            conversation.duplicate(packet, segment)
            return ended
        return [*ended, *_deliver(conversation, packet, segment, followed)]

    def _opened(
        self, key: Key, packet: Packet, segment: TcpSegment, followed: bool
    ) -> tuple[Sequence[FlowEvent], Conversation]:
        given_up = self._make_room()
        vantage, source, source_port, destination, destination_port = key
        client, server = _roles(segment, Endpoint(source, source_port), Endpoint(destination, destination_port))
        serial = self._first_serial + self.counts.opened
        self.counts.opened += 1
        conversation = Conversation(serial, vantage, client, server, Mark(packet.at, packet.number), followed=followed)
        self._open[serial] = conversation
        self._file(conversation, key)
        if segment.flags & (_SYN | _ACK | _RST) == _SYN:
            self._by_isn[vantage, segment.seq] = conversation
        opened = Opened(serial, vantage, client, server, packet.at, packet.number)
        return [*given_up, opened], conversation

    def _file(self, conversation: Conversation, key: Key) -> None:
        conversation.keys += (key,)
        self._by_key[key] = conversation

    def _answered_from_elsewhere(self, key: Key, packet: Packet, segment: TcpSegment) -> Conversation | None:
        """Find the SYN that a SYN-ACK or RST answers from another endpoint than was addressed (OUTPUT REDIRECT on ``lo``)."""
        if not (segment.flags & _ACK and segment.flags & (_SYN | _RST)):
            return None
        conversation = self._by_isn.get((packet.vantage, (segment.ack - 1) % MODULUS))
        if conversation is None or conversation.syn_ack_count or conversation.established is not None:
            return None
        if conversation.client != (packet.destination, segment.destination_port):
            return None
        conversation.reply_source = Endpoint(packet.source, segment.source_port)
        self._file(conversation, key)
        return conversation

    def _error(self, packet: Packet, message: IcmpMessage) -> None:
        quoted = message.quoted
        if quoted is None or quoted.protocol != TCP or quoted.source_port is None or quoted.destination_port is None:
            return
        key = (packet.vantage, quoted.source, quoted.source_port, quoted.destination, quoted.destination_port)
        if self._recent.repeats_error(packet, (message.type, message.code, quoted.ip_id, quoted.seq, *key)):
            return
        conversation = self._by_key.get(key) or self._by_reversed(key) or self._translated(key, quoted.seq)
        if conversation is not None:
            conversation.reject(packet, message, quoted)

    def _translated(self, key: Key, seq: int | None) -> Conversation | None:
        """Find the SYN that an error quotes with the address of one side translated."""
        vantage, source, source_port, destination, destination_port = key
        conversation = None if seq is None else self._by_isn.get((vantage, seq))
        if conversation is None:
            return None
        same = conversation.client == (source, source_port) or conversation.server == (destination, destination_port)
        return conversation if same else None

    def _make_room(self) -> Sequence[FlowEvent]:
        """Give up connections: those that were never established first, in the order of their opening, then the longest idle."""
        if len(self._open) < self._limit:
            return ()
        room = min(ROOM, self._limit // 10 + 1)
        given_up = list(islice((c for c in self._open.values() if not c.at_rest), room))
        if not given_up:
            given_up = sorted(self._open.values(), key=lambda c: (c.last.at, c.serial))[:room]
        self.counts.evicted += len(given_up)
        return self._end_all(given_up)

    def _end_all(self, conversations: Iterable[Conversation]) -> Sequence[FlowEvent]:
        return [event for conversation in conversations for event in self._end(conversation)]

    def _end(self, conversation: Conversation) -> Sequence[FlowEvent]:
        del self._open[conversation.serial]
        for key in conversation.keys:
            if self._by_key.get(key) is conversation:
                del self._by_key[key]
        if conversation.client_isn is not None:
            isn = (conversation.vantage, conversation.client_isn)
            if self._by_isn.get(isn) is conversation:
                del self._by_isn[isn]
        return [*conversation.flush(), Finished(conversation.sighting())]


def _deliver(conversation: Conversation, packet: Packet, segment: TcpSegment, followed: bool) -> Sequence[FlowEvent]:
    """Give a packet to its connection; one that is followed once is followed to its end."""
    if not conversation.followed:
        if not followed:
            conversation.outline(packet, segment)
            return ()
        conversation.follow(packet, segment)
    return conversation.receive(packet, segment)


def _patience(conversation: Conversation) -> int:
    return IDLE_ESTABLISHED if conversation.at_rest else IDLE_OTHERWISE


def _roles(segment: TcpSegment, source: Endpoint, destination: Endpoint) -> tuple[Endpoint, Endpoint]:
    """Tell client and server: by SYN and SYN-ACK, else by a server's port, else the lower port serves."""
    if segment.flags & _SYN:
        return (destination, source) if segment.flags & _ACK else (source, destination)
    serving = [e for e in (source, destination) if e.port in SERVER_PORTS]
    server = serving[0] if len(serving) == 1 else min(source, destination, key=lambda e: (e.port, e.address))
    return (source, destination) if server == destination else (destination, source)
