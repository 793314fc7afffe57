"""Which connections of a batch may be read on their own, all their segments at once, and which packet by packet. Imports numpy."""

from collections.abc import Iterable, Iterator

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
        begun = [_begun(one) for one in bundled]
        for one, own in zip(bundled, begun, strict=True):
            for bundle, number in _foreign(one, own):
                elsewhere = [e for e in self._table.named(bundle.vantage, number) if frozenset(e) != _ends(bundle)[1]]
                if (
                    elsewhere
                    or (bundle.vantage, number) in numbers
                    or any((bundle.vantage, number) in b for b in begun)
                ):
                    ends.add(_ends(bundle))
                    numbers.add((bundle.vantage, number))
        ends.update((vantage, frozenset(e)) for vantage, number in numbers for e in self._table.named(vantage, number))
        tangled = [self._tangled(one, own, ends, numbers) for one, own in zip(bundled, begun, strict=True)]
        for one, loose in zip(bundled, tangled, strict=True):
            self._woven += [(bundle, one.rows) for n, bundle in enumerate(one.bundles) if n not in loose]
        return np.sort(np.concatenate([one.of(sorted(loose)) for one, loose in zip(bundled, tangled, strict=True)]))

    def _tangled(
        self, bundled: Bundled, begun: dict[_Number, dict[int, int]], ends: set[_Ends], numbers: set[_Number]
    ) -> set[int]:
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


def _begun(bundled: Bundled) -> dict[_Number, dict[int, int]]:
    """Give the first sequence numbers of connections: in which bundles, and in which row of each."""
    begun: dict[_Number, dict[int, int]] = {}
    for n, row, number in bundled.opening():
        begun.setdefault((bundled.bundles[n].vantage, number), {}).setdefault(n, row)
    return begun


def _foreign(bundled: Bundled, begun: dict[_Number, dict[int, int]]) -> Iterator[tuple[Bundle, int]]:
    """Give the bundles with an answer to a SYN that does not stand before it in the same bundle, and its number."""
    for n, row, number in bundled.answering():
        bundle = bundled.bundles[n]
        if begun.get((bundle.vantage, number), {}).get(n, row) >= row:
            yield bundle, number
