"""Connections that were followed in columns, as they would be had they been followed packet by packet.

Of such a connection every octet came once and in order, every acknowledgement was of whole segments, nothing else was seen;
so a few numbers say all that ``Conversation`` would know of it.
"""

from typing import NamedTuple

from wiretruth.flow.conversation import Conversation
from wiretruth.flow.direction import Direction
from wiretruth.flow.reassembly import Reassembly
from wiretruth.flow.sending import Sending
from wiretruth.model.frames import Mark
from wiretruth.model.packet import Endpoint
from wiretruth.model.sighting import SegmentMark


class Side(NamedTuple):
    """What one end did."""

    isn: int
    sent: int
    """Numbers sent since the initial one, SYN and FIN among them."""
    acknowledged: int
    packets: int
    mss: int | None
    ttl: int
    headers: int
    """Octets of the headers of what took numbers."""
    largest: int
    """IP total length of the largest segment that was acknowledged."""
    ip_id: int | None
    """Of its SYN, as is the window."""
    window: int
    fragmentable: bool
    fin: bool
    marks: tuple[Mark | None, ...]
    """First and last packet, first and last with octets, the FIN."""
    under_way: tuple[tuple[int, int, Mark], ...]
    """Where segments end that are not acknowledged, their sizes, and when they were seen."""
    recalled: bytes
    """The last segment with octets."""


class Steady(NamedTuple):
    """One connection."""

    serial: int
    vantage: str
    client: Endpoint
    server: Endpoint
    client_ts: int | None
    established: Mark | None
    from_client: Side
    from_server: Side
    recent: bytes
    """Fingerprints of its packets, as ``flow.recent`` has them."""


def resumed(known: Steady) -> Conversation:
    """Give the connection as one that is followed packet by packet."""
    client, server = known.from_client, known.from_server
    opened, last = client.marks[0], _later(client.marks[1], server.marks[1])
    if opened is None or last is None:
        raise ValueError(known)
    conversation = Conversation(known.serial, known.vantage, known.client, known.server, opened)
    conversation.roles_known = True
    conversation.last = last
    conversation.established = known.established
    conversation.client_isn, conversation.client_ts = client.isn, known.client_ts
    conversation.from_client = _direction(client)
    conversation.syns, conversation.syn_count = (_opening(client, opened),), 1
    answered = server.marks[0]
    if answered is not None:
        conversation.server_isn = server.isn
        conversation.from_server = _direction(server)
        conversation.syn_acks, conversation.syn_ack_count = (_opening(server, answered),), 1
        conversation.note_closing(last)
    conversation.recent.extend(known.recent)
    return conversation


def _later(one: Mark | None, other: Mark | None) -> Mark | None:
    return max((mark for mark in (one, other) if mark is not None), key=lambda mark: mark.frame, default=None)


def _opening(side: Side, mark: Mark) -> SegmentMark:
    return SegmentMark(mark.at, mark.frame, side.ttl, side.ip_id, side.window)


def _direction(side: Side) -> Direction:
    first = side.isn + 1
    sending, reassembly = Sending(first), Reassembly(first)
    octets = side.sent - 1 - side.fin
    if side.fin:
        sending.fin = first + octets
        reassembly.finish(sending.fin)
    sending.headers, sending.largest = side.headers, side.largest
    sending.went_on(side.sent - 1, side.acknowledged - 1, [(side.isn + e, s, m) for e, s, m in side.under_way])
    reassembly.took(octets, memoryview(side.recalled))
    reassembly.acknowledge(sending.acknowledged)
    direction = Direction()
    direction.went_on(sending, reassembly)
    direction.packets, direction.mss = side.packets, side.mss
    direction.first, direction.last, direction.first_data, direction.last_data, direction.fin = side.marks
    direction.see_ttl(side.ttl, side.packets)
    if side.fragmentable and direction.first_data and direction.last_data:
        direction.see_octets(direction.first_data, direction.last_data, fragmentable=True)
    return direction
