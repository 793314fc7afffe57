"""One connection at one vantage, from its first packet to its record."""

from collections.abc import Sequence

from wiretruth.flow.direction import FARTHEST_AHEAD, Direction
from wiretruth.flow.keys import Key
from wiretruth.flow.reassembly import Delivery, Piece
from wiretruth.flow.recent import Recent
from wiretruth.flow.record import sighting_of
from wiretruth.flow.rejection import rejection
from wiretruth.flow.resets import Resets
from wiretruth.flow.serial import MODULUS, distance
from wiretruth.model.frames import Mark
from wiretruth.model.packet import Endpoint, IcmpMessage, Packet, QuotedPacket, TcpFlag, TcpSegment
from wiretruth.model.sighting import (
    KEPT_FRAMES,
    FlowEvent,
    Rejection,
    Reset,
    SegmentMark,
    Sighting,
    StreamGap,
    StreamOctets,
)

_SYN, _FIN, _RST, _PSH, _ACK = map(int, (TcpFlag.SYN, TcpFlag.FIN, TcpFlag.RST, TcpFlag.PSH, TcpFlag.ACK))


class Conversation:
    """State of one connection. A lone SYN costs this object and one direction."""

    __slots__ = (
        "client", "client_isn", "client_ts", "closed", "established", "followed", "from_client", "from_server", "keys",
        "lacking", "last", "opened", "recent", "rejections", "reply_source", "resets", "roles_known", "serial", "server", "server_isn",
        "syn_ack_count", "syn_acks", "syn_count", "syns", "vantage",
    )  # fmt: skip

    def __init__(
        self, serial: int, vantage: str, client: Endpoint, server: Endpoint, mark: Mark, *, followed: bool = True
    ) -> None:
        self.serial = serial
        self.vantage = vantage
        self.keys: tuple[Key, ...] = ()
        """Every key under which packets find their way here."""
        self.client = client
        self.server = server
        self.followed = followed
        """Its octets are read. Of another one only what opens and ends it is given, and nothing is claimed of the rest."""
        self.roles_known = False
        self.lacking = False
        """Octets were acknowledged that were not seen."""
        self.opened = self.last = mark
        self.closed: Mark | None = None
        self.established: Mark | None = None
        self.client_isn: int | None = None
        self.server_isn: int | None = None
        self.client_ts: int | None = None
        self.reply_source: Endpoint | None = None
        self.syns: tuple[SegmentMark, ...] = ()
        self.syn_count = 0
        self.syn_acks: tuple[SegmentMark, ...] = ()
        self.syn_ack_count = 0
        self.resets: Resets | None = None
        self.rejections: tuple[Rejection, ...] = ()
        self.from_client: Direction | None = None
        self.from_server: Direction | None = None
        self.recent = Recent()

    def receive(self, packet: Packet, segment: TcpSegment) -> Sequence[FlowEvent]:
        """Take one packet of this connection; give what its octets make readable."""
        from_client = self.sent_by_client(packet, segment)
        mark = Mark(packet.at, packet.number)
        self.last = mark
        flags = segment.flags
        sender = self._direction(from_client)
        if flags & (_SYN | _ACK | _RST) == _SYN:
            self._open(packet, segment, from_client)
            sender.see(packet, segment, mark)
            return self._send(packet, segment, from_client, None, mark) if segment.length else ()
        receiver = self._direction(not from_client)
        events = self._overdue(from_client, sender, receiver, mark) if self.lacking else ()
        if flags & _RST:
            self._reset(packet, segment, from_client, sender)
            sender.count(mark)
            return events
        if flags & _SYN and not self._answer(packet, segment, from_client):
            sender.count(mark)
            return events
        sender.see(packet, segment, mark)
        if flags & _ACK:
            if self.established is None:
                completes = from_client and not flags & _SYN
                self.note_handshake(segment.ack, receiver, mark, completes=completes, holds=segment.length)
            if receiver.acknowledge(segment.ack, segment.sack):
                self.lacking = True
        if segment.length or flags & _FIN:
            events = _joined(events, self._send(packet, segment, from_client, receiver.mss, mark))
        if sender.fin and receiver.fin:
            self.note_closing(mark)
        return events

    @property
    def flows(self) -> bool:
        """Tell whether nothing out of the ordinary is under way: both sides talk, and nothing is missed or ends."""
        client, server = self.from_client, self.from_server
        return (
            self.followed
            and not self.lacking
            and self.resets is None
            and (self.established is not None or not self.roles_known)
            and client is not None
            and server is not None
            and client.flows
            and server.flows
        )

    def both(self) -> tuple[Direction, Direction]:
        """Give both directions, the client's first."""
        return self._direction(True), self._direction(False)

    def outline(self, packet: Packet, segment: TcpSegment) -> None:
        """Note what opens or ends a connection that is not followed: no sequence number is kept of it."""
        from_client, flags = self.sent_by_client(packet, segment), segment.flags
        sender, receiver = self._direction(from_client), self._direction(not from_client)
        mark = self.last = Mark(packet.at, packet.number)
        if flags & (_SYN | _ACK | _RST) == _SYN:
            self._open(packet, segment, from_client)
        elif flags & _RST:
            self._reset(packet, segment, from_client, sender)
        if flags & _RST or (flags & _SYN and flags & _ACK and not self._answer(packet, segment, from_client)):
            sender.count(mark)
            return
        sender.see(packet, segment, mark)
        sender.zero_window = None  # whether it was opened again would not be seen
        if flags & _ACK and self.established is None:
            self.note_handshake(
                segment.ack, receiver, mark, completes=from_client and not flags & _SYN, holds=segment.length
            )
            if flags & _SYN and self.roles_known:
                self.established = mark  # the acknowledgement that completes the handshake is not given
        if flags & _FIN:
            sender.fin = sender.fin or mark
        if self.closed is None and sender.fin and receiver.fin:
            self.closed = mark

    def follow(self, packet: Packet, segment: TcpSegment) -> None:
        """Read on from this packet: what went before was not looked at, so nothing of it is missing."""
        self.followed = True
        if segment.flags & _SYN:
            return
        from_client = self.sent_by_client(packet, segment)
        self._direction(from_client).begin(segment.seq)
        if segment.flags & _ACK:
            self._direction(not from_client).begin(segment.ack)

    def sent_by_client(self, packet: Packet, segment: TcpSegment) -> bool:
        """Tell whether a packet of this connection is the client's, by where it came from."""
        return segment.source_port == self.client.port and packet.source == self.client.address

    def repeats(self, packet: Packet, segment: TcpSegment) -> bool:
        """Tell whether a packet is the second sighting of one; if so, note it. What brings news is none."""
        from_client = self.sent_by_client(packet, segment)
        if self.followed and self._brings_news(segment, from_client):
            self.recent.note(packet, segment)
            return False
        if self.recent.repeats(packet, segment):
            self._direction(from_client).duplicates += 1
            return True
        return False

    def _brings_news(self, segment: TcpSegment, from_client: bool) -> bool:
        """Tell whether a segment holds the very next octets, or acknowledges what was not acknowledged before."""
        client, server = self.from_client, self.from_server
        sender, receiver = (client, server) if from_client else (server, client)
        if segment.flags & ~_PSH != _ACK:
            return False
        if segment.length:
            return sender is not None and sender.continues(segment.seq)
        return receiver is not None and receiver.is_news(segment.ack)

    def reject(self, packet: Packet, message: IcmpMessage, quoted: QuotedPacket) -> None:
        """Note an ICMP error that quotes a packet of this connection."""
        self.last = Mark(packet.at, packet.number)
        if len(self.rejections) < KEPT_FRAMES:
            of_syn = quoted.seq is not None and quoted.seq == self.client_isn
            self.rejections += (rejection(packet, message, quoted, of_syn=of_syn and not self._from_server(quoted)),)

    def _from_server(self, quoted: QuotedPacket) -> bool:
        return self.server == (quoted.source, quoted.source_port)

    def flush(self) -> Sequence[FlowEvent]:
        """Give what still waits behind holes: the connection is over."""
        client, server = self.from_client, self.from_server
        events = self._events(True, client.flush(self.last)) if client else ()
        return _joined(events, self._events(False, server.flush(self.last)) if server else ())

    @property
    def over(self) -> bool:
        """Tell whether nothing more is expected of this connection."""
        resets = self.resets
        return self.closed is not None or (
            resets is not None and resets.data_after is None and resets.closing() is not None
        )

    @property
    def said_all(self) -> bool:
        """Tell whether both sides have closed, and every octet that the other took was seen and delivered."""
        return self.closed is not None and self.followed and not self.lacking

    @property
    def at_rest(self) -> bool:
        """Tell whether it may fall silent for long and go on: both sides talk, as far as was seen."""
        talked = self.established is not None or any(d and d.first_data for d in (self.from_client, self.from_server))
        return talked and not self.over

    def begins_anew(self, packet: Packet, segment: TcpSegment) -> bool:
        """Tell whether a packet is a SYN or SYN-ACK of another connection between the same endpoints."""
        if segment.flags & (_SYN | _RST) != _SYN:
            return False
        from_client = self.sent_by_client(packet, segment)
        if segment.flags & _ACK:
            settled = self.established is not None or self.over
            other = settled and segment.seq != self.server_isn and not self._acknowledges_syn(segment)
            return not self.roles_known or (other and not from_client)
        if from_client:
            return self.client_isn != segment.seq
        simultaneous = self.syn_count > 0 and self.established is None and self.server_isn in (None, segment.seq)
        return not simultaneous

    def sighting(self) -> Sighting:
        """Give the record of the connection."""
        return sighting_of(self)

    def _direction(self, from_client: bool) -> Direction:
        direction = self.from_client if from_client else self.from_server
        if direction is None:
            direction = Direction()
            if from_client:
                self.from_client = direction
            else:
                self.from_server = direction
        return direction

    def _open(self, packet: Packet, segment: TcpSegment, from_client: bool) -> None:
        """Note a SYN: the client's, or in a simultaneous open the other side's (RFC 9293 §3.5)."""
        self.roles_known = True
        if not from_client:
            self.server_isn = segment.seq
            return
        self.syn_count += 1
        if len(self.syns) < KEPT_FRAMES:
            self.syns += (_segment_mark(packet, segment),)
        if self.client_isn is None:
            self.client_isn, self.client_ts = segment.seq, segment.ts_value

    def _answer(self, packet: Packet, segment: TcpSegment, from_client: bool) -> bool:
        """Note a SYN-ACK; tell whether it is one: the client resets what does not acknowledge its SYN."""
        if from_client:
            return True
        if self.client_isn is None:
            self.client_isn = (segment.ack - 1) % MODULUS
        elif not self._acknowledges_syn(segment):
            return False
        self.roles_known = True
        self.syn_ack_count += 1
        if len(self.syn_acks) < KEPT_FRAMES:
            self.syn_acks += (_segment_mark(packet, segment),)
        if self.server_isn != segment.seq and self.established is None:
            self.server_isn = segment.seq
            self._direction(from_client).begin(segment.seq + 1)
        return True

    def _acknowledges_syn(self, segment: TcpSegment) -> bool:
        """Tell whether a packet of the server answers the SYN, or the SYN and data that it carried (RFC 7413)."""
        if self.client_isn is None or not segment.flags & _ACK:
            return False
        beyond = distance(segment.ack, self.client_isn) - 1
        return beyond == 0 or (self.from_client is not None and 0 < beyond <= self.from_client.sent)

    def note_handshake(self, number: int, receiver: Direction, mark: Mark, *, completes: bool, holds: int) -> None:
        """The client's first acknowledgement completes the handshake, also where the SYN-ACK itself was not seen."""
        if not self.roles_known:
            return
        if not receiver.begun:
            receiver.begin(number)
        if completes and (self.server_isn is None or holds or 0 < distance(number, self.server_isn) <= FARTHEST_AHEAD):
            self.established = mark

    def note_closing(self, mark: Mark) -> None:
        """Note where both sides' FIN are acknowledged."""
        client, server = self.from_client, self.from_server
        if self.closed is None and client is not None and server is not None and client.closed and server.closed:
            self.closed = mark

    def _send(
        self, packet: Packet, segment: TcpSegment, from_client: bool, peer_mss: int | None, mark: Mark
    ) -> Sequence[FlowEvent]:
        sender = self._direction(from_client)
        if segment.length <= 1 and sender.is_keep_alive(segment):
            return ()
        if self.resets is not None:
            end = sender.end_of_new(segment)
            if end is not None:
                self.resets.note_new_octets(from_client, end, mark)
        return self._events(from_client, sender.send(packet, segment, peer_mss, mark))

    def _reset(self, packet: Packet, segment: TcpSegment, from_client: bool, sender: Direction) -> None:
        if self.resets is None:
            self.resets = Resets()
        answers_syn = not from_client and self.established is None and self._acknowledges_syn(segment)
        unheard = not sender.begun and self.roles_known
        reset = Reset(
            at=packet.at,
            frame=packet.number,
            from_client=from_client,
            ttl=packet.ttl,
            ip_id=packet.ip_id,
            window=segment.window,
            acceptable=answers_syn or (not unheard and (not self.followed or sender.expects(segment.seq))),
            answers_closed=sender.fin is not None or self.resets.closed_before(from_client),
        )
        self.resets.add(reset, sender.place(segment.seq) if self.followed else None)

    def _overdue(self, from_client: bool, sender: Direction, receiver: Direction, mark: Mark) -> Sequence[FlowEvent]:
        """Give up on what was acknowledged and not seen, once enough packets have passed."""
        one, other = sender.pass_packet(mark), receiver.pass_packet(mark)
        self.lacking = sender.lacks or receiver.lacks
        if one or other:
            return _joined(self._events(from_client, one), self._events(not from_client, other))
        return ()

    def _events(self, from_client: bool, pieces: Delivery) -> Sequence[FlowEvent]:
        serial = self.serial
        if not pieces:
            return ()
        return [
            StreamOctets(serial, from_client, p.at, p.frame, p.octets)
            if isinstance(p, Piece)
            else StreamGap(serial, from_client, p.at, p.frame, p.length)
            for p in pieces
        ]


def _joined(one: Sequence[FlowEvent], other: Sequence[FlowEvent]) -> Sequence[FlowEvent]:
    return [*one, *other] if one and other else one or other


def _segment_mark(packet: Packet, segment: TcpSegment) -> SegmentMark:
    return SegmentMark(packet.at, packet.number, packet.ttl, packet.ip_id, segment.window)
