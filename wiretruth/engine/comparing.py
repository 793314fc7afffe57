"""Resolver answers against observed connections, delivery by delivery: what a diff of both shows."""

from collections.abc import Iterator, Sequence

from wiretruth.engine.answers import Answers
from wiretruth.engine.differing import Differing
from wiretruth.ledger.contacts import is_submission
from wiretruth.model.comparison import Comparison, Entry, Hunk
from wiretruth.model.delivery import Delivery
from wiretruth.model.report import Report
from wiretruth.model.statements import Resolution


def compare(report: Report) -> Comparison:
    """Hold what each client was told against whom it contacted.

    Args:
        report: with every lookup.
    """
    answers = Answers(report.lookups)
    ends = {label: source.last or 0 for source in report.inputs for label in source.vantages}
    ours = [d for d in report.deliveries if not d.inbound and d.attempts]
    hunks: dict[tuple[str, str, str], list[Entry]] = {}
    for delivery in ours:
        place = (delivery.client, delivery.domain, _heading(delivery, answers))
        entries = Differing(delivery, answers, report.findings, ends).entries()
        hunks.setdefault(place, []).extend(entries)
    told = tuple(Hunk(*place, tuple(_once(entries))) for place, entries in hunks.items())
    return Comparison(told, passed_over=sum(1 for d in report.deliveries if d.inbound))


def _once(entries: list[Entry]) -> Iterator[Entry]:
    """Give what was so several times once, in the words of the first, with their number."""
    alike: dict[Entry, list[Entry]] = {}
    for entry in entries:
        alike.setdefault(entry._replace(words=""), []).append(entry)
    for first, *others in alike.values():
        yield first._replace(words=f"{first.words}; and so {len(others)} more") if others else first


def _heading(delivery: Delivery, answers: Answers) -> str:
    """Say what was answered for the domain itself."""
    if any(is_submission(a.connection) for a in delivery.attempts):
        return "handed to a submission port: its server is configured, not looked up by MX"
    told = answers.of(delivery.lookups, delivery.domain, "MX")
    if told is None:
        return "no answer for its MX is in the capture"
    return f"{_words(told)}, says {told.resolver}"


def _words(told: Resolution) -> str:
    if told.exchanges:
        return ", ".join(f"MX {preference} {name}" for preference, name in told.exchanges)
    return "no MX" if told.rcode == "NOERROR" else f"no MX ({told.rcode or 'no answer'})"


def questions(report: Report) -> Iterator[tuple[str, str]]:
    """Give what was asked for on the way of our mail, each name and type once: the mail hosts and their addresses."""
    asked: dict[tuple[str, str], None] = {}
    answers = Answers(report.lookups)
    for delivery in report.deliveries:
        if not delivery.inbound:
            names = (delivery.domain, *(host.name for host in delivery.expected))
            asked.update(dict.fromkeys((r.name, r.type) for r in _answered(answers, delivery, names)))
    yield from asked


def _answered(answers: Answers, delivery: Delivery, names: Sequence[str]) -> Iterator[Resolution]:
    for name in names:
        for record_type in ("MX", "A", "AAAA"):
            told = answers.of(delivery.lookups, name, record_type)
            if told is not None and told.rcode is not None:
                yield told
