"""Which packets a slice holds: as few as let the same finding be derived again, found by trying, the narrowest first."""

import enum
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from wiretruth.evidence.conversations import Key, hosts_of, key_of, of_deliveries, tied
from wiretruth.model.finding import Finding
from wiretruth.model.packet import Packet
from wiretruth.model.report import Report

Frame = tuple[str, int]
"""Label of an input, and the number of a frame in it."""


class Reach(enum.IntEnum):
    """How much a slice takes in beside the frames that a finding names."""

    EXCHANGES = 0
    DELIVERIES = 1
    HOSTS = 2
    EVERYTHING = 3

    @property
    def words(self) -> str:
        """Say it in words."""
        return _WORDS[self]


_WORDS = {
    Reach.EXCHANGES: "the exchanges that its evidence belongs to",
    Reach.DELIVERIES: "every lookup and connection of the deliveries that it is about",
    Reach.HOSTS: "every packet of the hosts that it is about",
    Reach.EVERYTHING: "every packet",
}


class Choice(NamedTuple):
    """What to take."""

    frames: frozenset[Frame] = frozenset()
    keys: frozenset[Key] = frozenset()
    pairs: frozenset[frozenset[str]] = frozenset()
    """Addresses between which fragments belong to an exchange: only the first piece has ports."""
    hosts: frozenset[str] = frozenset()
    everything: bool = False

    def __or__(self, other: "Choice") -> "Choice":
        return Choice(
            self.frames | other.frames,
            self.keys | other.keys,
            self.pairs | other.pairs,
            self.hosts | other.hosts,
            self.everything or other.everything,
        )

    @property
    def addresses(self) -> frozenset[str]:
        """Addresses of which a packet bears at least one, if it is taken for another reason than its number."""
        return self.hosts | {end.address for key in self.keys for end in (key.low, key.high)}

    def takes(self, packet: Packet) -> bool:
        """Tell whether a packet is taken for what it is."""
        if self.everything:
            return True
        if packet.fragment is not None:
            between = frozenset((packet.source, packet.destination))
            return between in self.pairs or not self.hosts.isdisjoint(between)
        key = key_of(packet)
        if key is not None and (key in self.keys or (key.id is None and self._any_id(key))):
            return True
        return bool(self.hosts) and not self.hosts.isdisjoint(hosts_of(packet))

    def _any_id(self, key: Key) -> bool:
        """An error may quote too little of a query for its id."""
        return any(one[:3] == key[:3] for one in self.keys if one.id is not None)


def frames_of(finding: Finding, inputs: Mapping[str, str]) -> frozenset[Frame]:
    """Give the frames that a finding names.

    Args:
        finding: of a report.
        inputs: label of the input of each vantage.
    """
    return frozenset(
        (inputs[record.vantage], number)
        for record in finding.evidence
        if record.vantage is not None and record.vantage in inputs
        for number in record.frames
    )


def choice(report: Report, finding: Finding, frames: frozenset[Frame], keys: Iterable[Key], reach: Reach) -> Choice:
    """Say what to take for a finding.

    Args:
        report: that it stands in.
        finding: to be derived again.
        frames: that it names.
        keys: of these frames.
        reach: how much to take in.
    """
    if reach is Reach.EVERYTHING:
        return Choice(everything=True)
    wanted = tied(report, keys)
    if reach >= Reach.DELIVERIES:
        wanted = of_deliveries(report, wanted)
    pairs = frozenset(frozenset((key.low.address, key.high.address)) for key in wanted)
    hosts = frozenset(_hosts(finding)) if reach >= Reach.HOSTS else frozenset()
    return Choice(frames, wanted, pairs, hosts)


def _hosts(finding: Finding) -> Iterator[str]:
    parties = (finding.intended, finding.observed)
    addresses = (finding.client, *finding.others, *(party.address for party in parties if party is not None))
    yield from (address for address in addresses if address)
