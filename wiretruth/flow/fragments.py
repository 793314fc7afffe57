"""Fragments in, whole datagrams out (RFC 791 §3.2, RFC 8200 §4.5).

Where fragments of an IPv4 datagram overlap, the octets that came first are kept and a contradiction is counted; an IPv6
datagram whose fragments overlap is discarded (RFC 5722). What was delivered or discarded is remembered until its time
runs out, so that copies of its fragments, as mirror ports make them, do not begin another datagram.
"""

import enum
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from wiretruth.model.frames import NANOSECONDS
from wiretruth.model.packet import Fragment, Packet

IPV4_LIFETIME = 30 * NANOSECONDS
"""What Linux waits after the first fragment; RFC 791 left it open, and identifications come round again soon."""
IPV6_LIFETIME = 60 * NANOSECONDS
"""RFC 8200 §4.5."""

MAX_PAYLOAD = 65535
"""Octets that an IP header can measure; fragments beyond are the "ping of death"."""

_UNIT = 8
"""Fragments begin at multiples of eight octets."""
_OVERHEAD = 128
"""What a piece, or a datagram, costs besides its octets: tiny pieces are no bargain."""


MAX_DATAGRAMS = 4096
"""Datagrams kept at once: fragments are rare in DNS and SMTP, more of them are an attack, and the oldest goes first."""
MAX_OCTETS = 16 << 20
"""Octets kept of all datagrams, with what each piece costs besides; Linux takes 4 MiB."""
MAX_PIECES = 256
"""Pieces of one datagram: the longest, in fragments of the 576 octets that every host must take, has 119."""


@dataclass(frozen=True, slots=True)
class Bound:
    """How much is kept."""

    datagrams: int = MAX_DATAGRAMS
    octets: int = MAX_OCTETS
    pieces: int = MAX_PIECES


@dataclass(slots=True)
class GivenUp:
    """What came to nothing, counted."""

    expired: int = 0
    """Datagrams of which a piece never came."""
    crowded_out: int = 0
    """Datagrams dropped before their time, for the bound."""
    overlapping: int = 0
    """IPv6 datagrams discarded by RFC 5722."""
    conflicts: int = 0
    """IPv4 fragments that contradict earlier ones: other octets in the same place, or another end."""
    impossible: int = 0
    """Fragments that cannot be used: cut, empty, not in units of eight octets, or beyond what IP can measure."""


class _State(enum.Enum):
    WAITING = enum.auto()
    DELIVERED = enum.auto()
    DISCARDED = enum.auto()


class _Datagram:
    """The pieces of one datagram: disjoint, in the order of their offsets."""

    __slots__ = ("end", "expires", "held", "pieces", "starts", "state")

    def __init__(self, expires: int) -> None:
        self.state = _State.WAITING
        self.expires = expires
        self.starts: list[int] = []
        self.pieces: list[bytes] = []
        self.held = 0
        """Octets in all pieces."""
        self.end: int | None = None
        """Octets that the payload must have, once the last fragment told."""

    @property
    def cost(self) -> int:
        return self.held + _OVERHEAD * (1 + len(self.pieces))

    @property
    def reach(self) -> int:
        """Where the last piece ends."""
        return self.starts[-1] + len(self.pieces[-1]) if self.starts else 0

    def near(self, start: int, stop: int) -> list[tuple[int, bytes]]:
        """List the pieces that share octets with the range *start* to *stop*."""
        first = max(bisect_right(self.starts, start) - 1, 0)
        last = bisect_right(self.starts, stop - 1)
        found = zip(self.starts[first:last], self.pieces[first:last], strict=True)
        return [(at, octets) for at, octets in found if at + len(octets) > start]

    def fits(self, fragment: Fragment) -> bool:
        """Tell whether *fragment* agrees with what is known of the datagram's end."""
        stop = fragment.offset + len(fragment.payload)
        if fragment.more:
            return self.end is None or stop <= self.end
        return self.end in {None, stop} and self.reach <= stop

    def put(self, fragment: Fragment, near: list[tuple[int, bytes]]) -> None:
        """Keep what *fragment* has that the pieces *near* it have not, and the end it tells."""
        for start, octets in _uncovered(fragment.offset, fragment.payload, near):
            index = bisect_right(self.starts, start)
            self.starts.insert(index, start)
            self.pieces.insert(index, octets)
            self.held += len(octets)
        if not fragment.more:
            self.end = fragment.offset + len(fragment.payload)

    def whole(self) -> bytes | None:
        """Give the payload, once, when nothing is missing."""
        if self.state is not _State.WAITING or self.held != self.end:
            return None
        payload = b"".join(self.pieces)
        self.settle(_State.DELIVERED, payload)
        return payload

    def is_copy(self, fragment: Fragment) -> bool:
        """Tell whether *fragment* was part of what is settled already."""
        if self.state is _State.DISCARDED:
            return True
        start = fragment.offset
        return self.pieces[0][start : start + len(fragment.payload)] == fragment.payload

    def settle(self, state: _State, payload: bytes = b"") -> None:
        """Wait no longer; keep *payload* to know copies of its fragments."""
        self.state = state
        self.starts, self.pieces, self.held = [0], [payload], len(payload)


_Key = tuple[str, str, str, int, int]


def _key(packet: Packet, fragment: Fragment) -> _Key:
    """Tell what ties fragments: RFC 791 counts the protocol in, RFC 8200 §4.5 does not."""
    protocol = -1 if packet.ip_id is None else packet.protocol
    return packet.vantage, packet.source, packet.destination, protocol, fragment.identification


def _possible(packet: Packet, fragment: Fragment) -> bool:
    size = len(fragment.payload)
    if packet.faults or not size or fragment.offset + size > MAX_PAYLOAD:
        return False
    return not (fragment.offset % _UNIT or (fragment.more and size % _UNIT))


def _uncovered(start: int, octets: bytes, near: list[tuple[int, bytes]]) -> Iterator[tuple[int, bytes]]:
    """Cut *octets* into the parts that lie between the pieces *near*."""
    position, stop = start, start + len(octets)
    for at, piece in near:
        if position < at:
            yield position, octets[position - start : at - start]
        position = at + len(piece)
    if position < stop:
        yield position, octets[position - start :]


def _agree(start: int, octets: bytes, near: list[tuple[int, bytes]]) -> bool:
    """Tell whether *octets* are the same as the pieces *near* wherever they share a place."""
    stop = start + len(octets)
    for at, piece in near:
        low, high = max(start, at), min(stop, at + len(piece))
        if octets[low - start : high - start] != piece[low - at : high - at]:
            return False
    return True


class Fragments:
    """The datagrams of which pieces were seen, of all vantages, never mixed."""

    def __init__(self, bound: Bound | None = None) -> None:
        """Begin with nothing; *bound* limits what is kept."""
        self.given_up = GivenUp()
        self._bound = bound or Bound()
        self._datagrams: dict[_Key, _Datagram] = {}
        self._cost = 0

    def receive(self, packet: Packet) -> bytes | None:
        """Take a packet; give the payload of its datagram if this fragment completes it.

        Args:
            packet: with ``fragment`` set; anything else is ignored. Its time tells which datagrams are too old.
        """
        fragment = packet.fragment
        if fragment is None:
            return None
        if not _possible(packet, fragment):
            self.given_up.impossible += 1
            return None
        datagram = self._open(packet, fragment)
        if datagram.state is not _State.WAITING:
            return None
        before = datagram.cost
        self._add(datagram, fragment, overlaps_allowed=packet.ip_id is not None)
        payload = datagram.whole()
        self._cost += datagram.cost - before
        self._keep_bound()
        return payload

    def advance(self, now: int) -> None:
        """Drop the datagrams whose time has run out; *now* in nanoseconds since the Unix epoch."""
        while self._datagrams:
            key = next(iter(self._datagrams))
            if self._datagrams[key].expires > now:
                return
            self._expire(key)

    def finish(self) -> None:
        """Give up what is still incomplete: nothing more will come."""
        for key in list(self._datagrams):
            self._expire(key)

    def _open(self, packet: Packet, fragment: Fragment) -> _Datagram:
        """Find the datagram, or begin one where there is none, it is too old, or its identification is in use again."""
        key = _key(packet, fragment)
        datagram = self._datagrams.get(key)
        if datagram is not None:
            if datagram.expires > packet.at and (datagram.state is _State.WAITING or datagram.is_copy(fragment)):
                return datagram
            self._expire(key)
        lifetime = IPV6_LIFETIME if packet.ip_id is None else IPV4_LIFETIME
        datagram = self._datagrams[key] = _Datagram(packet.at + lifetime)
        self._cost += datagram.cost
        return datagram

    def _add(self, datagram: _Datagram, fragment: Fragment, *, overlaps_allowed: bool) -> None:
        start, octets = fragment.offset, fragment.payload
        near = datagram.near(start, start + len(octets))
        fits = datagram.fits(fragment)
        if (start, octets) in near and fits and (fragment.more or datagram.end is not None):
            return
        if not overlaps_allowed and (near or not fits):
            self.given_up.overlapping += 1
            datagram.settle(_State.DISCARDED)
            return
        if not fits or not _agree(start, octets, near):
            self.given_up.conflicts += 1
        if fits:
            datagram.put(fragment, near)
        if len(datagram.pieces) > self._bound.pieces:
            self.given_up.crowded_out += 1
            datagram.settle(_State.DISCARDED)

    def _keep_bound(self) -> None:
        while self._cost > self._bound.octets or len(self._datagrams) > self._bound.datagrams:
            if self._drop(next(iter(self._datagrams))):
                self.given_up.crowded_out += 1

    def _expire(self, key: _Key) -> None:
        if self._drop(key):
            self.given_up.expired += 1

    def _drop(self, key: _Key) -> bool:
        """Forget a datagram; tell whether it was still waited for."""
        datagram = self._datagrams.pop(key)
        self._cost -= datagram.cost
        return datagram.state is _State.WAITING
