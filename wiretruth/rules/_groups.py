"""Connections to which one thing happened, said as a rule would say it: which clients, how many, in how long."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from ipaddress import ip_address, ip_network
from typing import Final

from wiretruth.model.durations import duration
from wiretruth.model.finding import Evidence
from wiretruth.model.sighting import KEPT_FRAMES
from wiretruth.model.statements import Contact

NAMED: Final = 2
"""Addresses or names that are said in full; the rest is counted."""

WIDEST: Final = {4: 16, 6: 32}
"""Prefix lengths of the widest networks that are said, by IP version: what is wider says nothing."""

USUAL: Final = {4: 24, 6: 64}
"""Prefix lengths of the networks in which hosts stand side by side."""

OTHERS: Final = 4096
"""Other clients remembered of a finding: a site has hardly more mail hosts."""


@dataclass(frozen=True, slots=True)
class Group:
    """Contacts to which the same happened, in time order."""

    contacts: Sequence[Contact]

    @property
    def clients(self) -> list[str]:
        """Give the addresses of the clients, each once, as the client's side knows them."""
        return list(dict.fromkeys(c.connection.client.address for c in self.contacts))

    @property
    def others(self) -> tuple[str, ...]:
        """Give the clients but the first."""
        return tuple(self.clients[1 : OTHERS + 1])

    def extent(self) -> str:
        """Say how many connections of whom in how long; nothing for a single one: ``: 412 connections of 10.1.1.0/24 …``."""
        if len(self.contacts) < 2:  # noqa: PLR2004 - one is no group
            return ""
        spent = self.contacts[-1].at - self.contacts[0].at
        whose = f" of {span(clients)}" if len(clients := self.clients) > 1 else ""
        return f": {len(self.contacts):,} connections{whose} in {duration(spent)}"

    def evidence(self) -> Iterator[Evidence]:
        """Give the SYNs of the other connections, for each vantage some."""
        frames: dict[str, list[int]] = {}
        for contact in self.contacts[1 : KEPT_FRAMES + 1]:
            for sighting in contact.connection.sightings:
                frames.setdefault(sighting.vantage, []).append(sighting.opened.frame)
        more = len(self.contacts) - 1 - KEPT_FRAMES
        for vantage, seen in frames.items():
            text = "the same of other connections" + (f", and {more:,} more" if more > 0 else "")
            yield Evidence(text, vantage, tuple(sorted(set(seen))[:KEPT_FRAMES]))


def span(addresses: Sequence[str]) -> str:
    """Say which hosts: one address, two, or the network that holds them all, with their number."""
    if len(addresses) <= NAMED:
        return " and ".join(addresses)
    parsed = [ip_address(a) for a in addresses]
    if len({a.version for a in parsed}) > 1:
        return listed(addresses)
    version = parsed[0].version
    low, high = int(min(a.packed for a in parsed).hex(), 16), int(max(a.packed for a in parsed).hex(), 16)
    common = parsed[0].max_prefixlen - (low ^ high).bit_length()
    if common < WIDEST[version]:
        return listed(addresses)
    network = ip_network((parsed[0], min(common, USUAL[version])), strict=False)
    return f"{network} ({len(addresses):,} hosts)"


def listed(names: Sequence[str]) -> str:
    """Say the first names and count the rest: ``a, b and 3 more``."""
    if len(names) <= NAMED:
        return " and ".join(names)
    return f"{', '.join(names[:NAMED])} and {len(names) - NAMED:,} more"


def once(names: Iterable[str]) -> list[str]:
    """Give names in their order, each once."""
    return list(dict.fromkeys(names))
