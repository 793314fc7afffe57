"""One TCP connection as one vantage saw it, and the events that lead there."""

import enum
from collections.abc import Iterator
from dataclasses import dataclass
from struct import Struct
from typing import NamedTuple

from wiretruth.model.frames import Mark
from wiretruth.model.packet import Endpoint


class Outcome(enum.StrEnum):
    """How a connection fared, by what was seen of it (values are public: the JSON report)."""

    ESTABLISHED = "established"
    """The handshake was completed and no reset ended it."""
    REFUSED = "refused"
    """A reset answered the SYN."""
    REJECTED = "rejected"
    """An ICMP error answered the SYN."""
    UNANSWERED = "unanswered"
    """SYNs, and nothing back."""
    RESET = "reset"
    """A reset ended an established connection."""
    HALF_OPEN = "half-open"
    """A SYN-ACK came, and the client never acknowledged it."""
    MIDSTREAM = "midstream"
    """The capture began after the handshake, or did not see the client's SYN."""


class SegmentMark(NamedTuple):
    """A segment that is worth keeping: when, where, and the marks that tell who made it."""

    at: int
    frame: int
    ttl: int
    ip_id: int | None
    window: int | None = None
    """As on the wire, not scaled."""


class Reset(NamedTuple):
    """An RST segment and what speaks for or against its being the peer's."""

    at: int
    frame: int
    from_client: bool
    """By its source address; who really sent it is for the rules to weigh."""
    ttl: int
    ip_id: int | None
    window: int
    acceptable: bool
    """Its sequence number is exactly the next one expected (RFC 9293 §3.10.7.4), or it acknowledges the SYN."""
    answers_closed: bool
    """It answers octets sent after its sender had closed (FIN or RST before): a stack's ordinary manner."""


class Rejection(NamedTuple):
    """An ICMP or ICMPv6 error that quotes a packet of this exchange."""

    at: int
    frame: int
    sender: str
    """Address of the hop that sent the error."""
    version: int
    """4 for ICMP, 6 for ICMPv6."""
    type: int
    code: int
    mtu: int | None
    quoted_source: Endpoint
    quoted_destination: Endpoint
    quoted_ttl: int
    of_syn: bool
    """The quoted packet is the SYN."""
    quoted_id: int | None = None
    """IP identification of the quoted packet; ``None`` in IPv6."""


class Unacknowledged(NamedTuple):
    """What one side had sent, and the other had not acknowledged, when the vantage last saw the connection."""

    octets: int
    """Payload octets from the oldest unacknowledged one to the newest sent."""
    first: Mark
    """First sending of the oldest unacknowledged segment."""
    last: Mark
    """Last sending of it."""
    sendings: int
    """How often the oldest unacknowledged segment was sent."""
    frames: tuple[int, ...]
    """Frames of those sendings, at most :data:`KEPT_FRAMES`."""
    smallest: int
    """IP total length of the smallest segment among those sent at least twice and not acknowledged (0: only a FIN)."""
    dont_fragment: bool
    fin_only: bool
    """Only the FIN is outstanding."""
    marks: tuple[Mark, ...] = ()
    """When and in which frame it was sent each time, at most :data:`KEPT_FRAMES`."""


KEPT_FRAMES = 16
"""Frames kept of any repeated thing (SYNs, retransmissions); beyond it only the count grows."""


@dataclass(frozen=True, slots=True)
class HalfStream:
    """One direction of a connection, named by its sender."""

    packets: int = 0
    """Packets of this direction seen, pure acknowledgements included, second sightings of one packet not."""
    octets: int = 0
    """Octets of the stream that were delivered in order."""
    missing_octets: int = 0
    """Octets that the receiver acknowledged and this vantage never saw, or saw cut: the capture's own loss."""
    retransmitted: int = 0
    """Segments sent again."""
    out_of_order: int = 0
    """Segments that arrived behind their successors and had not been seen before."""
    duplicates: int = 0
    """Packets captured a second time (same IP identification, same octets): not retransmissions."""
    conflicting_octets: int = 0
    """Octets of overlapping segments that differed; the first ones seen were used."""
    moments: bytes = b""
    """When what was first and last, see :func:`moments`: a run keeps millions of them, and few are asked for."""
    ttl: int | None = None
    """The most frequent TTL of this direction, resets not counted."""
    ttls: tuple[int, ...] = ()
    """Every TTL of this direction, resets not counted, ascending; at most 8."""
    mss: int | None = None
    """Announced by this side in its SYN."""
    largest_acknowledged: int = 0
    """IP total length of the largest segment of this side that was acknowledged (as one wire packet: at most MSS)."""
    acknowledged_octets: int = 0
    """Payload octets of this side that the other acknowledged."""
    zero_window: Mark | None = None
    """The last time this side closed its receive window, if it never opened it again."""
    unacknowledged: Unacknowledged | None = None
    dont_fragment: bool = False
    """Every data segment had the don't-fragment flag (always so in IPv6)."""
    cut_octets: int = 0
    """Octets among the missing whose segments were seen, and kept only in part: the snap length's doing, and no loss."""
    resent: tuple[Mark, ...] = ()
    """The first of the segments that were sent again, at most :data:`KEPT_FRAMES`."""

    @property
    def first(self) -> Mark | None:
        """The first packet."""
        return _moment(self.moments, 0)

    @property
    def last(self) -> Mark | None:
        """The last packet."""
        return _moment(self.moments, 1)

    @property
    def first_data(self) -> Mark | None:
        """The first packet with octets."""
        return _moment(self.moments, 2)

    @property
    def last_data(self) -> Mark | None:
        """The last packet with octets."""
        return _moment(self.moments, 3)

    @property
    def fin(self) -> Mark | None:
        """The first FIN."""
        return _moment(self.moments, 4)


_NEVER = Mark(0, -1)
_MOMENT, _MOMENTS = Struct("<qq"), Struct("<10q")


def moments(
    first: Mark | None = None,
    last: Mark | None = None,
    first_data: Mark | None = None,
    last_data: Mark | None = None,
    fin: Mark | None = None,
) -> bytes:
    """Pack what the properties of a :class:`HalfStream` give under these names."""
    return _MOMENTS.pack(
        *(first or _NEVER), *(last or _NEVER), *(first_data or _NEVER), *(last_data or _NEVER), *(fin or _NEVER)
    )


def _moment(packed: bytes, place: int) -> Mark | None:
    mark = Mark(*_MOMENT.unpack_from(packed, place * _MOMENT.size)) if packed else _NEVER
    return None if mark == _NEVER else mark


@dataclass(frozen=True, slots=True)
class Sighting:
    """One TCP connection at one vantage, complete. Ports and addresses are as seen there."""

    serial: int
    """Counts sightings in the order of their first packet, over the whole run."""
    vantage: str
    client: Endpoint
    """Sender of the SYN; guessed from ports where no handshake was seen (see ``roles_known``)."""
    server: Endpoint
    roles_known: bool
    """A SYN or SYN-ACK told who the client is."""
    outcome: Outcome
    opened: Mark
    """First packet."""
    last: Mark
    """Last packet."""
    closed: Mark | None
    """Both FINs acknowledged, or a reset that ended it."""
    from_client: HalfStream
    from_server: HalfStream
    reply_source: Endpoint | None = None
    """Where the SYN-ACK came from, when that is not ``server`` (the ISN it acknowledges ties the pair)."""
    client_isn: int | None = None
    server_isn: int | None = None
    client_ts: int | None = None
    """TSval of the first SYN."""
    syns: tuple[SegmentMark, ...] = ()
    """At most :data:`KEPT_FRAMES`."""
    syn_count: int = 0
    """How often the SYN was sent."""
    syn_acks: tuple[SegmentMark, ...] = ()
    syn_ack_count: int = 0
    established: Mark | None = None
    """The client's acknowledgement of the SYN-ACK."""
    resets: tuple[Reset, ...] = ()
    """At most :data:`KEPT_FRAMES`."""
    data_after_reset: Mark | None = None
    """The first new octets that a side sent although a reset in its name had been seen before."""
    rejections: tuple[Rejection, ...] = ()
    """At most :data:`KEPT_FRAMES`."""
    followed: bool = True
    """Its octets were read. Otherwise only SYN, FIN and RST were looked at: ``established`` is then the SYN-ACK, and that
    no octets were seen says nothing."""

    def half(self, client: bool) -> HalfStream:
        """Give the direction of the client (``True``) or of the server."""
        return self.from_client if client else self.from_server


class Opened(NamedTuple):
    """A vantage saw the first packet of a connection."""

    serial: int
    vantage: str
    client: Endpoint
    server: Endpoint
    at: int
    frame: int


class StreamOctets(NamedTuple):
    """The next octets of one direction, in order, each delivered once."""

    serial: int
    from_client: bool
    at: int
    """When the frame that completed them was seen."""
    frame: int
    octets: bytes


class StreamRun(NamedTuple):
    """The next octets of one direction that came in several segments, nothing of the other direction between them.

    It says the same as one :class:`StreamOctets` for each segment; where runs begin and end has no meaning.
    """

    serial: int
    from_client: bool
    octets: bytes
    ends: list[int]
    """Where each segment ends in :attr:`octets`."""
    marks: list[Mark]
    """When and in which frame each was seen."""

    def each(self) -> Iterator[StreamOctets]:
        """Give the segments one by one."""
        start = 0
        for end, mark in zip(self.ends, self.marks, strict=True):
            yield StreamOctets(self.serial, self.from_client, mark.at, mark.frame, self.octets[start:end])
            start = end


class StreamGap(NamedTuple):
    """Octets of one direction that this capture will never deliver."""

    serial: int
    from_client: bool
    at: int
    frame: int
    length: int


class Finished(NamedTuple):
    """The sighting is complete: closed, expired, evicted, or the capture ended."""

    sighting: Sighting


FlowEvent = Opened | StreamOctets | StreamRun | StreamGap | Finished
