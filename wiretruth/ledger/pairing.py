"""Sightings that are the same conversation: tied by what translation cannot change, never by address."""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from operator import attrgetter
from typing import NamedTuple

from wiretruth.ledger.clocks import Clocks, clock_of
from wiretruth.ledger.renumbered import MOST_SIGHTINGS, join_renumbered
from wiretruth.model.connection import Connection, TiedLookup
from wiretruth.model.dns import Lookup, casefold_name
from wiretruth.model.frames import NANOSECONDS
from wiretruth.model.sighting import Sighting
from wiretruth.model.smtp import Dialogue
from wiretruth.model.ties import GUESSABLE

FORWARDING_TIME = 2 * NANOSECONDS
"""A packet is at the next vantage within this time, clocks being alike; one host's interfaces share one clock."""

CANDIDATES = 8
"""Groups alike that a sighting, or a lookup, is held against, the latest ones: random numbers meet by chance once in 2^32
(an id of DNS and its question still seldom), and who repeats one on purpose gains nothing but connections left apart."""

_Query = tuple[int, str, str, str]
"""Id, name, type and transport: what forwarding leaves as it is."""


class TiedSightings(NamedTuple):
    """Every sighting, in connections."""

    connections: list[Connection]
    """In the order in which they were opened."""
    ambiguous: int
    """Sightings whose client sequence number stood in other connections too: tied only where no address differs."""


def tie_sightings(
    sightings: Iterable[Sighting], dialogues: Mapping[int, Dialogue], clocks: Clocks | None = None
) -> TiedSightings:
    """Group sightings into connections.

    Two sightings are one connection when both initial sequence numbers and the client's first TSval agree (2^-64 and less
    for a coincidence), or, where one of them never saw an answer, when the client's initial sequence number and TSval
    agree, or without TSval the sequence number, the port and the moment. Numbers that were not drawn at random, and
    sightings of vantages with one clock, must also be moments apart; at one vantage, the TTL must differ as well.

    A number that one vantage saw in several connections tells nothing (port scanners send one to every host): there, only
    the server's own number may tie what has different addresses.

    What is left is held against each other by what remains where the numbers are rewritten (see ``renumbered``).

    Args:
        sightings: of any number of vantages, each once.
        dialogues: by the serial of their sighting.
        clocks: of the vantages; without them, one clock is supposed.
    """
    clocks = clocks or Clocks()
    by_number: dict[int, list[Sighting]] = {}
    groups: list[list[Sighting]] = []
    ambiguous = 0
    for sighting in sorted(sightings, key=attrgetter("serial")):
        if sighting.client_isn is None:
            groups.append([sighting])
        else:
            by_number.setdefault(sighting.client_isn, []).append(sighting)
    for alike in by_number.values():
        repeated = len(alike) > 1 and _repeats(alike)
        ambiguous += len(alike) if repeated else 0
        groups += _grouped(alike, _sure_mark if repeated else _no_mark, clocks) if len(alike) > 1 else [alike]
    groups, unsure = join_renumbered(groups, dialogues, clocks)
    connections = [_connection(group, dialogues, clocks) for group in groups]
    return TiedSightings(sorted(connections, key=_opened), ambiguous + unsure)


def _opened(connection: Connection) -> tuple[int, int]:
    nearest = connection.sightings[0]
    return nearest.opened.at, nearest.serial


def _repeats(alike: list[Sighting]) -> bool:
    """Tell whether one place saw the number in two packets: a packet forwarded past a vantage twice has another TTL."""
    places = [(s.vantage, _syn_ttl(s)) for s in alike]
    return len(set(places)) < len(places)


def _no_mark(sighting: Sighting) -> Hashable:
    del sighting
    return None


def _sure_mark(sighting: Sighting) -> Hashable:
    """What must agree where the client's number does not tell connections apart."""
    if sighting.server_isn is not None and sighting.server_isn >= GUESSABLE:
        return sighting.server_isn
    return sighting.client, sighting.server


def _grouped(alike: list[Sighting], mark: Callable[[Sighting], Hashable], clocks: Clocks) -> list[list[Sighting]]:
    groups: list[list[Sighting]] = []
    candidates: dict[Hashable, list[list[Sighting]]] = {}
    for sighting in alike:
        near = candidates.setdefault(mark(sighting), [])
        group = next((g for g in near if _belongs(g, sighting, clocks)), None)
        if group is None:
            group = []
            groups.append(group)
            near.append(group)
            del near[:-CANDIDATES]
        group.append(sighting)
    return groups


def _belongs(group: list[Sighting], sighting: Sighting, clocks: Clocks) -> bool:
    return len(group) < MOST_SIGHTINGS and all(_same_conversation(one, sighting, clocks) for one in group)


def _same_conversation(one: Sighting, other: Sighting, clocks: Clocks) -> bool:
    stamped = one.client_ts is not None and one.client_ts == other.client_ts
    if not _may_meet(one, other) or (one.syns and other.syns and one.client_ts != other.client_ts):
        return False
    later = clocks.between(one.vantage, other.vantage, one.opened.at) if clocks else one.opened.at
    moments_apart = abs(later - other.opened.at) <= FORWARDING_TIME
    if one.server_isn is not None and other.server_isn is not None:
        random = min(one.client_isn or 0, one.server_isn) >= GUESSABLE
        return one.server_isn == other.server_isn and (moments_apart or (random and not _one_clock(one, other)))
    if stamped and (one.client_isn or 0) >= GUESSABLE and not _one_clock(one, other):
        return True
    return moments_apart and (stamped or one.client.port == other.client.port)


def _may_meet(one: Sighting, other: Sighting) -> bool:
    """Two vantages; or one that a router sends the packet back through, under another address and with a lower TTL."""
    if one.vantage != other.vantage:
        return True
    moved = (one.client, one.server) != (other.client, other.server)
    return moved and bool(one.syns and other.syns) and one.syns[0].ttl != other.syns[0].ttl


def _one_clock(one: Sighting, other: Sighting) -> bool:
    """Interfaces of one input (``label#interface``) were stamped by one host."""
    return clock_of(one.vantage) == clock_of(other.vantage)


def _connection(group: list[Sighting], dialogues: Mapping[int, Dialogue], clocks: Clocks) -> Connection:
    if len(group) == 1:
        return Connection((group[0],), dialogues.get(group[0].serial))
    path = _path(group, clocks)
    read = [dialogues[s.serial] for s in path if s.serial in dialogues]
    return Connection(path, read[0] if read else None, tuple(read[1:]))


def _path(group: list[Sighting], clocks: Clocks) -> tuple[Sighting, ...]:
    """Order by the hops that the client's packets had behind them, then by time.

    A SYN proxy sends the SYN anew, with a TTL and a window of its own: then time alone tells.
    """
    if not all(s.from_client.packets for s in group) and all(s.from_server.packets for s in group):
        return _path_back(group, clocks)
    forwarded = len({s.syns[0].window for s in group if s.syns}) < 2  # noqa: PLR2004 - one window, or none seen

    def place(sighting: Sighting) -> tuple[int, int, int]:
        hops = -_syn_ttl(sighting) if forwarded else 0
        return hops, clocks.common(sighting.vantage, sighting.opened.at), sighting.serial

    return tuple(sorted(group, key=place))


def _path_back(group: list[Sighting], clocks: Clocks) -> tuple[Sighting, ...]:
    """Order by the hops that the server's packets had behind them, where the client's pass elsewhere: the last ones are first."""

    def place(sighting: Sighting) -> tuple[int, int, int]:
        hops = sighting.syn_acks[0].ttl if sighting.syn_acks else sighting.from_server.ttl or 0
        return hops, -clocks.common(sighting.vantage, sighting.opened.at), sighting.serial

    return tuple(sorted(group, key=place))


def _syn_ttl(sighting: Sighting) -> int:
    return sighting.syns[0].ttl if sighting.syns else sighting.from_client.ttl or 0


def tie_lookups(lookups: Iterable[Lookup], clocks: Clocks | None = None) -> Iterator[TiedLookup]:
    """Group lookups that are one query seen at several vantages: same id, question and transport, moments apart.

    Args:
        lookups: of any number of vantages, each once.
        clocks: of the vantages; without them, one clock is supposed.
    """
    clocks = clocks or Clocks()

    def first_seen(lookup: Lookup) -> tuple[int, tuple[int, ...], str]:
        return clocks.common(lookup.vantage, lookup.at), lookup.frames, lookup.vantage

    in_order = sorted(lookups, key=first_seen)
    if len({lookup.vantage for lookup in in_order}) < 2:  # noqa: PLR2004 - one vantage sees each query once
        return map(TiedLookup, zip(in_order))
    return _tied(in_order, [clocks.common(lookup.vantage, lookup.at) for lookup in in_order])


def _tied(in_order: list[Lookup], moments: list[int]) -> Iterator[TiedLookup]:
    groups: list[list[Lookup]] = []
    recent: dict[_Query, list[tuple[int, list[Lookup]]]] = {}
    older = recent
    begun = 0
    for lookup, at in zip(in_order, moments, strict=True):
        if at - begun > FORWARDING_TIME:
            older, recent, begun = recent, {}, at
        key = (lookup.id, casefold_name(lookup.question.name), lookup.question.type, lookup.transport)
        open_groups = [g for g in (recent.get(key) or older.get(key) or ()) if at - g[0] <= FORWARDING_TIME]
        group = _group_of(lookup, [members for _, members in open_groups])
        if group is None:
            group = []
            groups.append(group)
            open_groups.append((at, group))
        group.append(lookup)
        recent[key] = open_groups[-CANDIDATES:]
    for group in groups:
        yield TiedLookup(tuple(group))


def _group_of(lookup: Lookup, open_groups: list[list[Lookup]]) -> list[Lookup] | None:
    """Find the group that lacks this vantage; of several, the one with the same client, then with the same resolver."""
    short = (g for g in open_groups if len(g) < MOST_SIGHTINGS)
    lacking = [g for g in short if all(seen.vantage != lookup.vantage for seen in g)]
    ends = (lookup.client, lookup.resolver)
    return max(
        lacking, key=lambda g: [a == b for a, b in zip((g[-1].client, g[-1].resolver), ends, strict=True)], default=None
    )
