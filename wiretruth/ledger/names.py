"""What each client was told about names, by whom, until when."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Protocol, TypeVar

from wiretruth.model.delivery import ExpectedHost
from wiretruth.model.dns import casefold_name
from wiretruth.model.statements import Resolution

NO_SUCH_DATA = ("NOERROR", "NXDOMAIN")
"""Response codes that settle a question; with no record of the type they mean that there is none (RFC 2308)."""


@dataclass(frozen=True, slots=True)
class MailHosts:
    """The hosts that take a domain's mail, as one client had been told by a certain moment."""

    domain: str
    basis: Resolution
    """The MX answer, or for the implicit MX (RFC 5321 §5.1) the address answer of the domain itself."""
    hosts: tuple[ExpectedHost, ...]
    """Most preferred first."""
    told: tuple[Resolution, ...]
    """Every answer that this rests on, in time order."""

    @property
    def addresses(self) -> frozenset[str]:
        """Every address of every host."""
        return frozenset(address for host in self.hosts for address in host.addresses)

    def host_of(self, address: str) -> ExpectedHost | None:
        """Give the most preferred host that has this address."""
        return next((host for host in self.hosts if address in host.addresses), None)


class Names:
    """Resolutions in time order, asked by client and name, or by address."""

    def __init__(self) -> None:
        self._by_question: dict[tuple[str, str, str], list[Resolution]] = defaultdict(list)
        self._by_address: dict[str, list[Resolution]] = defaultdict(list)
        self._by_client: dict[str, list[Resolution]] = defaultdict(list)
        self._all: list[Resolution] = []
        self._by_exchange: dict[tuple[str, str], list[Resolution]] = defaultdict(list)
        self._loopback_clients: list[str] = []

    def add(self, resolution: Resolution) -> None:
        """Remember one resolution; they come in time order."""
        if resolution.client not in self._by_client and is_loopback(resolution.client):
            self._loopback_clients.append(resolution.client)
        self._all.append(resolution)
        self._by_client[resolution.client].append(resolution)
        for record_type in _types_served(resolution):
            self._by_question[resolution.client, resolution.name, record_type].append(resolution)
        for address in (*resolution.addresses, *resolution.came_along):
            self._by_address[address].append(resolution)
        for _, exchange in resolution.exchanges:
            self._by_exchange[resolution.client, exchange].append(resolution)

    def asked(self, client: str) -> bool:
        """Tell whether this client asked anything at all in what was captured."""
        return any(self._by_client.get(one) for one in self._same_host(client))

    def by_client(self, client: str, start: int, end: int) -> Iterator[Resolution]:
        """Give what this client asked or was told from *start* to *end* (both included), in time order per resolver."""
        for one in self._same_host(client):
            yield from within(self._by_client.get(one, []), start, end)

    def told_between(self, start: int, end: int) -> Sequence[Resolution]:
        """Give what anybody asked or was told from *start* to *end*, both included."""
        return within(self._all, start, end)

    def telling(self, address: str, client: str | None = None, until: int | None = None) -> list[Resolution]:
        """Give the answers that contained *address*, told to *client* (or to anybody), up to a moment."""
        clients = None if client is None else self._same_host(client)
        return [
            r
            for r in self._by_address.get(address, ())
            if (clients is None or r.client in clients) and (until is None or r.at <= until)
        ]

    def latest(self, client: str, name: str, record_type: str, before: int) -> Resolution | None:
        """Give the last settled answer (records, or their absence) told to *client* at or before a moment."""
        found = [
            r
            for one in self._same_host(client)
            if (r := _last_settled(self._by_question.get((one, name, record_type), []), before)) is not None
        ]
        return max(found, key=lambda r: r.at) if found else None

    def history(self, client: str, name: str, record_type: str) -> list[Resolution]:
        """Give every answer or failure for one question of a client, in time order."""
        found = [r for one in self._same_host(client) for r in self._by_question.get((one, name, record_type), ())]
        return sorted(found, key=lambda r: r.at)

    def mail_hosts(self, client: str, domain: str, before: int) -> MailHosts | None:
        """Give the hosts that *client* had been told to use for *domain*; ``None`` where the capture does not say."""
        domain = casefold_name(domain)
        mx = self.latest(client, domain, "MX", before)
        if mx is None:
            return None
        named: list[tuple[int | None, str]]
        if mx.exchanges:
            named = [(preference, exchange) for preference, exchange in mx.exchanges if exchange != "."]
        elif mx.rcode == "NOERROR":
            named = [(None, domain)]
        else:
            return None
        told = {id(mx): mx}
        hosts = []
        for preference, name in named:
            answers = [r for t in ("A", "AAAA") if (r := self.latest(client, name, t, before)) is not None]
            told.update((id(r), r) for r in answers)
            addresses = tuple(dict.fromkeys(a for r in answers for a in r.addresses))
            hosts.append(ExpectedHost(preference, name, addresses))
        return MailHosts(domain, mx, tuple(hosts), tuple(sorted(told.values(), key=lambda r: r.at)))

    def domains_using(self, client: str, name: str, before: int) -> list[str]:
        """Give the domains whose MX, as told to *client*, is the host *name*; the last told first."""
        found: dict[str, int] = {}
        for one in self._same_host(client):
            found.update((r.name, r.at) for r in self._by_exchange.get((one, name), ()) if r.at <= before)
        return sorted(found, key=lambda d: -found[d])

    def _same_host(self, client: str) -> list[str]:
        """A stub resolver asks from the loopback address what a connection from the host's own address needs."""
        return [client, *(c for c in self._loopback_clients if c != client)]


def is_loopback(address: str) -> bool:
    """Tell whether an address never leaves its host."""
    return ip_address(address).is_loopback


class _Timed(Protocol):
    @property
    def at(self) -> int: ...


_T = TypeVar("_T", bound=_Timed)


def within(history: Sequence[_T], start: int, end: int) -> Sequence[_T]:
    """Give the part of a history in time order from *start* to *end*, both included."""
    return history[bisect_left(history, start, key=_time) : bisect_right(history, end, key=_time)]


def _time(timed: _Timed) -> int:
    return timed.at


def _types_served(resolution: Resolution) -> tuple[str, ...]:
    return ("A", "AAAA", "MX") if resolution.type == "ANY" else (resolution.type,)


def _last_settled(history: list[Resolution], before: int) -> Resolution | None:
    position = bisect_right(history, before, key=_time)
    for resolution in reversed(history[:position]):
        if resolution.rcode in NO_SUCH_DATA and not resolution.referral:
            return resolution
    return None
