"""Which connections of a batch may be read on their own, all their segments at once, and which packet by packet. Imports numpy."""

from collections.abc import Iterable

import numpy as np

from wiretruth.columns.bundles import Bundled
from wiretruth.columns.view import Rows
from wiretruth.flow.table import TcpTable
from wiretruth.model.packet import TCP, Endpoint, IcmpMessage, Packet, TcpFlag, TcpSegment
from wiretruth.model.segments import Bundle, SegmentRows

DNS_PORT = 53
"""What is said there meets datagrams, in the order of the capture."""

_SYN_OR_RST = int(TcpFlag.SYN | TcpFlag.RST)

_Ends = tuple[str, frozenset[Endpoint]]
_Number = tuple[str, int]
"""Vantage, and the first sequence number of a connection."""

_Begun = dict[_Number, set[int]]
"""Places of bundles."""


class Weaving:
    """Takes bundles out of batches.

    Packets of two connections may be read in any order, but for those that name a connection by more than its endpoints: an
    answer from elsewhere and an ICMP error may mean any connection with a certain first sequence number. All connections that
    may be meant are read packet by packet, together with them, and so are those that have packets that columns do not read.
    """

    def __init__(self, table: TcpTable) -> None:
        """Begin with nothing; *table* is asked which connections are under way."""
        self._table = table
        self._woven: list[tuple[Bundle, SegmentRows]] = []

    def take(self) -> list[tuple[Bundle, SegmentRows]]:
        """Give the bundles of the latest batch, once."""
        woven, self._woven = self._woven, []
        return woven

    def weave(self, bundled: list[Bundled], odd: Iterable[Packet]) -> Rows:
        """Take the bundles of a batch; give the places of the segments that must be read packet by packet.

        Args:
            bundled: the segments of the batch.
            odd: packets of the batch that columns do not read.
        """
        ends, numbers = _meant(odd)
        astray = [(one.bundles[n], n, number, one) for one in bundled for n, number in one.astray()]
        begun = [_begun(one) if astray or numbers else {} for one in bundled]
        for bundle, n, number, one in astray:
            meant = (bundle.vantage, number)
            if (
                meant in numbers
                or self._elsewhere(bundle, number)
                or _others(meant, zip(bundled, begun, strict=True), one, n)
            ):
                ends.add(_ends(bundle))
                numbers.add(meant)
        ends.update((vantage, frozenset(e)) for vantage, number in numbers for e in self._table.named(vantage, number))
        tangled = [self._tangled(one, own, ends, numbers) for one, own in zip(bundled, begun, strict=True)]
        for one, loose in zip(bundled, tangled, strict=True):
            self._woven += [(bundle, one.rows) for n, bundle in enumerate(one.bundles) if n not in loose]
        return np.sort(np.concatenate([one.of(sorted(loose)) for one, loose in zip(bundled, tangled, strict=True)]))

    def _elsewhere(self, bundle: Bundle, number: int) -> bool:
        """Tell whether another connection that is under way began with a number."""
        own = _ends(bundle)[1]
        return any(frozenset(ends) != own for ends in self._table.named(bundle.vantage, number))

    def _tangled(self, bundled: Bundled, begun: _Begun, ends: set[_Ends], numbers: set[_Number]) -> set[int]:
        """Give the bundles that must be read packet by packet."""
        tangled = {n for number in numbers & begun.keys() for n in begun[number]}
        for n, bundle in enumerate(bundled.bundles):
            dns = DNS_PORT in (bundle.low.port, bundle.high.port)
            if dns or self._table.tangled(bundle) or (ends and _ends(bundle) in ends):
                tangled.add(n)
        return tangled


def _ends(bundle: Bundle) -> _Ends:
    return bundle.vantage, frozenset((bundle.low, bundle.high))


def _meant(odd: Iterable[Packet]) -> tuple[set[_Ends], set[_Number]]:
    """Give the connections that packets belong to, and the first sequence numbers by which they may mean others."""
    ends: set[_Ends] = set()
    numbers: set[_Number] = set()
    for packet in odd:
        transport = packet.transport
        if isinstance(transport, TcpSegment):
            source = Endpoint(packet.source, transport.source_port)
            ends.add((packet.vantage, frozenset((source, Endpoint(packet.destination, transport.destination_port)))))
            if transport.flags & _SYN_OR_RST:
                numbers |= {(packet.vantage, transport.seq), (packet.vantage, (transport.ack - 1) % (1 << 32))}
        elif isinstance(transport, IcmpMessage) and transport.quoted is not None and transport.quoted.protocol == TCP:
            quoted = transport.quoted
            source = Endpoint(quoted.source, quoted.source_port or 0)
            ends.add((packet.vantage, frozenset((source, Endpoint(quoted.destination, quoted.destination_port or 0)))))
            if quoted.seq is not None:
                numbers.add((packet.vantage, quoted.seq))
    return ends, numbers


def _begun(bundled: Bundled) -> _Begun:
    """Give the first sequence numbers of connections, and in which bundles they stand."""
    begun: _Begun = {}
    for n, number in bundled.opening():
        begun.setdefault((bundled.bundles[n].vantage, number), set()).add(n)
    return begun


def _others(number: _Number, parts: Iterable[tuple[Bundled, _Begun]], bundled: Bundled, bundle: int) -> bool:
    """Tell whether any but one bundle begins with a number."""
    return any(begun.get(number, set()) - ({bundle} if part is bundled else set()) for part, begun in parts)
