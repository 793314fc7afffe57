"""``--host``: what of a run concerns the hosts that the user asked for."""

import re
from collections.abc import Iterable
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network

from wiretruth.model.connection import Connection, TiedLookup
from wiretruth.model.delivery import Delivery
from wiretruth.model.dns import casefold_name
from wiretruth.model.finding import Finding

_WORD = re.compile(r"[^\s@<>()\[\],;:]+")
"""What may be a name in a sentence: some findings name the recipient domain nowhere else."""


class Selection:
    """Addresses, networks and names; an empty selection holds everything."""

    def __init__(self, hosts: tuple[str, ...]) -> None:
        """Sort what the user gave into networks and names.

        Args:
            hosts: each an address, a network in prefix notation, or a domain name (its subdomains included).
        """
        self._networks: list[IPv4Network | IPv6Network] = []
        self._names: list[str] = []
        for host in hosts:
            try:
                self._networks.append(ip_network(host, strict=False))
            except ValueError:
                self._names.append(casefold_name(host))

    def __bool__(self) -> bool:
        return bool(self._networks or self._names)

    def holds_connection(self, connection: Connection) -> bool:
        """Tell whether either end, at any vantage, was asked for."""
        if not self:
            return True
        ends = {e.address for s in connection.sightings for e in (s.client, s.server, s.reply_source) if e is not None}
        return any(self._address(a) for a in ends)

    def holds_name(self, names: Iterable[str]) -> bool:
        """Tell whether one of some names was asked for, or a domain above it."""
        return not self or any(self._name(name) for name in names)

    def holds_lookup(self, lookup: TiedLookup) -> bool:
        """Tell whether a lookup was made by, answered by, or is about, what was asked for."""
        if not self:
            return True
        nearest = lookup.nearest
        data = {r.data for r in nearest.answers if r.type in ("A", "AAAA")}
        ends = {e.address for x in lookup.sightings for e in (x.client, x.resolver)}
        return self._name(nearest.question.name) or any(self._address(a) for a in (*ends, *data))

    def holds_delivery(self, delivery: Delivery) -> bool:
        """Tell whether a delivery is for, or went to, what was asked for."""
        if not self:
            return True
        names = (delivery.domain, *(host.name for host in delivery.expected))
        reached = any(self.holds_connection(a.connection) for a in delivery.attempts)
        return reached or any(self._name(n) for n in names)

    def holds_finding(self, finding: Finding) -> bool:
        """Tell whether a finding names what was asked for; what is said of the capture as a whole always stays."""
        if not self or finding.client is None:
            return True
        parties = [p for p in (finding.intended, finding.observed) if p is not None]
        addresses = {finding.client, *finding.others, *(p.address for p in parties if p.address)}
        names = [*(p.name for p in parties if p.name), *_WORD.findall(finding.summary)]
        return any(self._address(a) for a in addresses) or any(self._name(n) for n in names)

    def _address(self, address: str) -> bool:
        try:
            parsed = ip_address(address)
        except ValueError:  # an A or AAAA record whose data has the wrong length
            return False
        return any(parsed in network for network in self._networks if network.version == parsed.version)

    def _name(self, name: str) -> bool:
        folded = casefold_name(name)
        return any(folded == asked or folded.endswith(f".{asked}") for asked in self._names)
