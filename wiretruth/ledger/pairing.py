"""Sightings that are the same conversation: tied by what translation cannot change, never by address."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping

from wiretruth.model.connection import Connection, TiedLookup
from wiretruth.model.dns import Lookup, casefold_name
from wiretruth.model.frames import NANOSECONDS
from wiretruth.model.sighting import Sighting
from wiretruth.model.smtp import Dialogue

FORWARDING_TIME = 2 * NANOSECONDS
"""A packet is at the next vantage within this time, clocks being alike; one host's interfaces share one clock."""


def tie_sightings(sightings: Iterable[Sighting], dialogues: Mapping[int, Dialogue]) -> list[Connection]:
    """Group sightings into connections, in the order in which they were opened.

    Two sightings are one connection when both initial sequence numbers and the client's first TSval agree (2^-64 and less
    for a coincidence), or, where one of them never saw an answer, when the client's initial sequence number and TSval
    agree, or without TSval the sequence number, the port and the moment.

    Args:
        sightings: of any number of vantages, each once.
        dialogues: by the serial of their sighting.
    """
    groups: dict[int, list[list[Sighting]]] = {}
    apart: list[list[Sighting]] = []
    for sighting in sorted(sightings, key=lambda s: s.serial):
        if sighting.client_isn is None:
            apart.append([sighting])
            continue
        candidates = groups.setdefault(sighting.client_isn, [])
        group = next((g for g in candidates if all(_same_conversation(s, sighting) for s in g)), None)
        if group is None:
            candidates.append([sighting])
        else:
            group.append(sighting)
    grouped = apart + [group for candidates in groups.values() for group in candidates]
    connections = [_connection(group, dialogues) for group in grouped]
    return sorted(connections, key=lambda c: (c.at, c.nearest.serial))


def _same_conversation(one: Sighting, other: Sighting) -> bool:
    if (one.vantage, one.client, one.server) == (other.vantage, other.client, other.server):
        return False
    if one.client_ts != other.client_ts:
        return False
    if one.server_isn is not None and other.server_isn is not None:
        return one.server_isn == other.server_isn
    if one.client_ts is not None:
        return True
    return one.client.port == other.client.port and abs(one.opened.at - other.opened.at) <= FORWARDING_TIME


def _connection(group: list[Sighting], dialogues: Mapping[int, Dialogue]) -> Connection:
    path = tuple(sorted(group, key=_place_on_path))
    dialogue = next((dialogues[s.serial] for s in path if s.serial in dialogues), None)
    nearest = path[0]
    identity = (nearest.vantage, str(nearest.client), str(nearest.server), nearest.client_isn, nearest.opened)
    return Connection(_content_id(identity), path, dialogue)


def _place_on_path(sighting: Sighting) -> tuple[int, int, int]:
    """Order by the hops that the client's packets had behind them, then by time."""
    ttl = sighting.syns[0].ttl if sighting.syns else sighting.from_client.ttl or 0
    return (-ttl, sighting.opened.at, sighting.serial)


def tie_lookups(lookups: Iterable[Lookup]) -> Iterator[TiedLookup]:
    """Group lookups that are one query seen at several vantages: same id, question and transport, moments apart."""
    groups: list[list[Lookup]] = []
    recent: dict[tuple[int, str, str, str], list[list[Lookup]]] = {}
    for lookup in sorted(lookups, key=lambda x: (x.at, x.frames)):
        key = (lookup.id, casefold_name(lookup.question.name), lookup.question.type, lookup.transport)
        open_groups = [g for g in recent.get(key, ()) if lookup.at - g[0].at <= FORWARDING_TIME]
        group = next((g for g in open_groups if _elsewhere(g, lookup)), None)
        if group is None:
            group = []
            groups.append(group)
            open_groups.append(group)
        group.append(lookup)
        recent[key] = open_groups
    for group in groups:
        first = group[0]
        identity = (first.vantage, str(first.client), str(first.resolver), first.id, first.question, first.at)
        yield TiedLookup(_content_id(identity), tuple(group))


def _elsewhere(group: list[Lookup], lookup: Lookup) -> bool:
    return all(seen.vantage != lookup.vantage for seen in group)


def _content_id(identity: tuple[object, ...]) -> str:
    return hashlib.sha256(repr(identity).encode()).hexdigest()[:16]
