"""One connection at one vantage, from its first packet to its record."""

from collections.abc import Iterator

from wiretruth.flow.direction import Direction
from wiretruth.flow.outcome import outcome_of
from wiretruth.flow.reassembly import Hole, Piece
from wiretruth.flow.serial import MODULUS
from wiretruth.model.frames import Mark
from wiretruth.model.packet import Endpoint, Packet, TcpFlag, TcpSegment
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

_SYN, _FIN, _RST, _ACK = int(TcpFlag.SYN), int(TcpFlag.FIN), int(TcpFlag.RST), int(TcpFlag.ACK)

Key = tuple[str, Endpoint, Endpoint]
"""Vantage and both endpoints, the lesser one first."""


class Conversation:
    """State of one connection. A lone SYN costs this object and nothing more."""

    __slots__ = (
        "client",
        "client_isn",
        "client_ts",
        "closed",
        "data_after_reset",
        "established",
        "from_client",
        "from_server",
        "keys",
        "last",
        "opened",
        "rejections",
        "reply_source",
        "resets",
        "roles_known",
        "serial",
        "server",
        "server_isn",
        "syn_ack_count",
        "syn_acks",
        "syn_count",
        "syns",
        "vantage",
    )

    def __init__(self, serial: int, key: Key, client: Endpoint, server: Endpoint, mark: Mark) -> None:
        self.serial = serial
        self.vantage = key[0]
        self.keys: tuple[Key, ...] = (key,)
        """Every key under which packets find their way here."""
        self.client = client
        self.server = server
        self.roles_known = False
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
        self.resets: tuple[Reset, ...] = ()
        self.rejections: tuple[Rejection, ...] = ()
        self.data_after_reset: Mark | None = None
        self.from_client = Direction()
        self.from_server: Direction | None = None

    def receive(self, packet: Packet, segment: TcpSegment) -> Iterator[FlowEvent]:
        """Take one packet of this connection; give what its octets make readable."""
        from_client = packet.source == self.client.address and segment.source_port == self.client.port
        mark = Mark(packet.at, packet.number)
        self.last = mark
        sender, receiver = self._directions(from_client)
        for direction, whose in ((sender, from_client), (receiver, not from_client)):
            yield from self._events(whose, direction.pass_packet(mark))
        if segment.flags & _RST:
            self._reset(packet, segment, from_client)
            sender.see(packet, segment, mark)
            return
        if segment.flags & _SYN:
            self._synchronise(packet, segment, from_client)
        sender.see(packet, segment, mark)
        if segment.flags & _ACK:
            receiver.acknowledge(segment)
            self._note_handshake(segment, from_client, mark)
        if sender.carries(segment):
            self._note_data_after_reset(segment, from_client, mark)
            yield from self._events(from_client, sender.send(packet, segment, receiver.mss, mark))
        if self.closed is None and sender.closed and receiver.closed:
            self.closed = mark

    def duplicate(self, packet: Packet, segment: TcpSegment) -> None:
        """Note the second sighting of a packet."""
        from_client = packet.source == self.client.address and segment.source_port == self.client.port
        self._directions(from_client)[0].duplicates += 1

    def reject(self, rejection: Rejection) -> None:
        """Note an ICMP error that quotes a packet of this connection."""
        if len(self.rejections) < KEPT_FRAMES:
            self.rejections += (rejection,)

    def flush(self) -> Iterator[FlowEvent]:
        """Give what still waits behind holes: the connection is over."""
        for direction, from_client in ((self.from_client, True), (self.from_server, False)):
            if direction is not None:
                yield from self._events(from_client, direction.flush())

    @property
    def over(self) -> bool:
        """Tell whether nothing more is expected of this connection."""
        return self.closed is not None or bool(self.resets)

    def begins_anew(self, packet: Packet, segment: TcpSegment) -> bool:
        """Tell whether a packet opens another connection between the same endpoints."""
        if segment.flags & (_SYN | _ACK) != _SYN:
            return False
        from_client = packet.source == self.client.address and segment.source_port == self.client.port
        if from_client:
            return self.client_isn != segment.seq
        simultaneous = self.syn_count > 0 and self.established is None and self.server_isn in (None, segment.seq)
        return not simultaneous

    def sighting(self) -> Sighting:
        """Give the record of the connection."""
        server = self.from_server or Direction()
        return Sighting(
            serial=self.serial,
            vantage=self.vantage,
            client=self.client,
            server=self.server,
            roles_known=self.roles_known,
            outcome=outcome_of(self),
            opened=self.opened,
            last=self.last,
            closed=self.closed or self._closing_reset(),
            from_client=self.from_client.half(),
            from_server=server.half(),
            reply_source=self.reply_source,
            client_isn=self.client_isn,
            server_isn=self.server_isn,
            client_ts=self.client_ts,
            syns=self.syns,
            syn_count=self.syn_count,
            syn_acks=self.syn_acks,
            syn_ack_count=self.syn_ack_count,
            established=self.established,
            resets=self.resets,
            data_after_reset=self.data_after_reset,
            rejections=self.rejections,
        )

    def _closing_reset(self) -> Mark | None:
        reset = next((r for r in self.resets if r.acceptable), None)
        return Mark(reset.at, reset.frame) if reset else None

    def _directions(self, from_client: bool) -> tuple[Direction, Direction]:
        if self.from_server is None:
            self.from_server = Direction()
        return (self.from_client, self.from_server) if from_client else (self.from_server, self.from_client)

    def _synchronise(self, packet: Packet, segment: TcpSegment, from_client: bool) -> None:
        self.roles_known = True
        mark = SegmentMark(packet.at, packet.number, packet.ttl, packet.ip_id)
        if from_client:
            self.syn_count += 1
            if len(self.syns) < KEPT_FRAMES:
                self.syns += (mark,)
            if self.client_isn is None:
                self.client_isn, self.client_ts = segment.seq, segment.ts_value
            return
        self.syn_ack_count += 1
        if len(self.syn_acks) < KEPT_FRAMES:
            self.syn_acks += (mark,)
        if self.server_isn != segment.seq and self.established is None:
            self.server_isn = segment.seq
            if self.from_server is not None and self.from_server.sending is not None:
                self.from_server.restart(segment.seq + 1)
        if self.client_isn is None and segment.flags & _ACK:
            self.client_isn = (segment.ack - 1) % MODULUS

    def _note_handshake(self, segment: TcpSegment, from_client: bool, mark: Mark) -> None:
        """The client's first acknowledgement completes the handshake, also where the SYN-ACK itself was not seen."""
        if self.established is not None or not from_client or segment.flags & _SYN or not self.roles_known:
            return
        if self.server_isn is None or segment.ack != self.server_isn:
            self.established = mark

    def _note_data_after_reset(self, segment: TcpSegment, from_client: bool, mark: Mark) -> None:
        sender = self._directions(from_client)[0]
        reset = any(r.from_client == from_client and not r.answers_closed for r in self.resets)
        if reset and self.data_after_reset is None and segment.length and sender.is_new(segment):
            self.data_after_reset = mark

    def _reset(self, packet: Packet, segment: TcpSegment, from_client: bool) -> None:
        sender, receiver = self._directions(from_client)
        answers_syn = bool(
            not from_client
            and segment.flags & _ACK
            and self.client_isn is not None
            and segment.ack == (self.client_isn + 1) % MODULUS
        )
        expected = (
            answers_syn if sender.sending is None and self.client_isn is not None else sender.expects(segment.seq)
        )
        reset = Reset(
            at=packet.at,
            frame=packet.number,
            from_client=from_client,
            ttl=packet.ttl,
            ip_id=packet.ip_id,
            window=segment.window,
            acceptable=expected or (answers_syn and self.established is None),
            answers_closed=sender.fin is not None or any(r.from_client == from_client for r in self.resets),
        )
        del receiver
        if len(self.resets) < KEPT_FRAMES:
            self.resets += (reset,)

    def _events(self, from_client: bool, pieces: Iterator[Piece | Hole]) -> Iterator[FlowEvent]:
        for piece in pieces:
            if isinstance(piece, Piece):
                yield StreamOctets(self.serial, from_client, piece.at, piece.frame, piece.octets)
            else:
                yield StreamGap(self.serial, from_client, piece.at, piece.frame, piece.length)
