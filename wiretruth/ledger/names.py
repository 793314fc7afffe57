"""What each client was told about names, by whom, until when."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from heapq import merge
from itertools import islice

from wiretruth.ledger.history import END_OF_TIME, Groups, Stretch, time_of, within
from wiretruth.ledger.hosts import Asker, Hosts
from wiretruth.model.delivery import ExpectedHost
from wiretruth.model.dns import casefold_name
from wiretruth.model.statements import Resolution

NO_SUCH_DATA = ("NOERROR", "NXDOMAIN")
"""Response codes that settle a question; with no record of the type they mean that there is none (RFC 2308)."""

MAX_TELLING = 16
"""Answers given that name one address, the newest first to be kept: a host goes by a handful of names."""

MAX_DOMAINS = 64
"""MX answers looked at for the domains that one host serves: the hosts of a large provider serve more than anybody reads."""

MAX_ALIASES = 8
"""Aliases followed from one lookup to the next, as resolvers do where a server gives no more than the alias."""

_Question = tuple[Asker, str, str]


@dataclass(frozen=True, slots=True)
class MailHosts:
    """The hosts that take a domain's mail, as one client had been told by a certain moment."""

    domain: str
    basis: Resolution
    """The MX answer; for the implicit MX (RFC 5321 §5.1) the answer that there is none."""
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

    def __init__(self, hosts: Hosts | None = None) -> None:
        """Begin empty; *hosts* tells which loopback address is whose."""
        self._hosts = hosts or Hosts()
        self._all: list[Resolution] = []
        self._groups = Groups(self._all)
        self._by_client: dict[Asker, list[Resolution]] = defaultdict(list)
        self._by_question: dict[_Question, list[Resolution]] = defaultdict(list)
        self._settled: dict[_Question, list[Resolution]] = defaultdict(list)
        self._aliases: dict[_Question, list[Resolution]] = defaultdict(list)
        self._by_address: dict[str, list[Resolution]] = defaultdict(list)
        self._told: dict[tuple[Asker, str], list[Resolution]] = defaultdict(list)
        self._lasting: dict[tuple[Asker, str], list[Resolution]] = defaultdict(list)
        """Beside each entry of ``_told``: the longest-lived answer up to there."""
        self._by_exchange: dict[tuple[Asker, str], list[Resolution]] = defaultdict(list)
        self._heard: dict[str, list[Resolution]] = defaultdict(list)

    def add(self, resolution: Resolution) -> None:
        """Remember one resolution; they come in time order."""
        self._groups.forget()
        self._all.append(resolution)
        asker = self._hosts.asker(resolution.lookup.nearest.vantage, resolution.client)
        self._by_client[asker].append(resolution)
        if resolution.rcode is not None:
            self._heard[resolution.resolver].append(resolution)
        settles, alias = _settles(resolution), resolution.referral and resolution.canonical != resolution.name
        for record_type in _types_served(resolution):
            question = (asker, resolution.name, record_type)
            self._by_question[question].append(resolution)
            if settles:
                self._settled[question].append(resolution)
            elif alias:
                self._aliases[question].append(resolution)
        for address in dict.fromkeys((*resolution.addresses, *resolution.came_along)):
            self._add_address(asker, address, resolution)
        for exchange in dict.fromkeys(exchange for _, exchange in resolution.exchanges):
            self._by_exchange[asker, exchange].append(resolution)

    def _add_address(self, asker: Asker, address: str, resolution: Resolution) -> None:
        self._by_address[address].append(resolution)
        self._told[asker, address].append(resolution)
        lasting = self._lasting[asker, address]
        lasting.append(max(lasting[-1], resolution, key=_until) if lasting else resolution)

    def asked(self, client: str) -> bool:
        """Tell whether this client asked anything at all in what was captured."""
        return any(asker in self._by_client for asker in self._hosts.same(client))

    def by_client(self, client: str, start: int, end: int) -> Iterator[Resolution]:
        """Give what this client asked or was told from *start* to *end* (both included), in time order."""
        return _merged([within(h, start, end) for h in self._histories(self._by_client, client)])

    def newest_first(self, client: str, start: int, end: int) -> Iterator[Resolution]:
        """Give the same, the newest first."""
        stretches = [within(h, start, end) for h in self._histories(self._by_client, client)]
        return merge(*map(reversed, stretches), key=time_of, reverse=True)

    def heard_from(self, resolver: str, start: int, end: int) -> bool:
        """Tell whether *resolver* answered anybody anything from *start* to *end*, both included."""
        return bool(within(self._heard.get(resolver, []), start, end))

    def alike(self, key: Callable[[Resolution], Hashable], value: Hashable) -> Sequence[Resolution]:
        """Give the resolutions to which *key* gives *value*, in time order; see :meth:`Groups.under`."""
        return self._groups.under(key, value)

    def telling(self, address: str, client: str | None = None, until: int | None = None) -> list[Resolution]:
        """Give the answers that contained *address*, told to *client* (or to anybody), up to a moment.

        Returns: in time order; the newest MAX_TELLING where there are more.
        """
        if client is None:
            histories = [self._by_address.get(address, [])]
        else:
            histories = [self._told.get((asker, address), []) for asker in self._hosts.same(client)]
        end = END_OF_TIME if until is None else until
        newest = [r for h in histories for r in within(h, end=end)[-MAX_TELLING:]]
        return sorted(newest, key=time_of)[-MAX_TELLING:]

    def longest_lived(self, address: str, client: str, until: int) -> Resolution | None:
        """Give, of the answers that contained *address* and were told to *client* by a moment, the one that lives longest."""
        told = []
        for asker in self._hosts.same(client):
            count = len(within(self._told.get((asker, address), []), end=until))
            if count:
                told.append(self._lasting[asker, address][count - 1])
        return max(told, key=_until, default=None)

    def latest(self, client: str, name: str, record_type: str, before: int) -> Resolution | None:
        """Give the last settled answer (records, or their absence) told to *client* at or before a moment.

        Where a server gave nothing but an alias, the answer is what was told about the name that it stands for.
        """
        for _ in range(MAX_ALIASES):
            settled = self._newest(self._settled, client, name, record_type, before)
            alias = self._newest(self._aliases, client, name, record_type, before)
            if alias is None or (settled is not None and settled.at > alias.at):
                return settled
            name = alias.canonical
        return None

    def history(self, client: str, name: str, record_type: str) -> list[Resolution]:
        """Give every answer or failure for one question of a client, in time order."""
        return list(_merged([within(h) for h in self._questions(self._by_question, client, name, record_type)]))

    def settled(self, client: str, name: str, record_type: str) -> list[Resolution]:
        """Give every settled answer to one question of a client, in time order."""
        return list(_merged([within(h) for h in self._questions(self._settled, client, name, record_type)]))

    def settled_between(self, client: str, name: str, record_type: str, start: int, end: int) -> bool:
        """Tell whether one question of a client was settled from *start* to *end*, both included."""
        histories = self._questions(self._settled, client, name, record_type)
        return any(within(h, start, end) for h in histories)

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
        return MailHosts(domain, mx, tuple(hosts), tuple(sorted(told.values(), key=time_of)))

    def domains_using(self, client: str, name: str, before: int) -> list[str]:
        """Give the domains whose MX, as told to *client*, is the host *name*; the last told first, from MAX_DOMAINS answers."""
        histories = [self._by_exchange.get((asker, name), []) for asker in self._hosts.same(client)]
        newest = merge(*(reversed(within(h, end=before)) for h in histories), key=time_of, reverse=True)
        return list(dict.fromkeys(r.name for r in islice(newest, MAX_DOMAINS)))

    def _histories(self, index: dict[Asker, list[Resolution]], client: str) -> list[list[Resolution]]:
        return [h for asker in self._hosts.same(client) if (h := index.get(asker))]

    def _questions(
        self, index: dict[_Question, list[Resolution]], client: str, name: str, record_type: str
    ) -> list[list[Resolution]]:
        return [h for asker in self._hosts.same(client) if (h := index.get((asker, name, record_type)))]

    def _newest(
        self, index: dict[_Question, list[Resolution]], client: str, name: str, record_type: str, before: int
    ) -> Resolution | None:
        found = [told[-1] for h in self._questions(index, client, name, record_type) if (told := within(h, end=before))]
        return max(found, key=time_of, default=None)


def _merged(stretches: list[Stretch[Resolution]]) -> Iterator[Resolution]:
    return iter(stretches[0]) if len(stretches) == 1 else merge(*stretches, key=time_of)


def _until(resolution: Resolution) -> int:
    return resolution.until


def _types_served(resolution: Resolution) -> tuple[str, ...]:
    """ANY answers for the types that it holds; that it holds no other says nothing of those (RFC 8482 §3)."""
    if resolution.type != "ANY":
        return (resolution.type,)
    if resolution.rcode == "NXDOMAIN":
        return ("ANY", "A", "AAAA", "MX")
    return ("ANY", *(t for t in ("A", "AAAA", "MX") if any(r.type == t for r in resolution.records)))


def _settles(resolution: Resolution) -> bool:
    """A truncated or damaged answer may lack what decides (RFC 2181 §9); a referral answers nothing."""
    lookup = resolution.lookup.nearest
    return resolution.rcode in NO_SUCH_DATA and not (resolution.referral or lookup.truncated or lookup.faults)
