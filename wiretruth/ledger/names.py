"""What each client was told about names, by whom, until when."""

from bisect import bisect_left
from collections.abc import Callable, Hashable, Iterator, Sequence
from heapq import merge
from itertools import islice
from typing import NamedTuple

from wiretruth.ledger.history import END_OF_TIME, Groups, Histories, Stretch, newest, time_of, within
from wiretruth.ledger.hosts import Asker, Hosts
from wiretruth.ledger.nat64 import Prefixes
from wiretruth.ledger.seekers import Seekers
from wiretruth.model.delivery import ExpectedHost
from wiretruth.model.dns import casefold_name
from wiretruth.model.statements import Resolution

NO_SUCH_DATA = ("NOERROR", "NXDOMAIN")
"""Response codes that settle a question; with no record of the type they mean that there is none (RFC 2308)."""

MAX_TELLING = 16
"""Answers given that name one address, the newest first to be kept: a host goes by a handful of names."""

MAX_DOMAINS = 64
"""MX answers looked at for the domains that one host serves: the hosts of a large provider serve more than anybody reads."""

ADDRESS_TYPES = ("A", "AAAA")

MAX_ALIASES = 8
"""Aliases followed from one lookup to the next, as resolvers do where a server gives no more than the alias."""

_Question = tuple[Asker, str, str]


class MailHosts(NamedTuple):
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

    @property
    def known(self) -> bool:
        """Tell whether any host's address was told."""
        return any(host.addresses for host in self.hosts)

    def host_of(self, address: str) -> ExpectedHost | None:
        """Give the most preferred host that has this address."""
        for host in self.hosts:
            if address in host.addresses:
                return host
        return None


class Names:
    """Resolutions in time order, asked by client and name, or by address."""

    def __init__(self, hosts: Hosts | None = None) -> None:
        """Begin empty; *hosts* tells which loopback address is whose."""
        self._hosts = hosts or Hosts()
        self._all: list[Resolution] = []
        self._groups = Groups(self._all)
        self._by_client: Histories[Asker, Resolution] = Histories()
        self._settled: Histories[_Question, Resolution] = Histories()
        self._unsettled: Histories[_Question, Resolution] = Histories()
        self._aliases: Histories[_Question, Resolution] = Histories()
        """Those of the unsettled that gave nothing but an alias."""
        self._first_told: dict[str, int] = {}
        """When an address was first told to anybody."""
        self._told: Histories[tuple[Asker, str], Resolution] = Histories()
        self._lasting: dict[tuple[Asker, str], list[Resolution]] = {}
        """Of ``_told``, where there are several, each answer that outlives those before it."""
        self._by_exchange: Histories[tuple[Asker, str], Resolution] = Histories()

        self._seekers = Seekers(self._hosts)
        self._nat64 = Prefixes()
        self._heard: dict[str, Sequence[int]] = {}
        self._forgetful = False

    @property
    def count(self) -> int:
        """How many resolutions are known."""
        return len(self._all)

    def add(self, resolution: Resolution) -> None:
        """Remember one resolution; they come in time order."""
        self._groups.forget()
        self._all.append(resolution)
        asker = self._hosts.asker(resolution.lookup.sightings[0].vantage, resolution.client)
        self._by_client.add(asker, resolution)
        self._nat64.note(resolution, asker)
        if resolution.type in ADDRESS_TYPES and (asker, resolution.name) in self._by_exchange:
            self._seekers.note(resolution, asker)
        if resolution.type == "ANY":
            for record_type in _types_served(resolution):
                self._add_answer((asker, resolution.name, record_type), resolution)
        else:
            self._add_answer((asker, resolution.name, resolution.type), resolution)
        if resolution.addresses or resolution.came_along:
            for address in dict.fromkeys((*resolution.addresses, *resolution.came_along)):
                self._add_address((asker, address), resolution)
        if resolution.exchanges:
            for exchange in dict.fromkeys(exchange for _, exchange in resolution.exchanges):
                self._by_exchange.add((asker, exchange), resolution)

    def _askers(self, client: str) -> list[Asker]:
        """Give every identity of the host that has *client*; its address of the other IP version where it asked only there."""
        same = self._hosts.same(client)
        return same if any(asker in self._by_client for asker in same) else [*same, *self._seekers.kin(client)]

    def _add_answer(self, question: _Question, resolution: Resolution) -> None:
        if _settles(resolution):
            self._settled.add(question, resolution)
            return
        self._unsettled.add(question, resolution)
        if resolution.referral and resolution.canonical != resolution.name:
            self._aliases.add(question, resolution)

    def _add_address(self, told: tuple[Asker, str], resolution: Resolution) -> None:
        self._first_told.setdefault(told[1], resolution.at)
        self._told.add(told, resolution)
        history = self._told.get(told)
        if len(history) > 1:
            lasting = self._lasting.setdefault(told, [history[0]])
            if resolution.until > lasting[-1].until:
                lasting.append(resolution)

    def asked(self, client: str) -> bool:
        """Tell whether this client asked anything at all in what was captured."""
        return any(asker in self._by_client for asker in self._hosts.same(client))

    def asked_for(self, client: str, name: str, record_type: str) -> bool:
        """Tell whether this client asked this question in what was captured."""
        indexes = (self._settled, self._unsettled)
        return any(self._questions(index, client, name, record_type) for index in indexes)

    def first_settled(self, client: str, name: str, record_type: str) -> Resolution | None:
        """Give the first settled answer to one question of a client."""
        return min((h[0] for h in self._questions(self._settled, client, name, record_type)), key=time_of, default=None)

    def by_client(self, client: str, start: int, end: int) -> Iterator[Resolution]:
        """Give what this client asked or was told from *start* to *end* (both included), in time order."""
        return _merged([within(h, start, end) for h in self._histories(self._by_client, client)])

    def newest_first(self, client: str, start: int, end: int) -> Iterator[Resolution]:
        """Give the same, the newest first."""
        stretches = [within(h, start, end) for h in self._histories(self._by_client, client)]
        return merge(*map(reversed, stretches), key=time_of, reverse=True)

    def heard_from(self, resolver: str, start: int, end: int) -> bool:
        """Tell whether *resolver* answered anybody anything from *start* to *end*, both included."""
        beside = self._heard.get(resolver, ())
        place = bisect_left(beside, start)
        if place < len(beside) and beside[place] <= end:
            return True
        return bool(within(self._groups.under(_answered_by, resolver), start, end))

    def hear(self, resolver: str, moments: Sequence[int]) -> None:
        """Remember when a resolver answered lookups of which nothing else is told; ascending."""
        self._heard[resolver] = moments

    def forget(self) -> None:
        """Note that what was told before the first resolution is not known: of addresses it may have been anything."""
        self._forgetful = True

    def alike(self, key: Callable[[Resolution], Hashable], value: Hashable) -> Sequence[Resolution]:
        """Give the resolutions to which *key* gives *value*, in time order; see :meth:`Groups.under`."""
        return self._groups.under(key, value)

    def knows(self, address: str, at: int, client: str = "") -> bool:
        """Tell whether anybody had been told *address* by a moment, or may have been; *client* may make it up (NAT64)."""
        first = self._first_told.get(address)
        if first is None and ":" in address:  # a host with CLAT makes it up itself (RFC 6877)
            first = self._first_told.get(self._nat64.embedded(address, self._hosts.same(client)) or "")
        return self._forgetful or (first is not None and first <= at)

    def telling(self, address: str, client: str, until: int = END_OF_TIME) -> list[Resolution]:
        """Give the answers that contained *address*, told to *client* up to a moment.

        Returns: in time order; the newest MAX_TELLING where there are more.
        """
        histories = [told for asker in self._askers(client) if (told := self._told.get((asker, address)))]
        newest = [r for told in histories for r in within(told, end=until)[-MAX_TELLING:]]
        return newest if len(histories) < 2 else sorted(newest, key=time_of)[-MAX_TELLING:]  # noqa: PLR2004 - several

    def longest_lived(self, address: str, client: str, until: int) -> Resolution | None:
        """Give, of the answers that contained *address* and were told to *client* by a moment, the one that lives longest.

        ``None`` where there is none, or where what was told earlier was forgotten.
        """
        if self._forgetful:
            return None
        longest = None
        for asker in self._askers(client):
            key = (asker, address)
            history = self._lasting.get(key) or self._told.get(key)
            told = newest(history, until) if history else None
            if told is not None and (longest is None or told.until > longest.until):
                longest = told
        return longest

    def latest(self, client: str, name: str, record_type: str, before: int) -> Resolution | None:
        """Give the last settled answer (records, or their absence) told to *client* at or before a moment.

        Where a server gave nothing but an alias, the answer is what was told about the name that it stands for.
        """
        return self._latest(self._askers(client), name, record_type, before)

    def _latest(self, askers: list[Asker], name: str, record_type: str, before: int) -> Resolution | None:
        if not self._aliases:
            return _newest(self._settled, askers, name, record_type, before)
        for _ in range(MAX_ALIASES):
            settled = _newest(self._settled, askers, name, record_type, before)
            alias = _newest(self._aliases, askers, name, record_type, before)
            if alias is None or (settled is not None and settled.at > alias.at):
                return settled
            name = alias.canonical
        return None

    def history(self, client: str, name: str, record_type: str) -> list[Resolution]:
        """Give every answer or failure for one question of a client, in time order."""
        both = (self._settled, self._unsettled)
        return list(merge(*(h for i in both for h in self._questions(i, client, name, record_type)), key=time_of))

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
        askers = self._askers(client)
        mx = self._latest(askers, domain, "MX", before)
        if mx is None or not (mx.exchanges or mx.rcode == "NOERROR"):
            return None
        named = mx.exchanges or ((None, domain),)
        told = [mx]
        hosts = []
        for preference, name in named:
            if name == ".":
                continue
            answers = [r for t in ADDRESS_TYPES if (r := self._latest(askers, name, t, before)) is not None]
            told += answers
            addresses = answers[0].addresses if len(answers) == 1 else _each_once(answers)
            hosts.append(ExpectedHost(preference, name, addresses))
        return MailHosts(mx.name if mx.name == domain else domain, mx, tuple(hosts), _in_order(told))

    def domains_using(self, client: str, name: str, before: int) -> list[str]:
        """Give the domains whose MX, as told to *client*, is the host *name*; the last told first, from MAX_DOMAINS answers."""
        histories = [told for asker in self._askers(client) if (told := self._by_exchange.get((asker, name)))]
        if not histories:
            return []
        newest = merge(*(reversed(within(h, end=before)) for h in histories), key=time_of, reverse=True)
        return list(dict.fromkeys(r.name for r in islice(newest, MAX_DOMAINS)))

    def _histories(self, index: Histories[Asker, Resolution], client: str) -> list[Sequence[Resolution]]:
        return [h for asker in self._askers(client) if (h := index.get(asker))]

    def _questions(
        self, index: Histories[_Question, Resolution], client: str, name: str, record_type: str
    ) -> list[Sequence[Resolution]]:
        return [h for asker in self._askers(client) if (h := index.get((asker, name, record_type)))]


def _newest(
    index: Histories[_Question, Resolution], askers: list[Asker], name: str, record_type: str, before: int
) -> Resolution | None:
    found = None
    for asker in askers:
        history = index.get((asker, name, record_type))
        told = newest(history, before) if history else None
        if told is not None and (found is None or told.at > found.at):
            found = told
    return found


def _in_order(told: list[Resolution]) -> tuple[Resolution, ...]:
    """Give answers in time order, each once."""
    if len(told) == 2 and told[0].at < told[1].at:  # noqa: PLR2004 - what most domains have: MX and address
        return told[0], told[1]
    return tuple(sorted({id(r): r for r in told}.values(), key=time_of))


def _each_once(answers: list[Resolution]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(address for answer in answers for address in answer.addresses))


def _answered_by(resolution: Resolution) -> str | None:
    return resolution.resolver if resolution.rcode is not None else None


def _merged(stretches: list[Stretch[Resolution]]) -> Iterator[Resolution]:
    return iter(stretches[0]) if len(stretches) == 1 else merge(*stretches, key=time_of)


def _types_served(resolution: Resolution) -> tuple[str, ...]:
    """ANY answers for the types that it holds; that it holds no other says nothing of those (RFC 8482 §3)."""
    if resolution.type != "ANY":
        return (resolution.type,)
    if resolution.rcode == "NXDOMAIN":
        return ("ANY", "A", "AAAA", "MX")
    return ("ANY", *(t for t in ("A", "AAAA", "MX") if any(r.type == t for r in resolution.records)))


def _settles(resolution: Resolution) -> bool:
    """A truncated or damaged answer may lack what decides (RFC 2181 §9); a referral answers nothing."""
    lookup = resolution.lookup.sightings[0]
    return resolution.rcode in NO_SUCH_DATA and not (resolution.referral or lookup.truncated or lookup.faults)
