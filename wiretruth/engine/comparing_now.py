"""Captured answers against today's: what resolvers say when they are asked again."""

from collections.abc import Iterable, Iterator, Sequence

from wiretruth.engine.answers import Answers
from wiretruth.engine.difference_words import clock
from wiretruth.model.comparison import Comparison, Entry, Hunk, Mark, NowTold
from wiretruth.model.finding import Severity
from wiretruth.model.report import Report
from wiretruth.model.statements import Resolution

_TYPES = ("MX", "A", "AAAA")


def compare_now(report: Report, told: Sequence[NowTold]) -> Comparison:
    """Put today's answers beside those that our senders were given.

    Args:
        report: with every lookup.
        told: today's, by resolver and name in the order wanted.
    """
    answers = Answers(report.lookups)
    captured: dict[tuple[str, str], Resolution] = {}
    clients: dict[tuple[str, str], dict[str, None]] = {}
    for delivery in report.deliveries:
        names = () if delivery.inbound else (delivery.domain, *(host.name for host in delivery.expected))
        for question in ((name, record_type) for name in names for record_type in _TYPES):
            last = answers.of(delivery.lookups, *question)
            if last is not None and last.rcode is not None:
                captured[last.name, last.type] = last
                clients.setdefault((last.name, last.type), {})[delivery.client] = None
    hunks: dict[tuple[str, str, str], list[Entry]] = {}
    for now in told:
        before = captured.get((now.name, now.type))
        if before is None or now.trouble:
            continue
        place = (", ".join(clients[now.name, now.type]), now.name, now.resolver)
        hunks.setdefault(place, []).extend(_entries(before, now))
    return Comparison(
        tuple(Hunk(client, name, "", tuple(entries), resolver) for (client, name, resolver), entries in hunks.items()),
        tuple(f"{t.resolver} gives no answer for {t.type} {t.name}: {t.trouble}" for t in told if t.trouble),
    )


def _entries(before: Resolution, now: NowTold) -> Iterator[Entry]:
    """Give the records of both, those of one side as differences."""
    then = _records(before)
    today = dict.fromkeys(now.records)
    said_then = f"{before.resolver} told {before.client} at {clock(before.at)}"
    said_now = f"{now.resolver} now" + ("" if now.ttl is None else f", TTL {now.ttl} s")
    if not then and not today:
        words = f"{said_then}: {_nothing(before.rcode)}; {now.resolver} now: {_nothing(now.rcode)}"
        yield Entry(Mark.BOTH, now.name, f"{now.type} -", words)
    for data in then:
        if data in today:
            yield Entry(Mark.BOTH, now.name, f"{now.type} {data}", f"{said_then}; {said_now}")
        else:
            words = f"{said_then}; {now.resolver} now: {'not so' if today else _nothing(now.rcode)}"
            yield Entry(Mark.BEFORE, now.name, f"{now.type} {data}", words, Severity.WARNING)
    for data in today:
        if data not in then:
            words = f"{said_now}; {said_then}: {'not so' if then else _nothing(before.rcode)}"
            yield Entry(Mark.AFTER, now.name, f"{now.type} {data}", words, Severity.WARNING)


def _records(told: Resolution) -> list[str]:
    if told.type == "MX":
        return [f"{preference} {name}" for preference, name in dict.fromkeys(told.exchanges)]
    return sorted(told.addresses)


def _nothing(rcode: str | None) -> str:
    return "no such record" if rcode == "NOERROR" else rcode or "no answer"


def joined(comparisons: Iterable[Comparison]) -> Comparison:
    """Put several comparisons behind each other."""
    everything = list(comparisons)
    return Comparison(
        tuple(hunk for one in everything for hunk in one.hunks),
        tuple(trouble for one in everything for trouble in one.troubles),
        sum(one.passed_over for one in everything),
    )
