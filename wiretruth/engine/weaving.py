"""Which connections of a batch may be read on their own, all their segments at once, and which packet by packet. Imports numpy."""

from collections.abc import Iterable, Iterator

import numpy as np

from wiretruth.columns.bundling import Bundled, Named
from wiretruth.columns.grouping import Grouped
from wiretruth.columns.relevance import Relevance
from wiretruth.columns.view import Rows, Truths
from wiretruth.engine.flooding import DNS_PORT, Flooding
from wiretruth.engine.session_store import SessionStore
from wiretruth.flow.keys import Key, key
from wiretruth.flow.table import TcpTable
from wiretruth.model.packet import TCP, Endpoint, IcmpMessage, Packet, TcpFlag, TcpSegment
from wiretruth.model.segments import Bundle, SegmentRows

_SYN_OR_RST = int(TcpFlag.SYN | TcpFlag.RST)

_Number = tuple[str, int]
"""Vantage, and the first sequence number of a connection."""


class Weaving:
    """Takes connections out of batches.

    Packets of two connections may be read in any order, but for those that name a connection by more than its endpoints: an
    answer from elsewhere and an ICMP error may mean any connection with a certain first sequence number. All connections that
    may be meant are read packet by packet, together with them, and so are those that have packets that columns do not read.
    """

    def __init__(
        self,
        table: TcpTable,
        relevance: Relevance,
        sessions: SessionStore | None = None,
        flooding: Flooding | None = None,
    ) -> None:
        """Begin with nothing.

        Args:
            table: is asked which connections are under way, and keeps sketches.
            relevance: knows which connections are followed for what they said.
            sessions: takes those with which nothing is wrong.
            flooding: takes single SYNs.
        """
        self._flooding = flooding
        self._sessions = sessions
        self._tangled: set[Key] = set()
        self._table = table
        self._relevance = relevance
        self._woven: list[tuple[Bundle, SegmentRows]] = []

    @property
    def sketching(self) -> bool:
        """Tell whether nothing more is wanted of connections of which there is no more than an outline."""
        return not self._relevance.everything

    def take(self) -> list[tuple[Bundle, SegmentRows]]:
        """Give the bundles of the latest batch, once."""
        woven, self._woven = self._woven, []
        return woven

    def spare(
        self, parts: list[Grouped], seen: tuple[list[str], Rows | None], odd: Iterable[Packet], first_number: int
    ) -> list[Grouped]:
        """Take single SYNs of a flood; give the other connections. The arguments are those of :meth:`Flooding.take`, and the odd packets."""
        if self._flooding is None or not self.sketching:
            return parts
        keys, numbers = _meant(odd)
        ports = [(own[2], own[4]) for own in keys]
        return self._flooding.take(parts, seen, (ports, [number for _, number in numbers]), first_number)

    def tangle(self, parts: list[Named], odd: Iterable[Packet]) -> None:
        """Note which connections of a batch must be read packet by packet.

        Args:
            parts: the segments of the batch.
            odd: packets of the batch that columns do not read.
        """
        keys, numbers = _meant(odd)
        astray = [(part.keys[n], number) for part in parts for n, number in part.astray()]
        begun = _begun(parts, {number for _, number in (*astray, *numbers)})
        for own, number in astray:
            meant = (own[0], number)
            if meant in numbers or self._elsewhere(own, number) or any(k != own for k in begun.get(meant, ())):
                keys.add(own)
                numbers.add(meant)
        for meant in numbers:
            keys.update(begun.get(meant, ()))
            keys.update(self._named(meant))
        self._tangled = keys

    def settle(self, parts: list[Named], first_number: int) -> list[Truths]:
        """Take the connections with which nothing is wrong; tell which of each part they are."""
        if self._sessions is None:
            return [np.zeros(len(part.keys), np.bool_) for part in parts]
        return [self._sessions.take(part.groups, part.keys, self._tangled, first_number) for part in parts]

    def weave(self, bundled: list[Bundled]) -> Rows:
        """Take the other connections of a batch; give the places of the segments that must be read packet by packet."""
        loose = [part.named.of(self._loose(part, self._tangled)) for part in bundled]
        return np.sort(np.concatenate(loose))

    def _elsewhere(self, own: Key, number: int) -> bool:
        """Tell whether another connection that is under way began with a number."""
        return any(other != own for other in self._named((own[0], number)))

    def _named(self, number: _Number) -> Iterator[Key]:
        for one, other in self._table.named(*number):
            yield key(number[0], *one, *other)

    def _loose(self, part: Bundled, tangled: set[Key]) -> list[int]:
        """Take what may be taken; give the others: those that are tangled, that speak DNS, and sketches of what is more by now."""
        loose: list[int] = []
        remembers, keep = self._remembers if self._relevance.ports() else None, self._table.sketch
        for n, sketch in part.sketches:
            own = sketch[0]
            if (
                own[2] == DNS_PORT
                or own[4] == DNS_PORT
                or own in tangled
                or (remembers and remembers(own))
                or not keep(sketch)
            ):
                loose.append(n)
        for n, bundle in part.bundles:
            own = part.named.keys[n]
            if own in tangled or DNS_PORT in (own[2], own[4]) or self._table.tangled(own):
                loose.append(n)
            elif part.rows is not None:
                self._woven.append((bundle, part.rows))
        return loose

    def _remembers(self, own: Key) -> bool:
        vantage, one, one_port, other, other_port = own
        return self._relevance.remembers(vantage, Endpoint(one, one_port), Endpoint(other, other_port))


def _meant(odd: Iterable[Packet]) -> tuple[set[Key], set[_Number]]:
    """Give the connections that packets belong to, and the first sequence numbers by which they may mean others."""
    keys: set[Key] = set()
    numbers: set[_Number] = set()
    for packet in odd:
        transport = packet.transport
        if isinstance(transport, TcpSegment):
            ports = transport.source_port, transport.destination_port
            keys.add(key(packet.vantage, packet.source, ports[0], packet.destination, ports[1]))
            if transport.flags & _SYN_OR_RST:
                numbers |= {(packet.vantage, transport.seq), (packet.vantage, (transport.ack - 1) % (1 << 32))}
        elif isinstance(transport, IcmpMessage) and transport.quoted is not None and transport.quoted.protocol == TCP:
            quoted = transport.quoted
            ports = quoted.source_port or 0, quoted.destination_port or 0
            keys.add(key(packet.vantage, quoted.source, ports[0], quoted.destination, ports[1]))
            if quoted.seq is not None:
                numbers.add((packet.vantage, quoted.seq))
    return keys, numbers


def _begun(parts: list[Named], wanted: set[int]) -> dict[_Number, set[Key]]:
    """Give the connections that began with certain numbers."""
    begun: dict[_Number, set[Key]] = {}
    for part in parts if wanted else ():
        for n, number in part.opening():
            if number in wanted:
                own = part.keys[n]
                begun.setdefault((own[0], number), set()).add(own)
    return begun
