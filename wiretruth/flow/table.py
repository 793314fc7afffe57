"""The bounded table of connections: packets find theirs, idle ones end, floods stay cheap.

What becomes of a connection depends on its own packets alone, and on ``sweep``: between two sweeps it makes no difference in
which order packets of different connections are given, as long as each connection's own are in order. Only answers from
another endpoint than was asked, and ICMP errors, name a connection by its first sequence number.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from operator import itemgetter

from wiretruth.flow.attempts import Attempts
from wiretruth.flow.conversation import Conversation
from wiretruth.flow.crowding import asks
from wiretruth.flow.held import Held
from wiretruth.flow.idle import IDLE_ESTABLISHED, IDLE_OTHERWISE
from wiretruth.flow.keys import Key
from wiretruth.flow.keys import key as key_of
from wiretruth.flow.ordinary import ordinary
from wiretruth.flow.outline import Outline, followed, packets
from wiretruth.flow.outlines import Outlines
from wiretruth.flow.recent import SAME_IDENTIFICATION, RecentErrors
from wiretruth.flow.roles import roles
from wiretruth.flow.serial import MODULUS
from wiretruth.model.frames import NANOSECONDS, Mark
from wiretruth.model.packet import TCP, Endpoint, IcmpMessage, Packet, QuotedPacket, TcpFlag, TcpSegment
from wiretruth.model.segments import Bundle, SegmentRows, Sketch
from wiretruth.model.sighting import Finished, FlowEvent, Opened, StreamRun

MAX_CONNECTIONS = 200_000
"""Connections under way after a sweep: a gateway of a large site has some tens of thousands; a single SYN of a flood costs 100 octets."""

SWEEP = 30 * NANOSECONDS
"""Time between two looks for what is idle, where only time passes."""

ALIKE = 8
"""Connections that share their first sequence number and may still be told by it: a port scanner gives one to all."""

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
            limit: connections held at once, after a sweep.
            first_serial: added to the frame number of a connection's first packet, it is the connection's serial.
        """
        self.counts = TableCounts()
        self._limit = limit
        self._first_serial = first_serial
        self._open: dict[int, Conversation] = {}
        """By serial."""
        self._by_key: dict[Key, Conversation] = {}
        self._by_isn: dict[tuple[str, int], dict[int, Conversation]] = {}
        """By the client's initial sequence number: what answers a SYN names it, whatever became of the addresses."""
        self._outlines = Outlines()
        self._events: list[FlowEvent] = []
        """Of connections that had to be made of outlines."""
        self._errors = RecentErrors()
        self._swept: int | None = None
        self.held: Held | None = None
        """Knows more connections than the table."""

    def receive(self, packet: Packet, followed: bool = True) -> Sequence[FlowEvent]:
        """Take a TCP segment, or an ICMP error that quotes one; give what follows from it, in order.

        Args:
            packet: in the order of the capture.
            followed: the connection's octets are wanted from here on. As long as they are not, only SYN, FIN and RST
                need be given.
        """
        transport = packet.transport
        events: Sequence[FlowEvent] = ()
        if isinstance(transport, TcpSegment):
            events = self._segment(packet, transport, followed)
        elif isinstance(transport, IcmpMessage):
            self._error(packet, transport)
        if self._events:
            events = [*self._events, *events]
            self._events.clear()
        return events

    def keep_attempts(self, attempts: Attempts) -> None:
        """Ask from now on also who keeps single SYNs in a flood."""
        self._outlines.attempts = attempts

    def ports(self) -> Iterable[tuple[int, int]]:
        """Give the ports of all connections under way, those of single SYNs in a flood left out."""
        return ((own[2], own[4]) for own in chain(self._by_key, self._outlines))

    def sketch(self, sketch: Sketch) -> bool:
        """Keep the few rows of a connection as they are, if nothing more is known of it; tell whether they are kept."""
        return sketch.key not in self._by_key and self._outlines.add(sketch)

    def ended_outlines(self) -> list[Outline]:
        """Give the connections that ended, since this was asked last, and were never more than rows."""
        return self._outlines.take_ended(self._first_serial)

    def ordinary(self, bundle: Bundle, rows: SegmentRows, first: int) -> tuple[int, Sequence[StreamRun]]:
        """Take as many rows of a bundle as are ordinary ones of a connection under way.

        Returns:
            The first row that was not taken, and must be given as a packet; and what follows from those that were.
        """
        conversation = self._by_key.get(key_of(bundle.vantage, *bundle.low, *bundle.high))
        if conversation is None:
            return first, ()
        return ordinary(conversation, bundle, rows, first)

    def go_on(self, conversation: Conversation, own: Key) -> None:
        """Take over a connection that was followed elsewhere, by its handshake on."""
        self._open[conversation.serial] = conversation
        self._file(conversation, own)
        if conversation.client_isn is not None:
            alike = self._by_isn.setdefault((conversation.vantage, conversation.client_isn), {})
            alike[conversation.serial] = conversation

    def knows(self, own: Key) -> bool:
        """Tell whether a connection is under way here."""
        return own in self._by_key or own in self._outlines

    def tangled(self, own: Key) -> bool:
        """Tell whether the packets of a connection come under other endpoints, too: then they must all come in order."""
        conversation = self._by_key.get(own)
        return conversation is not None and len(conversation.keys) > 1

    def named(self, vantage: str, client_isn: int) -> Iterator[tuple[Endpoint, Endpoint]]:
        """Give client and server of the connections under way that began with a number."""
        for conversation in self._by_isn.get((vantage, client_isn), {}).values():
            yield conversation.client, conversation.server
        held = self.held.named(vantage, client_isn) if self.held is not None else ()
        for _, one, one_port, other, other_port in (*self._outlines.named(vantage, client_isn), *held):
            yield Endpoint(one, one_port), Endpoint(other, other_port)

    def advance(self, now: int) -> Sequence[FlowEvent]:
        """Let time pass; *now* is in nanoseconds since the Unix epoch, and may jump back."""
        if self._swept is not None and 0 <= now - self._swept < SWEEP:
            return ()
        self._swept = now
        return self.sweep(now)

    def sweep(self, now: int) -> Sequence[FlowEvent]:
        """End what has been idle too long, and give up what is too much: a place where all packets must be in order.

        Args:
            now: nanoseconds since the Unix epoch; may jump back, which ends nothing.
        """
        self._outlines.end_idle(now)
        if self.held is not None:
            self.held.pause(now)
        for conversation in self._open.values():
            if now - conversation.last.at > SAME_IDENTIFICATION:
                conversation.recent.forget()
        return [*self._end_all(c for c in self._open.values() if _idle(c, now)), *self._give_up()]

    def said_all(self, now: int) -> Iterator[int]:
        """Give the serials of the connections under way that were closed a while ago: of their octets no more are awaited."""
        for conversation in self._open.values():
            if conversation.said_all and now - conversation.last.at > SAME_IDENTIFICATION:
                yield conversation.serial

    def finish(self) -> Sequence[FlowEvent]:
        """End everything."""
        self._outlines.end_all()
        if self.held is not None:
            self.held.end()
        return self._end_all(self._open.values())

    def _segment(self, packet: Packet, segment: TcpSegment, followed: bool) -> Sequence[FlowEvent]:
        key = key_of(packet.vantage, packet.source, segment.source_port, packet.destination, segment.destination_port)
        conversation = self._by_key.get(key) or self._made(key)
        if conversation is None or segment.flags & (_SYN | _RST):
            return self._handshake(key, conversation, packet, segment, followed)
        return _deliver(conversation, packet, segment, followed)

    def _made(self, key: Key) -> Conversation | None:
        """Make a connection of its outline, if there is one, or take it over."""
        if self.held is not None and self.held.release(key):
            return self._by_key[key]
        rows = self._outlines.pop(key)
        if rows is None:
            return None
        conversation: Conversation | None = None
        for packet, segment in packets(key, rows):
            if conversation is None:
                opened, conversation = self._opened(key, packet, segment, followed(rows))
                self._events.append(opened)
            self._events += _deliver(conversation, packet, segment, followed(rows))
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
            ended = [*ended, opened]
        return [*ended, *_deliver(conversation, packet, segment, followed)]

    def _opened(self, key: Key, packet: Packet, segment: TcpSegment, followed: bool) -> tuple[Opened, Conversation]:
        vantage = packet.vantage
        source, destination = (
            Endpoint(packet.source, segment.source_port),
            Endpoint(packet.destination, segment.destination_port),
        )
        client, server = roles(segment.flags, source, destination)
        serial = self._first_serial + packet.number
        self.counts.opened += 1
        conversation = Conversation(serial, vantage, client, server, Mark(packet.at, packet.number), followed=followed)
        self._open[serial] = conversation
        self._file(conversation, key)
        if segment.flags & (_SYN | _ACK | _RST) == _SYN:
            self._by_isn.setdefault((vantage, segment.seq), {})[serial] = conversation
        return Opened(serial, vantage, client, server, packet.at, packet.number), conversation

    def _file(self, conversation: Conversation, key: Key) -> None:
        conversation.keys += (key,)
        self._by_key[key] = conversation

    def _answered_from_elsewhere(self, key: Key, packet: Packet, segment: TcpSegment) -> Conversation | None:
        """Find the SYN that a SYN-ACK or RST answers from another endpoint than was addressed (OUTPUT REDIRECT on ``lo``)."""
        if not (segment.flags & _ACK and segment.flags & (_SYN | _RST)):
            return None
        client = (packet.destination, segment.destination_port)
        for conversation in self._alike(packet.vantage, (segment.ack - 1) % MODULUS):
            asking = conversation.syn_ack_count == 0 and conversation.established is None
            if asking and conversation.client == client:
                conversation.reply_source = Endpoint(packet.source, segment.source_port)
                self._file(conversation, key)
                return conversation
        return None

    def _alike(self, vantage: str, client_isn: int) -> Iterator[Conversation]:
        """Give the connections that began with a number, the latest one first, where there are but few."""
        known = self._by_isn.get((vantage, client_isn), {})
        outlines = self._outlines.named(vantage, client_isn)
        held = self.held.named(vantage, client_isn) if self.held is not None else []
        if len(known) + len(outlines) + len(held) > ALIKE:
            return
        for key in (*outlines, *held):
            self._made(key)
        alike = self._by_isn.get((vantage, client_isn), {})
        for serial in sorted(alike, reverse=True):
            yield alike[serial]

    def _error(self, packet: Packet, message: IcmpMessage) -> None:
        quoted = message.quoted
        if quoted is None or quoted.protocol != TCP or quoted.source_port is None or quoted.destination_port is None:
            return
        key = key_of(packet.vantage, quoted.source, quoted.source_port, quoted.destination, quoted.destination_port)
        if self._errors.repeats(
            packet, (message.type, message.code, quoted.ip_id, quoted.seq, quoted.source_port, *key)
        ):
            return
        conversation = self._by_key.get(key) or self._made(key) or self._translated(packet.vantage, quoted)
        if conversation is not None:
            conversation.reject(packet, message, quoted)

    def _translated(self, vantage: str, quoted: QuotedPacket) -> Conversation | None:
        """Find the SYN that an error quotes with the address of one side translated."""
        ends = (quoted.source, quoted.source_port), (quoted.destination, quoted.destination_port)
        for conversation in () if quoted.seq is None else self._alike(vantage, quoted.seq):
            if conversation.client == ends[0] or conversation.server == ends[1]:
                return conversation
        return None

    def _give_up(self) -> Sequence[FlowEvent]:
        """Give up what is beyond the limit: single SYNs, then what was never established, the first first, then the longest idle."""
        held = self.held
        excess = len(self._open) + len(self._outlines) + (len(held) if held is not None else 0) - self._limit
        if excess <= 0:
            return ()
        self.counts.evicted += excess
        first: dict[int, Key | None] = {c.serial: None for c in self._open.values() if not c.at_rest}
        first |= self._outlines.restless(self._first_serial)
        first |= dict.fromkeys(held.restless() if held is not None else ())
        asking = {c.serial: (c.vantage, c.server.address) for c in self._open.values() if asks(c)}
        asking |= self._outlines.asking(self._first_serial) | (held.asking() if held is not None else {})
        crowd, others = self._outlines.crowded_out(asking, excess)
        excess -= others
        given_up = [(serial, first[serial]) for serial in crowd]
        given_up += [(serial, first[serial]) for serial in sorted(first.keys() - asking.keys())[: excess - len(crowd)]]
        if len(given_up) < excess:
            resting = [(c.last.at, c.serial, None) for c in self._open.values() if c.at_rest]
            resting += [(at, serial, None) for at, serial in (held.resting() if held is not None else ())]
            longest = sorted(chain(resting, self._outlines.resting(self._first_serial)), key=itemgetter(0, 1))
            given_up += [(serial, key) for _, serial, key in longest[: excess - len(given_up)]]
        self._outlines.end(key for _, key in given_up if key is not None)
        if held is not None:
            held.give_up({serial for serial, _ in given_up})
        return self._end_all([self._open[serial] for serial, key in given_up if key is None and serial in self._open])

    def _end_all(self, conversations: Iterable[Conversation]) -> Sequence[FlowEvent]:
        """End connections one after the other: each is forgotten before the record of the next is made."""
        waiting, events = list(conversations)[::-1], list[FlowEvent]()
        while waiting:
            events += self._end(waiting.pop())
        return events

    def _end(self, conversation: Conversation) -> Sequence[FlowEvent]:
        del self._open[conversation.serial]
        for key in conversation.keys:
            if self._by_key.get(key) is conversation:
                del self._by_key[key]
        if conversation.client_isn is not None:
            isn = (conversation.vantage, conversation.client_isn)
            alike = self._by_isn.get(isn, {})
            if alike.pop(conversation.serial, None) is not None and not alike:
                del self._by_isn[isn]
        return [*conversation.flush(), Finished(conversation.sighting())]


def _deliver(conversation: Conversation, packet: Packet, segment: TcpSegment, followed: bool) -> Sequence[FlowEvent]:
    """Give a packet to its connection; one that is followed once is followed to its end."""
    if conversation.repeats(packet, segment):
        return ()
    if not conversation.followed:
        if not followed:
            conversation.outline(packet, segment)
            return ()
        conversation.follow(packet, segment)
    return conversation.receive(packet, segment)


def _idle(conversation: Conversation, now: int) -> bool:
    """Tell whether a connection has been silent for so long that nothing more is expected of it."""
    silent = now - conversation.last.at
    return silent > IDLE_OTHERWISE and (silent > IDLE_ESTABLISHED or not conversation.at_rest)
