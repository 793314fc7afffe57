"""Which faultless sessions nobody has to look at: no rule says anything of them, and none holds anything against them.

A session is made of its row when its own facts call for a look; when anything else was seen of its client or its server; and
with it all that are tied to it by a client or a server. What is left is counted. Rules that hear of every contact are listed in
:data:`CONSIDERED`: with one that is not among them, every session is made. Imports numpy.
"""

import functools
import re
from collections.abc import Iterator
from itertools import islice

import numpy as np

from wiretruth.columns.view import Truths
from wiretruth.engine.encrypted import encrypted
from wiretruth.engine.row_numbers import told_apart
from wiretruth.engine.session_rows import Sessions
from wiretruth.engine.spared import Spared
from wiretruth.engine.told_names import AAAA, A, Address, Name, ToldNames, packed, text, wire
from wiretruth.engine.yielded import Yielded
from wiretruth.ledger.hosts import hops_behind, is_loopback
from wiretruth.ledger.intentions import recipient_domain
from wiretruth.model.dns import casefold_name
from wiretruth.protocols.smtp.faultless import Facts
from wiretruth.rules._nearness import NETWORKS
from wiretruth.rules._networks import is_inside
from wiretruth.rules.banner_mismatch import organisation
from wiretruth.rules.stale_resolution import GRACE

CONSIDERED = frozenset({
    "answers_differ", "attempt_not_logged", "banner_mismatch", "capture_incomplete", "clock_skew", "destination_rewritten",
    "encrypted_dns", "mx_is_cname", "mx_order_violated",
    "mx_private_address", "mx_target_unresolvable", "null_mx", "one_sided_capture", "resolved_not_contacted", "resolver_rewritten",
    "source_rewritten", "stale_resolution", "starttls_stripped", "transparent_proxy", "unresolved_contact",
})  # fmt: skip
"""Rules that hear of what need not be wrong."""

_PLAIN = re.compile(rb"[!-\[\]-~]+\Z")
_MASKED = re.compile(rb"(?:X{4,}A?|\*{4,})\Z")


Domain = tuple[str, Name | None]


class Sparing:
    """The faultless sessions of one input, and everything else that it holds."""

    def __init__(self, read: Yielded, sessions: Sessions) -> None:
        """Read what is asked of every session."""
        self._rows = sessions.kept()
        self._clients, self._servers = (_addresses(self._rows, name) for name in ("client", "server"))
        self._told = ToldNames()
        self._told.read(read.plain, read.lookups)
        self._read, self._sessions = read, sessions

    def _facts(self) -> Iterator[Facts]:
        """Give what was said in every session; it is unpacked each time, as that is faster than it is big."""
        for chunk in self._sessions.chunks:
            yield from (facts for facts, gone in zip(chunk.told(), chunk.gone, strict=True) if not gone)

    def everything(self) -> Truths:
        """Tell that all must be made."""
        return np.ones(len(self._rows), np.bool_)

    def by_chunk(self, wanted: Truths) -> Iterator[Truths]:
        """Give what is wanted of the rows of each chunk."""
        begin = 0
        for chunk in self._sessions.chunks:
            found = np.zeros(len(chunk.gone), np.bool_)
            count = int(np.count_nonzero(~chunk.gone))
            found[~chunk.gone] = wanted[begin : begin + count]
            begin += count
            yield found

    def wanted(self) -> Truths:
        """Tell which sessions must be made."""
        everything = self.everything()
        addresses = {*self._clients, *self._servers, *self._told.asked}
        if any(is_loopback(text(address)) for address in addresses) or not told_apart({*map(text, addresses)}):
            return everything
        tied = _Tied()
        for client, server in zip(self._clients, self._servers, strict=True):
            tied.tie(client, server)
        touched = {*self._told.touched, *self._others(), *self._own()}
        roots = {tied.root(address) for address in touched}
        wanted = np.fromiter((tied.root(client) in roots for client in self._clients), np.bool_, len(self._rows))
        first = self._first(~wanted)
        return everything if first is not None and self._looked_up(first) is None else wanted

    def spared(self, wanted: Truths) -> Spared:
        """Say what is to be said of the others."""
        first = self._first(~wanted)
        if first is None:
            return Spared()
        every = zip(self._clients, self._servers, self._facts(), wanted.tolist(), strict=True)
        left = ((client, server, facts) for client, server, facts, made in every if not made)
        deliveries = {
            (client, *_delivery(mailbox, server)) for client, server, facts in left for mailbox in facts.recipients
        }
        return Spared(
            count=int(np.count_nonzero(~wanted)),
            deliveries=len(deliveries),
            first=int(self._rows["at"][first]),
            looked_up=bool(self._looked_up(first)),
            clients=frozenset(text(client) for client, _, _ in deliveries),
        )

    def _others(self) -> Iterator[Address]:
        """Give the ends of every connection that is made already, and of rows that may be the same as another connection."""
        numbers = self._rows["isn"].tolist()
        made = {x.client_isn for x in (*self._read.sightings, *self._read.others) if x.client_isn is not None}
        seen: set[int] = set()
        for n, number in enumerate(numbers):
            if number in made:
                yield self._clients[n]
            elif number in seen:
                made.add(number)
            seen.add(number)
        repeated = made.intersection(seen)
        yield from (client for client, number in zip(self._clients, numbers, strict=True) if number in repeated)
        hidden = encrypted((*self._read.others, *self._read.sightings))
        yield from (packed(pair.client) for pairs in hidden.values() for pair in pairs)
        for sighting in self._read.sightings:
            for end in (sighting.client, sighting.server, sighting.reply_source):
                if end is not None:
                    yield packed(end.address)

    def _own(self) -> Iterator[Address]:
        """Give the clients of sessions that call for a look by themselves."""
        rows = self._rows
        columns = (rows[name].tolist() for name in ("at", "ttl"))
        offering = {server for server, facts in zip(self._servers, self._facts(), strict=True) if offers(facts)[0]}
        networks: dict[Address, set[Address]] = {}
        distances: dict[Address, bool] = {}
        for client, server, facts, at, ttl in zip(self._clients, self._servers, self._facts(), *columns, strict=True):
            away, own = hops_behind(ttl[0]), hops_behind(ttl[1])
            near = None if away == own or away is None or own is None else own < away
            if not self._goes_where_told(client, server, facts, at, near):
                yield client
            offered, masked = offers(facts)
            if masked or (offered is False and server in offering):
                yield client
            if distances.setdefault(server, not away) != (not away):
                yield client
            if not away and near is not False and not _is_inside(server):
                network = networks.setdefault(client, set())
                network.add(server[: 2 if len(server) == 4 else 4])  # noqa: PLR2004 - as in rules._nearness
                if len(network) >= NETWORKS:
                    yield client

    def _goes_where_told(self, client: Address, server: Address, facts: Facts, at: int, near: bool | None) -> bool:
        """Tell whether a session went where its client had been told, or came from afar and from one who never asks."""
        told = self._told
        if client not in told.asked:
            return near is False
        if not told.told(client, server, at, GRACE):
            return False
        named = {_domain(mailbox.rpartition(b"@")[2]) for mailbox in facts.recipients if b"@" in mailbox}
        return all(self._serves(client, server, one, at) for _, one in named) and self._greets(client, facts, named)

    def _serves(self, client: Address, server: Address, name: Name | None, at: int) -> bool:
        """Tell whether a server is, by all that its client was told, among the first hosts of a domain; or nothing was told."""
        if name is None:
            return False
        if (client, name) not in self._told.exchanges:
            return True
        known = self._told.exchanges[client, name]
        kind = A if len(server) == 4 else AAAA  # noqa: PLR2004 - octets of an IPv4 address
        hosts = [self._told.hosts.get((client, host, kind)) for host in (known.preferred if known else ())]
        return any(host is not None and host[0] <= at and server in host[1] for host in hosts)

    def _greets(self, client: Address, facts: Facts, domains: set[Domain]) -> bool:
        """Tell whether the server names itself as its client may expect."""
        name = _greeted(facts.greeting) or _greeted(facts.introduction)
        if name is None:
            return False
        if "." not in name or not name[0].isalnum():
            return True
        own = _organisation(name)
        known = (self._told.exchanges.get((client, one or b"")) for _, one in domains)
        return any(_organisation(domain) == own for domain, _ in domains) or any(
            _organised(host) == own for one in known if one for host in one.preferred
        )

    def _first(self, which: Truths) -> int | None:
        """Give the session that was opened first, of some."""
        left = np.flatnonzero(which)
        return int(left[np.argmin(self._rows["at"][left])]) if left.size else None

    def _looked_up(self, n: int) -> bool | None:
        """Tell whether the client had looked up where a session was meant to go; ``None`` where that is not plain."""
        at, client = int(self._rows["at"][n]), self._clients[n]
        if any(x.opened.at == at for x in self._read.sightings) or np.count_nonzero(self._rows["at"] == at) > 1:
            return None
        for mailbox in next(islice(self._facts(), n, None)).recipients:
            domain = recipient_domain(mailbox.decode("ascii"))
            key = client, wire(domain or "") or b""
            if domain is None or key not in self._told.exchanges:
                continue
            known = self._told.exchanges[key]
            return True if known is not None and known.first <= at else None
        return False


class _Tied:
    """Addresses that are tied to each other, directly or not."""

    def __init__(self) -> None:
        self._above: dict[Address, Address] = {}

    def root(self, one: Address) -> Address:
        """Give the one that stands for all that an address is tied to."""
        above = self._above
        while (higher := above.get(one, one)) != one:
            above[one] = above.get(higher, higher)
            one = higher
        return one

    def tie(self, one: Address, other: Address) -> None:
        """Tie two."""
        one, other = self.root(one), self.root(other)
        if one != other:
            self._above[one] = other


@functools.lru_cache(maxsize=1 << 14)
def _domain(octets: bytes) -> Domain:
    """Give a recipient's domain as text, and as on the wire; ``None`` for what is none, or cannot be written so."""
    domain = recipient_domain(f"x@{octets.decode('ascii')}")
    return domain or "", None if domain is None else wire(domain)


def _delivery(mailbox: bytes, server: Address) -> tuple[str, Address]:
    """Give by what a delivery is known, beside its client."""
    domain, _ = _domain(mailbox.rpartition(b"@")[2]) if b"@" in mailbox else ("", None)
    return domain, b"" if domain else server


def _addresses(rows: "np.ndarray[tuple[int], np.dtype[np.void]]", name: str) -> list[Address]:
    known: dict[tuple[int, int, int], Address] = {}
    found = []
    for (head, tail), version in zip(rows[name].tolist(), rows["version"].tolist(), strict=True):
        key = head, tail, version
        address = known.get(key)
        if address is None:
            address = known[key] = tail.to_bytes(4) if version == 4 else (head << 64 | tail).to_bytes(16)  # noqa: PLR2004
        found.append(address)
    return found


def offers(facts: Facts) -> tuple[bool | None, bool]:
    """Tell whether a server offers STARTTLS (``None``: nothing at all), and whether something was blanked in its offer."""
    return _offers(facts.introduction) if facts.extended else (None, False)


@functools.lru_cache(maxsize=1024)
def _offers(introduction: bytes) -> tuple[bool | None, bool]:
    lines = [line[4:] for line in introduction.split(b"\r\n")[1:-1]]
    offered = any(line.upper().startswith(b"STARTTLS") for line in lines) if lines else None
    return offered, not offered and any(_MASKED.match(line) for line in lines)


@functools.lru_cache(maxsize=4096)
def _greeted(reply: bytes) -> str | None:
    """Give the name that a reply begins with; ``None`` where it is no plain one."""
    words = reply.split(b"\r\n", 1)[0][4:].split()
    return casefold_name(words[0].decode()) if words and _PLAIN.match(words[0]) else None


@functools.lru_cache(maxsize=4096)
def _organisation(name: str) -> str:
    return organisation(name)


@functools.lru_cache(maxsize=4096)
def _organised(host: bytes) -> str:
    labels, at = [], 0
    while host[at]:
        labels.append(host[at + 1 : at + 1 + host[at]].decode("latin-1"))
        at += 1 + host[at]
    return organisation(".".join(labels))


@functools.lru_cache(maxsize=4096)
def _is_inside(address: Address) -> bool:
    return is_inside(text(address))
