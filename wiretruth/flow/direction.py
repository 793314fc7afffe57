"""One direction of a connection: who sends, what was seen of it, and what came of it."""

from collections.abc import Sequence

from wiretruth.flow.once import once
from wiretruth.flow.reassembly import Delivery, Piece, Reassembly
from wiretruth.flow.sending import Sending
from wiretruth.flow.serial import MODULUS, distance, unwrap
from wiretruth.flow.wire_size import wire_size, wire_sizes
from wiretruth.model.frames import Mark
from wiretruth.model.packet import Packet, TcpFlag, TcpSegment
from wiretruth.model.sighting import HalfStream, moments

MAX_TTLS = 8
"""Different TTLs remembered of one direction: a route that changes shows two or three."""

FARTHEST_AHEAD = 1 << 26
"""Sequence numbers farther than this from everything seen are not believed: 64 MiB is a long outage of a capture, and
less than a crafted number would claim."""

UNSEEN = HalfStream()
"""A direction of which no packet was seen."""

_SYN, _FIN, _RST = int(TcpFlag.SYN), int(TcpFlag.FIN), int(TcpFlag.RST)


class Direction:
    """Everything that one side sent, in unwrapped sequence numbers."""

    __slots__ = (
        "_begin", "_fragmentable", "_reassembly", "_sending", "_ttl", "_ttl_seen", "_ttls", "duplicates", "fin", "first",
        "first_data", "last", "last_data", "mss", "out_of_order", "packets", "zero_window",
    )  # fmt: skip

    def __init__(self) -> None:
        self.packets = 0
        self.duplicates = 0
        self.out_of_order = 0
        self.first: Mark | None = None
        self.last: Mark | None = None
        self.first_data: Mark | None = None
        self.last_data: Mark | None = None
        self.fin: Mark | None = None
        self.mss: int | None = None
        self.zero_window: Mark | None = None
        self._begin: int | None = None
        self._sending: Sending | None = None
        self._reassembly: Reassembly | None = None
        self._ttl: int | None = None
        self._ttl_seen = 0
        self._ttls: dict[int, int] | None = None
        """Where more than one was seen."""
        self._fragmentable = False

    def count(self, mark: Mark) -> None:
        """Count a packet."""
        self.packets += 1
        if self.first is None:
            self.first = mark
        self.last = mark

    def see(self, packet: Packet, segment: TcpSegment, mark: Mark) -> None:
        """Note what every packet but a reset tells: its time, its TTL, its window, and where the stream stands."""
        self.packets += 1
        if self.first is None:
            self.first = mark
        self.last = mark
        self.see_ttl(packet.ttl)
        syn = segment.flags & _SYN
        if syn:
            self.mss = segment.mss
        elif segment.window:
            self.zero_window = None
        elif self.zero_window is None:
            self.zero_window = mark
        if self._begin is None:
            self._begin = segment.seq + bool(syn)

    def see_ttl(self, ttl: int, count: int = 1) -> None:
        """Note the TTL of packets."""
        if self._ttls is None:
            if self._ttl is None:
                self._ttl = ttl
            if ttl == self._ttl:
                self._ttl_seen += count
                return
            self._ttls = {self._ttl: self._ttl_seen}
        if ttl in self._ttls or len(self._ttls) < MAX_TTLS:
            self._ttls[ttl] = self._ttls.get(ttl, 0) + count

    def see_plain(self, count: int, last: Mark) -> None:
        """Note packets with an open window, all but their TTL."""
        self.packets += count
        self.last = last
        self.zero_window = None

    def see_bare(self, ttl: int, mark: Mark) -> None:
        """Note a packet with an open window that opens nothing."""
        if self.first is None:
            self.first = mark
        self.see_plain(1, mark)
        self.see_ttl(ttl)

    def see_octets(self, first: Mark, last: Mark, *, fragmentable: bool) -> None:
        """Note packets with octets."""
        self.last_data = last
        if self.first_data is None:
            self.first_data = first
        if fragmentable:
            self._fragmentable = True

    def begin(self, first: int) -> None:
        """Begin the stream, or begin it anew: what went before belonged to no handshake that counts."""
        self._begin = first
        self._sending = self._reassembly = None

    def went_on(self, sending: Sending, reassembly: Reassembly) -> None:
        """Go on from where both halves of the books stand."""
        self._begin = sending.first
        self._sending, self._reassembly = sending, reassembly

    @property
    def begun(self) -> bool:
        """Tell whether it is known where the stream begins."""
        return self._begin is not None

    def streams(self) -> tuple[Sending, Reassembly]:
        """Give both halves of the books; they are opened when the first octet or acknowledgement asks for them."""
        if self._sending is None or self._reassembly is None:
            first = self._begin or 0
            self._sending, self._reassembly = Sending(first), Reassembly(first)
        return self._sending, self._reassembly

    @property
    def flows(self) -> bool:
        """Tell whether the stream has begun, does not end, and lacks nothing."""
        if self._begin is None or self.fin is not None:
            return False
        sending, reassembly = self.streams()
        settled = sending.fin is None and 0 <= sending.highest - sending.acknowledged < FARTHEST_AHEAD
        return settled and reassembly.stands_at(sending.highest)

    def wire_numbers(self) -> tuple[int, int]:
        """Give the sequence number of the next octet, and the one that was acknowledged, as on the wire."""
        sending = self.streams()[0]
        return sending.highest % MODULUS, sending.acknowledged % MODULUS

    def wire_sizes(self, sizes: list[int], peer_mss: int | None, version: int) -> list[int]:
        """Give how large packets with octets were on the wire, from their sizes as captured."""
        return wire_sizes(sizes, self.mss, peer_mss, version)

    def place(self, number: int) -> int | None:
        """Give a sequence number unwrapped; ``None`` where the stream has not begun."""
        return None if self._begin is None else unwrap(number, self.streams()[0].highest)

    def continues(self, number: int) -> bool:
        """Tell whether octets at a sequence number are the very next ones."""
        if self._sending is None:
            return self._begin is not None and distance(number, self._begin) == 0
        return distance(number, self._sending.highest) == 0

    def is_news(self, number: int) -> bool:
        """Tell whether an acknowledgement is of octets that were seen, and the first one of them."""
        sending = self._sending
        return sending is not None and sending.acknowledged < unwrap(number, sending.highest) <= sending.highest

    def has_sent(self, number: int) -> bool:
        """Tell whether an acknowledgement is of nothing that was not seen, nor of a stream that has not begun."""
        if self._begin is None:
            return False
        highest = self._begin if self._sending is None else self._sending.highest
        return (highest - number) % MODULUS <= MODULUS // 2

    def may_end(self, number: int) -> bool:
        """Tell whether a FIN at a sequence number ends the stream for the first time, and behind all that was sent."""
        return self.fin is None and (self._sending is None or self._sending.fin is None) and self.continues(number)

    def finish(self, headers: int, mark: Mark) -> None:
        """Note a FIN of which this was told, in a packet of headers alone."""
        sending, reassembly = self.streams()
        end = sending.highest
        self.fin = mark
        sending.fin = end
        reassembly.finish(end)
        sending.headers = headers
        sending.send(end, end + 1, headers, mark)

    def is_keep_alive(self, segment: TcpSegment) -> bool:
        """Tell whether a segment only repeats the last octet, which was acknowledged (RFC 9293 §3.8.4)."""
        if segment.length > 1 or segment.flags & (_SYN | _FIN) or self._sending is None:
            return False
        sending = self._sending
        start = unwrap(segment.seq, sending.highest)
        return sending.first <= start == sending.highest - 1 < sending.acknowledged

    def send(self, packet: Packet, segment: TcpSegment, peer_mss: int | None, mark: Mark) -> Delivery:
        """Take the octets and the FIN of a segment; give what is now in order."""
        sending, reassembly = self.streams()
        length = segment.length
        start = unwrap(segment.seq + bool(segment.flags & _SYN), sending.highest)
        end = start + length
        if abs(start - sending.highest) > FARTHEST_AHEAD:
            return ()
        if sending.fin is not None and length and end > sending.fin:
            if start > sending.fin:
                return ()
            # Octets where a FIN was: it was not this side's, or the receiver never took it.
            self.fin = sending.fin = None
            reassembly.finish(None)
        fin = segment.flags & _FIN
        if fin and (sending.fin is None or end > sending.fin):
            self.fin = self.fin or mark
            sending.fin = end
            reassembly.finish(end)
        sending.headers = packet.ip_length - length
        size = wire_size(packet, segment, self.mss, peer_mss)
        if start < sending.highest and reassembly.new_octets(start, min(end, sending.highest)):
            self.out_of_order += 1
            sending.fill(start, end + bool(fin), size, mark)
        else:
            sending.send(start, end + bool(fin), size, mark)
        return self._octets(packet, Piece(start, end, segment.payload[:length], *mark)) if length else ()

    def _octets(self, packet: Packet, piece: Piece) -> Delivery:
        self.see_octets(Mark(piece.at, piece.frame), Mark(piece.at, piece.frame), fragmentable=not packet.dont_fragment)
        reassembly = self.streams()[1]
        return (piece,) if reassembly.take(piece.start, piece.end, piece.octets) else reassembly.put(piece)

    def end_of_new(self, segment: TcpSegment) -> int | None:
        """Give where a segment's octets end (unwrapped) if it holds octets that were not sent before."""
        if not segment.length:
            return None
        highest = self.streams()[0].highest
        end = unwrap(segment.seq, highest) + segment.length
        return end if end > highest else None

    def acknowledge(self, on_wire: int, sack: Sequence[tuple[int, int]] = ()) -> bool:
        """Note what the other side acknowledges of this direction; tell whether some of it was not seen.

        Args:
            on_wire: the acknowledgement as on the wire.
            sack: blocks beyond it, as on the wire.
        """
        if self._begin is None:
            return False
        sending, reassembly = self.streams()
        highest = sending.highest
        number = unwrap(on_wire, highest)
        if sack and number <= highest + FARTHEST_AHEAD:
            sending.acknowledge(number, [(unwrap(a, highest), unwrap(b, highest)) for a, b in sack])
            reassembly.acknowledge(number)
        elif sending.acknowledged < number <= highest + FARTHEST_AHEAD:
            sending.acknowledge(number)
            reassembly.acknowledge(number)
        return reassembly.lacks

    @property
    def lacks(self) -> bool:
        """Tell whether octets were acknowledged that were not seen."""
        return self._reassembly is not None and self._reassembly.lacks

    def pass_packet(self, mark: Mark) -> Delivery:
        """Note that a packet of the connection passed."""
        return self._reassembly.pass_packet(*mark) if self._reassembly is not None and self.packets else ()

    def flush(self, mark: Mark) -> Delivery:
        """Give what waits behind holes: nothing more will come. A side never seen has lost nothing: it passes elsewhere."""
        return self._reassembly.flush(*mark) if self._reassembly is not None and self.packets else ()

    @property
    def sent(self) -> int:
        """Sequence numbers sent since the stream began, as far as was seen."""
        return self._sending.highest - self._sending.first if self._sending is not None else 0

    @property
    def closed(self) -> bool:
        """Tell whether the FIN was sent and acknowledged."""
        sending = self._sending
        return sending is not None and sending.fin is not None and sending.acknowledged > sending.fin

    def expects(self, number: int) -> bool:
        """Tell whether *number* is a sequence number with which this side may go on: unacknowledged or next."""
        if self._begin is None:
            return True
        sending = self.streams()[0]
        farthest = max(sending.highest, sending.acknowledged)
        return sending.acknowledged <= unwrap(number, sending.highest) <= farthest

    def half(self) -> HalfStream:
        """Give the record of this direction."""
        sending, reassembly = self._sending, self._reassembly
        ttls = self._ttls or ({} if self._ttl is None else {self._ttl: self._ttl_seen})
        dont_fragment = self.first_data is not None and not self._fragmentable
        return HalfStream(
            packets=self.packets,
            octets=reassembly.octets if reassembly else 0,
            missing_octets=reassembly.missing if reassembly else 0,
            cut_octets=reassembly.cut if reassembly else 0,
            retransmitted=sending.retransmitted if sending else 0,
            resent=sending.resent if sending else (),
            out_of_order=self.out_of_order,
            duplicates=self.duplicates,
            conflicting_octets=reassembly.conflicts if reassembly else 0,
            moments=moments(self.first, self.last, self.first_data, self.last_data, self.fin),
            ttl=max(ttls, key=lambda ttl: (ttls[ttl], ttl), default=None),
            ttls=once(tuple(sorted(ttls))),
            mss=once(self.mss),
            largest_acknowledged=once(sending.largest) if sending else 0,
            acknowledged_octets=_payload_acknowledged(sending) if sending else 0,
            zero_window=self.zero_window,
            unacknowledged=sending.unacknowledged(dont_fragment) if sending else None,
            dont_fragment=dont_fragment,
        )


def _payload_acknowledged(sending: Sending) -> int:
    fin = sending.fin is not None and sending.acknowledged > sending.fin and sending.octets > 0
    return sending.octets - fin
