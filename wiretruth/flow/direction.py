"""One direction of a connection: who sends, what was seen of it, and what came of it."""

from collections.abc import Iterator

from wiretruth.flow.reassembly import Hole, Piece, Reassembly
from wiretruth.flow.sending import Sending
from wiretruth.flow.serial import unwrap
from wiretruth.model.frames import Mark
from wiretruth.model.packet import Packet, TcpFlag, TcpSegment
from wiretruth.model.sighting import HalfStream

MAX_TTLS = 8
"""Different TTLs remembered of one direction: a route that changes shows two or three."""

FARTHEST_AHEAD = 1 << 26
"""Sequence numbers farther than this from everything seen are not believed: 64 MiB is a long outage of a capture, and
less than a crafted number would claim."""

_SYN, _FIN, _RST = int(TcpFlag.SYN), int(TcpFlag.FIN), int(TcpFlag.RST)


class Direction:
    """Everything that one side sent, in unwrapped sequence numbers."""

    __slots__ = (
        "_fragmentable",
        "_reassembly",
        "_ttls",
        "duplicates",
        "fin",
        "first",
        "first_data",
        "last",
        "last_data",
        "mss",
        "out_of_order",
        "packets",
        "sending",
        "zero_window",
    )

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
        self.sending: Sending | None = None
        self._reassembly: Reassembly | None = None
        self._ttls: dict[int, int] = {}
        self._fragmentable = False

    def see(self, packet: Packet, segment: TcpSegment, mark: Mark) -> None:
        """Note what every packet tells: its time, its TTL, its window, and where the stream stands."""
        self.packets += 1
        self.first = self.first or mark
        self.last = mark
        if segment.flags & _RST:
            return
        if packet.ttl in self._ttls or len(self._ttls) < MAX_TTLS:
            self._ttls[packet.ttl] = self._ttls.get(packet.ttl, 0) + 1
        if segment.flags & _SYN:
            self.mss = segment.mss
        else:
            self.zero_window = None if segment.window else mark
        if self.sending is None:
            self._begin(segment.seq + bool(segment.flags & _SYN))

    def _begin(self, first: int) -> None:
        self.sending = Sending(first)
        self._reassembly = Reassembly(first)

    def restart(self, first: int) -> None:
        """Begin the stream anew: the packets before belonged to no handshake that counts."""
        self._begin(first)

    def carries(self, segment: TcpSegment) -> bool:
        """Tell whether a segment takes sequence numbers, keep-alives left out (RFC 9293 §3.8.4)."""
        if not (segment.length or segment.flags & _FIN):
            return False
        sending = self.sending
        if sending is None or segment.length > 1 or segment.flags & (_SYN | _FIN):
            return True
        start = unwrap(segment.seq, sending.highest)
        return not sending.first <= start == sending.highest - 1

    def send(self, packet: Packet, segment: TcpSegment, peer_mss: int | None, mark: Mark) -> Iterator[Piece | Hole]:
        """Take the octets and the FIN of a segment; give what is now in order."""
        sending, reassembly = self.sending, self._reassembly
        if sending is None or reassembly is None:
            return
        start = unwrap(segment.seq + bool(segment.flags & _SYN), sending.highest)
        end = start + segment.length
        if abs(start - sending.highest) > FARTHEST_AHEAD:
            return
        fin = bool(segment.flags & _FIN)
        if fin:
            self.fin = self.fin or mark
            sending.fin = end
        size = _wire_size(packet, segment, peer_mss)
        if start < sending.highest and reassembly.new_octets(start, min(end, sending.highest)):
            self.out_of_order += 1
            sending.fill(start, end, size, mark)
            sending.highest = max(sending.highest, end)
        else:
            sending.send(start, end + fin, size, mark)
        if segment.length:
            self._fragmentable |= not packet.dont_fragment
            self.first_data = self.first_data or mark
            self.last_data = mark
            yield from reassembly.put(Piece(start, end, segment.payload, mark.at, mark.frame))

    def is_new(self, segment: TcpSegment) -> bool:
        """Tell whether a segment holds octets that were not sent before."""
        sending = self.sending
        return sending is None or unwrap(segment.seq, sending.highest) + segment.length > sending.highest

    def acknowledge(self, segment: TcpSegment) -> None:
        """Note what the other side's segment acknowledges of this direction."""
        sending, reassembly = self.sending, self._reassembly
        if sending is None or reassembly is None:
            return
        number = unwrap(segment.ack, sending.highest)
        if number > sending.highest + FARTHEST_AHEAD:
            return
        blocks = [(unwrap(a, sending.highest), unwrap(b, sending.highest)) for a, b in segment.sack]
        sending.acknowledge(number, blocks)
        reassembly.acknowledge(number if sending.fin is None else min(number, sending.fin))

    def pass_packet(self, mark: Mark) -> Iterator[Piece | Hole]:
        """Note that a packet of the connection passed."""
        if self._reassembly is not None:
            yield from self._reassembly.pass_packet(mark.at, mark.frame)

    def flush(self) -> Iterator[Piece | Hole]:
        """Give what waits behind holes: nothing more will come."""
        if self._reassembly is not None and self.last is not None:
            yield from self._reassembly.flush(self.last.at, self.last.frame)

    @property
    def closed(self) -> bool:
        """Tell whether the FIN was sent and acknowledged."""
        sending = self.sending
        return self.fin is not None and sending is not None and sending.acknowledged >= sending.highest

    def expects(self, number: int) -> bool:
        """Tell whether *number* is a sequence number with which this side may go on: unacknowledged or next."""
        sending = self.sending
        if sending is None:
            return True
        return sending.acknowledged <= unwrap(number, sending.highest) <= sending.highest

    def half(self) -> HalfStream:
        """Give the record of this direction."""
        sending, reassembly = self.sending, self._reassembly
        dont_fragment = self.first_data is not None and not self._fragmentable
        return HalfStream(
            packets=self.packets,
            octets=reassembly.octets if reassembly else 0,
            missing_octets=reassembly.missing if reassembly else 0,
            retransmitted=sending.retransmitted if sending else 0,
            out_of_order=self.out_of_order,
            duplicates=self.duplicates,
            conflicting_octets=reassembly.conflicts if reassembly else 0,
            first=self.first,
            last=self.last,
            first_data=self.first_data,
            last_data=self.last_data,
            fin=self.fin,
            ttl=max(self._ttls, key=lambda ttl: (self._ttls[ttl], ttl), default=None),
            ttls=tuple(sorted(self._ttls)),
            mss=self.mss,
            largest_acknowledged=sending.largest if sending else 0,
            acknowledged_octets=_payload_acknowledged(sending) if sending else 0,
            zero_window=self.zero_window,
            unacknowledged=sending.unacknowledged(dont_fragment) if sending else None,
            dont_fragment=dont_fragment,
        )


def _payload_acknowledged(sending: Sending) -> int:
    fin = sending.fin is not None and sending.acknowledged > sending.fin and sending.octets > 0
    return sending.octets - fin


_IPV4_AND_TCP, _IPV6_AND_TCP = 40, 60


def _wire_size(packet: Packet, segment: TcpSegment, peer_mss: int | None) -> int:
    """IP total length as it crossed the wire: segmentation offload shows many segments as one (physics: captured before)."""
    if not peer_mss or not segment.length:
        return packet.ip_length
    headers = _IPV6_AND_TCP if packet.ip_id is None else _IPV4_AND_TCP
    return min(packet.ip_length, peer_mss + headers)
