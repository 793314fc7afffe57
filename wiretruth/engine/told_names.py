"""What clients were told about names, as far as it can be read at a glance: enough to see that mail went where it should.

Whoever was told anything that takes a second look is *touched*, and is looked at as a whole.
"""

from bisect import bisect_right
from collections.abc import Iterable
from ipaddress import ip_address
from itertools import accumulate
from operator import itemgetter
from typing import NamedTuple, TypeVar, cast

from wiretruth.columns.dns import MAPPED, RCODE
from wiretruth.engine.lookup_rows import PlainLookups, exchanges
from wiretruth.model.connection import TiedLookup
from wiretruth.model.dns import Lookup
from wiretruth.model.frames import NANOSECONDS
from wiretruth.rules._networks import is_inside, is_unroutable
from wiretruth.wire.addresses import ipv4_text, ipv6_text
from wiretruth.witnesses.resolution import state

A, MX, AAAA = 1, 15, 28
_KINDS = (A, MX, AAAA)
_COLUMNS = ("ends", "told", "octets", "length", "question_end", "type", "answered")
_TRUNCATED = 0x02
LAST = 1 << 62
"""Behind the end of every capture."""
_IN = 1
_SIZES = {A: 4, AAAA: 16}
_TO_QUESTION = b"\xc0\x0c"
_QUESTION, _BEHIND_NAME, _RECORD = 12, 4, 12
"""Octets of a header; of QTYPE and QCLASS; of a record whose owner is a pointer, before its data."""
_POINTER, _LONGEST_LABEL, _MOST_LABELS = 0xC0, 63, 32
_LATEST = 1 << 31
"""Times to live from here on are taken for 0 (RFC 2181 §8)."""

Name = bytes
"""As on the wire, in lower case."""
Address = bytes


_T = TypeVar("_T", Name, frozenset[Name])


class Exchanges(NamedTuple):
    """The MX records of a domain."""

    first: int
    """When they were told first."""
    preferred: frozenset[Name]
    """Those of lowest preference."""


class ToldNames:
    """What every client was told."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.asked: set[Address] = set()
        """Clients that asked anything."""
        self.touched: set[Address] = set()
        self.lives: dict[tuple[Address, Address], list[tuple[int, int]]] = {}
        """By client and address, when an answer that holds it was told, and until when one told by then may be used."""
        self.exchanges: dict[tuple[Address, Name], Exchanges | None] = {}
        """By client and domain; ``None`` where different things were told."""
        self.hosts: dict[tuple[Address, Name, int], tuple[int, frozenset[Address]]] = {}
        """By client, host and type: when its addresses were told first, and those that all answers hold."""
        self._served: set[tuple[Address, Name]] = set()
        """Clients, and hosts that were told to them as an MX."""
        self._aliases: set[tuple[Address, Name]] = set()
        self._absent: set[tuple[Address, Name]] = set()
        self._beyond: set[tuple[Address, Address]] = set()
        """Clients, and addresses that they cannot reach."""
        self._unreached: set[tuple[Address, Name]] = set()
        self._values: dict[object, object] = {}
        self._failing: set[Address] = set()
        """Resolvers at which a lookup failed: what they told to others meanwhile tells whose fault it was."""
        self._served_by: dict[Address, set[Address]] = {}
        """Clients by resolver."""
        self._resolvers: dict[tuple[Name, int], tuple[Address, set[Address]]] = {}
        """By question, one resolver that was asked, and the clients."""

    def read(self, plain: PlainLookups | None, made: Iterable[Lookup]) -> None:
        """Read lookups, those that are not made yet at a glance."""
        if plain is not None:
            self._read_rows(plain)
        for lookup in made:
            self._read_lookup(lookup)
        self._look_again()

    def _read_rows(self, plain: PlainLookups) -> None:
        known = _Packed()
        for rows, octets in plain.chunks:
            columns = (rows[name].tolist() for name in _COLUMNS)
            odd: list[int] = []
            for place, (ends, told, begin, length, at, kind, answered) in enumerate(zip(*columns, strict=True)):
                who = known.address(ends[0], ends[1]), known.address(ends[2], ends[3])
                message = octets[begin : begin + length]
                if not (answered and kind in _KINDS and self._read_answer(who, kind, message, at, told)):
                    odd.append(place)
            for exchange in exchanges(rows[odd], octets, plain.places):
                self._read_lookup(exchange.lookup(LAST))

    def _read_answer(self, ends: tuple[Address, Address], kind: int, message: bytes, at: int, told: int) -> bool:
        """Read an answer at a glance, if that is enough."""
        count = int.from_bytes(message[6:8])
        if not count or message[2] & _TRUNCATED or message[3] & RCODE:
            return False
        found = _exchanges(message, at, count) if kind == MX else _addresses(message, at, count, kind)
        if found is None:
            return False
        client, resolver = ends
        name = self._once(message[_QUESTION : at - _BEHIND_NAME].lower())
        self._note_resolver(client, resolver, name, kind)
        lifetime, records = found
        if kind == MX:
            self._mx(client, name, records, told)
        else:
            self._host(client, name, kind, [data for _, data in records], (told, told + lifetime * NANOSECONDS))
        return True

    def _read_lookup(self, lookup: Lookup) -> None:
        resolution = state(TiedLookup((lookup,)))
        client = packed(lookup.client.address)
        self.asked.add(client)
        name = wire(resolution.name)
        odd = lookup.truncated or lookup.other_answers or lookup.reply_source or lookup.rejections or lookup.faults
        if odd or name is None or lookup.rcode not in ("NOERROR", "NXDOMAIN") or resolution.type == "ANY":
            self.touched.add(client)
            self._failing.add(packed(lookup.resolver.address))
            return
        kind = {"A": A, "AAAA": AAAA, "MX": MX}.get(resolution.type)
        if kind is None:
            return
        self._note_resolver(client, packed(lookup.resolver.address), name, kind)
        if kind == MX and resolution.exchanges:
            named = [(preference, wire(host)) for preference, host in resolution.exchanges]
            if any(host is None for _, host in named) or resolution.canonical != resolution.name:
                self._unclear(client, name, kind)
            else:
                self._mx(client, name, [(p, host) for p, host in named if host is not None], resolution.at)
        elif kind != MX and resolution.addresses:
            if resolution.canonical != resolution.name:
                self._unclear(client, name, kind)
            addresses = [packed(address) for address in resolution.addresses]
            self._host(client, name, kind, addresses, (resolution.at, resolution.until))
        else:
            self._none(client, name, kind)

    def _note_resolver(self, client: Address, resolver: Address, name: Name, kind: int) -> None:
        self.asked.add(client)
        self._served_by.setdefault(resolver, set()).add(client)
        known = self._resolvers.get((name, kind))
        if known is None:
            self._resolvers[name, kind] = resolver, {client}
            return
        known[1].add(client)
        if known[0] != resolver:
            self.touched |= known[1]

    def _none(self, client: Address, name: Name, kind: int) -> None:
        if kind == MX:
            self.exchanges[client, name] = None
        else:
            self._absent.add((client, name))

    def _unclear(self, client: Address, name: Name, kind: int) -> None:
        if kind == MX:
            self.exchanges[client, name] = None
            self.touched.add(client)
        else:
            self._aliases.add((client, name))

    def _mx(self, client: Address, name: Name, named: list[tuple[int, bytes]], told: int) -> None:
        if any(host == b"\0" for _, host in named):
            self.touched.add(client)
        lowest = min(preference for preference, _ in named)
        preferred = self._once(frozenset(host for preference, host in named if preference == lowest))
        self._served.update((client, self._once(host)) for _, host in named)
        key = client, name
        if key not in self.exchanges:
            self.exchanges[key] = Exchanges(told, preferred)
            return
        known = self.exchanges[key]
        if known is not None and known.preferred != preferred:
            self.exchanges[key] = None
        elif known is not None and told < known.first:
            self.exchanges[key] = Exchanges(told, preferred)

    def _host(self, client: Address, name: Name, kind: int, addresses: list[Address], life: tuple[int, int]) -> None:
        for address in addresses:
            lives = self.lives.get((client, address))
            if lives is None:
                lives = self.lives[client, address] = []
                if _unreachable(text(address), text(client)):
                    self._beyond.add((client, address))
            lives.append(life)
            if self._beyond and (client, address) in self._beyond:
                self._unreached.add((client, name))
        known = self.hosts.get((client, name, kind))
        if known is None:
            self.hosts[client, name, kind] = life[0], self._once(frozenset(addresses))
        else:
            self.hosts[client, name, kind] = min(life[0], known[0]), self._once(known[1].intersection(addresses))

    def _once(self, value: _T) -> _T:
        """Give the value, or one equal to it that was kept before: many clients are told the same."""
        return cast("_T", self._values.setdefault(value, value))

    def _look_again(self) -> None:
        """Touch who was told of mail hosts that are aliases, that have no address, or one that nobody reaches."""
        for client, host in self._served:
            known = [self.hosts[client, host, kind][1] for kind in (A, AAAA) if (client, host, kind) in self.hosts]
            missing = (client, host) in self._absent and not any(known)
            if missing or (client, host) in self._aliases or (client, host) in self._unreached:
                self.touched.add(client)
        for lives in self.lives.values():
            if len(lives) > 1:
                lives.sort()
                lives[:] = zip((told for told, _ in lives), accumulate((until for _, until in lives), max), strict=True)
        for resolver in self._failing:
            self.touched |= self._served_by.get(resolver, set())

    def told(self, client: Address, address: Address, at: int, grace: int) -> bool:
        """Tell whether an address was told to a client by a moment, and might still be used then."""
        lives = self.lives.get((client, address), [])
        place = bisect_right(lives, at, key=itemgetter(0))
        return place > 0 and at <= lives[place - 1][1] + grace


def _addresses(message: bytes, at: int, count: int, kind: int) -> tuple[int, list[tuple[int, bytes]]] | None:
    """Give the time to live and the addresses of an answer; ``None`` where it holds anything else."""
    size = _SIZES[kind]
    step = _RECORD + size
    if not _ends(message, at + count * step):
        return None
    head = _TO_QUESTION + kind.to_bytes(2) + _IN.to_bytes(2)
    found, shortest = [], 1 << 32
    for place in range(at, at + count * step, step):
        if message[place : place + 6] != head or message[place + 10 : place + _RECORD] != size.to_bytes(2):
            return None
        shortest = min(shortest, _lifetime(message, place))
        found.append((0, message[place + _RECORD : place + step]))
    return (shortest, found) if shortest < _LATEST else None


def _lifetime(message: bytes, place: int) -> int:
    return int.from_bytes(message[place + 6 : place + 10])


def _exchanges(message: bytes, at: int, count: int) -> tuple[int, list[tuple[int, bytes]]] | None:
    """Give preferences and hosts of an answer; ``None`` where it holds anything else."""
    head = _TO_QUESTION + MX.to_bytes(2) + _IN.to_bytes(2)
    found = []
    for _ in range(count):
        if message[at : at + 6] != head or len(message) < at + _RECORD + 3:
            return None
        data, at = at + _RECORD, at + _RECORD + int.from_bytes(message[at + 10 : at + _RECORD])
        host = _name(message, data + 2, at)
        if host is None or at > len(message):
            return None
        found.append((int.from_bytes(message[data : data + 2]), host))
    return (0, found) if _ends(message, at) else None


def _ends(message: bytes, at: int) -> bool:
    """Tell whether there is nothing behind the answers but perhaps an OPT record that adds nothing to the code."""
    if len(message) == at:
        return not any(message[8:_QUESTION])
    opt = (
        message[8:_QUESTION] == b"\0\0\0\1"
        and message[at : at + 3] == b"\0\0\x29"
        and not message[at + 5 : at + 6].strip(b"\0")
    )
    return opt and len(message) == at + 11 + int.from_bytes(message[at + 9 : at + 11])


def _name(message: bytes, at: int, end: int) -> Name | None:
    """Give a name that ends with its record, in whole; ``None`` where it cannot be read at a glance."""
    labels: list[bytes] = []
    inside = True
    for _ in range(_MOST_LABELS):
        if at >= len(message):
            return None
        count = message[at]
        if count >= _POINTER:
            if inside and at + 2 != end:
                return None
            inside, at = False, int.from_bytes(message[at : at + 2]) & 0x3FFF
        elif count == 0:
            return None if inside and at + 1 != end else b"".join(labels).lower() + b"\0"
        elif count > _LONGEST_LABEL:
            return None
        else:
            labels.append(message[at : at + 1 + count])
            at += 1 + count
    return None


class _Packed:
    """Addresses by their halves, each as the same octets."""

    def __init__(self) -> None:
        self._known: dict[tuple[int, int], Address] = {}

    def address(self, high: int, low: int) -> Address:
        """Give an address as octets."""
        known = self._known.get((high, low))
        if known is None:
            mapped = not high and low >> 32 == MAPPED >> 32
            known = self._known[high, low] = (
                (low & 0xFFFFFFFF).to_bytes(4) if mapped else (high << 64 | low).to_bytes(16)
            )
        return known


def text(address: Address) -> str:
    """Give an address as text."""
    return ipv4_text(address) if len(address) == _SIZES[A] else ipv6_text(address)


def packed(address: str) -> Address:
    """Give an address that stands as text."""
    return ip_address(address).packed


def wire(name: str) -> Name | None:
    """Give a name that stands as text; ``None`` where it cannot be written so."""
    labels = [label.lower().encode() for label in name.split(".")]
    if (
        name == "."
        or "\\" in name
        or not name.isascii()
        or not all(0 < len(label) <= _LONGEST_LABEL for label in labels)
    ):
        return b"\0" if name == "." else None
    return b"".join(bytes((len(label),)) + label for label in labels) + b"\0"


def _unreachable(address: str, client: str) -> bool:
    """As ``rules.mx_private_address`` has it."""
    return is_unroutable(address) or (is_inside(address) and not is_inside(client))
