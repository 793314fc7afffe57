"""Which packets passed two clocks: the handshakes of connections, and the queries and responses of lookups."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from wiretruth.ledger.clock_lines import Crossings
from wiretruth.model.dns import Lookup, casefold_name
from wiretruth.model.frames import NANOSECONDS
from wiretruth.model.sighting import SegmentMark, Sighting
from wiretruth.model.ties import GUESSABLE

INPUTS_COMPARED = 8
"""Inputs of which one conversation is compared: each clock needs one other that it is held against."""

ENOUGH = 200_000
"""Sightings looked at; of more than these, those whose first number falls on it: every vantage picks the same ones. And
lookups looked at of each input, the first ones."""

LOOKUPS_NEEDED = 3
"""Lookups that must say the same: an id of DNS is 16 bits, and one pair may meet by chance."""

STAMPED_WITHIN = NANOSECONDS // 1000
"""Stamps are late by interrupts and queues, and a clock drifts in a handshake: so much is not a packet sent again."""

ALIKE = NANOSECONDS
"""Pairs of lookups that are no coincidence tell offsets no farther apart than this."""

Pairs = dict[tuple[str, str], Crossings]


def of_sightings(sightings: Sequence[Sighting]) -> Pairs:
    """Compare the clocks of all pairs of inputs that saw one handshake, known by both initial sequence numbers."""
    by_numbers: dict[tuple[int, int], dict[str, Sighting]] = {}
    every = len(sightings) // ENOUGH + 1
    for one in sightings:
        if (one.client_isn or 0) % every:
            continue
        if one.syns and len(one.syn_acks) == 1 and min(one.client_isn or 0, one.server_isn or 0) >= GUESSABLE:
            seen = by_numbers.setdefault((one.client_isn or 0, one.server_isn or 0), {})
            seen.setdefault(one.vantage.partition("#")[0], one)
    found: Pairs = defaultdict(Crossings)
    for seen in by_numbers.values():
        for (a, one), (b, other) in combinations(sorted(seen.items())[:INPUTS_COMPARED], 2):
            asked = _shift(one.syns, other.syns)
            answered = _shift(one.syn_acks, other.syn_acks)
            if asked is not None and answered is not None:
                _note(found[a, b], one.opened.at, asked, answered, one.syns[0].ttl - other.syns[0].ttl)
    return dict(found)


def _shift(one: Sequence[SegmentMark], other: Sequence[SegmentMark]) -> int | None:
    """Give how much later the other clock saw a packet; of those sent again only where the identification is the same."""
    if len(one) == len(other) == 1:
        return other[0].at - one[0].at
    known = {mark.ip_id: mark.at for mark in one if mark.ip_id}
    return next((mark.at - known[mark.ip_id] for mark in other if mark.ip_id in known), None)


def _note(crossings: Crossings, at: int, asked: int, answered: int, hops: int) -> None:
    """Note what went and what came back; where no hop lies between, the slower way is the one that went."""
    towards = hops > 0 if hops else asked >= answered
    most, least = (asked, answered) if towards else (answered, asked)
    if most >= least:
        crossings.add(at, most, least)
    elif least - most <= STAMPED_WITHIN:  # else a packet was missed at one of them, and another was taken for it
        crossings.add(at, (most + least) // 2, (most + least) // 2)


def of_lookups(lookups: Iterable[Lookup]) -> Pairs:
    """Compare clocks by lookups with an id and a question that each input saw but once, answered at the first attempt."""
    by_question: dict[tuple[int, str, str, str], dict[str, list[Lookup]]] = {}
    seen_at: Counter[str] = Counter()
    for lookup in lookups:
        if lookup.response is not None and lookup.query_count == 1:
            clock = lookup.vantage.partition("#")[0]
            seen_at[clock] += 1
            if seen_at[clock] > ENOUGH:
                continue
            question = (lookup.id, casefold_name(lookup.question.name), lookup.question.type, lookup.transport)
            seen = by_question.setdefault(question, {}).setdefault(clock, [])
            del seen[1:]
            seen.append(lookup)
    shifts: dict[tuple[str, str], list[tuple[int, int, int]]] = defaultdict(list)
    for inputs in by_question.values():
        single = sorted((label, seen[0]) for label, seen in inputs.items() if len(seen) == 1)
        for (a, one), (b, other) in combinations(single[:INPUTS_COMPARED], 2):
            shifts[a, b] += _of_lookup(one, other)
    found: Pairs = {}
    for pair, told in shifts.items():
        agreeing = _agreeing(told)
        if len(agreeing) >= LOOKUPS_NEEDED:
            found[pair] = crossings = Crossings()
            for at, asked, answered in agreeing:
                _note(crossings, at, asked, answered, 0)
    return found


def _of_lookup(one: Lookup, other: Lookup) -> Iterator[tuple[int, int, int]]:
    if one.response is not None and other.response is not None:
        yield one.at, other.at - one.at, other.response.at - one.response.at


def _agreeing(shifts: list[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """Give those that tell nearly the same: coincidences are anywhere."""
    if not shifts:
        return []
    middle = sorted(asked for _, asked, _ in shifts)[len(shifts) // 2]
    return [s for s in shifts if abs(s[1] - middle) <= ALIKE and abs(s[2] - middle) <= ALIKE]
