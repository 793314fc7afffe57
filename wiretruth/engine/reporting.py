"""The report of a run, from what was gathered and judged."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from wiretruth import __version__
from wiretruth.capture import link_types
from wiretruth.engine.damage import first, of_lookups
from wiretruth.engine.faults import with_faults
from wiretruth.engine.log_reporting import log_evictions, log_input, log_limits
from wiretruth.engine.selection import Selection
from wiretruth.engine.settings import Settings
from wiretruth.engine.spared import Spared
from wiretruth.engine.tally import MAX_FAULTS
from wiretruth.engine.witness_reading import ReadWitness, given_up, limits, summary
from wiretruth.engine.yielded import Yielded
from wiretruth.ledger.book import Ledger
from wiretruth.ledger.contacts import stays_on_host
from wiretruth.model.connection import Connection, TiedLookup
from wiretruth.model.finding import Finding
from wiretruth.model.log import ReadLog
from wiretruth.model.report import Coverage, InputSummary, Report


@dataclass(frozen=True, slots=True)
class Material:
    """What a report is made from."""

    ledger: Ledger
    findings: tuple[Finding, ...]
    connections: list[Connection]
    lookups: list[TiedLookup]
    other_lookups: int
    """Lookups that nobody has to look at."""
    others_answered: bool
    other_connections: int
    """Counted and not kept, or no mail."""
    ambiguous_sightings: int
    evicted: tuple[tuple[str, int], ...]
    heard: Sequence[ReadWitness] = ()
    logs: Sequence[ReadLog] = ()
    spared: Spared = field(default_factory=Spared)


def report(settings: Settings, inputs: list[Yielded], material: Material) -> Report:
    """Put a report together, narrowed to the hosts that were asked for."""
    chosen = Selection(settings.hosts)
    mail = {id(c.connection) for c in material.ledger.contacts}
    connections = tuple(
        c for c in material.connections if (settings.every_connection or id(c) in mail) and chosen.holds_connection(c)
    )
    wanted = material.lookups if settings.every_lookup else _cited(material)
    lookups = tuple(x for x in wanted if chosen.holds_lookup(x))
    deliveries = tuple(with_faults(filter(chosen.holds_delivery, material.ledger.deliveries), material.findings))
    return Report(
        version=__version__,
        inputs=(
            *(_summary(i, material) for i in inputs),
            *map(summary, material.heard),
            *map(log_input, material.logs),
        ),
        coverage=_coverage(inputs, material),
        findings=tuple(f for f in material.findings if chosen.holds_finding(f)),
        connections=connections,
        lookups=lookups,
        deliveries=deliveries,
        logs=material.ledger.logs.summaries,
        lines=material.ledger.logs.judged,
        connection_count=len(material.connections) + material.other_connections + material.spared.count,
        dialogue_count=sum(1 for c in material.connections if c.dialogue is not None) + material.spared.count,
        other_deliveries=material.spared.deliveries,
        lookup_count=len(material.lookups) + material.other_lookups,
    )


def _cited(material: Material) -> list[TiedLookup]:
    """Give the lookups that findings rest on: what a drawing of a finding needs."""
    cited = {(e.vantage, frame) for finding in material.findings for e in finding.evidence for frame in e.frames}
    return [t for t in material.lookups if any((x.vantage, f) in cited for x in t.sightings for f in x.frames)]


def _summary(source: Yielded, material: Material) -> InputSummary:
    whole = source.whole
    labels = tuple(v.label for v in source.vantages)
    return InputSummary(
        path=source.path,
        kind="capture",
        label=source.label,
        vantages=labels,
        format=source.ending.format,
        link_type=", ".join(link_types.name(number) for number in whole.link_types),
        packets=whole.frames,
        first=whole.first,
        last=whole.last,
        loss=max((material.ledger.visibility.loss(label) for label in labels), default=0.0),
        cut_off=source.ending.cut_off,
        kernel_drops=source.ending.kernel_drops,
        faults=(*source.ending.faults, *first((*whole.faults, *of_lookups(source, material.lookups)))),
        files=source.ending.files,
    )


def _coverage(inputs: list[Yielded], material: Material) -> Coverage:
    surveys = list(material.ledger.visibility.surveys())
    answered = material.others_answered or any(lookup.nearest.response for lookup in material.lookups)
    dialogues = [c.dialogue for c in material.connections if c.dialogue is not None]
    return Coverage(
        dns=bool(material.lookups) or material.other_lookups > 0,
        smtp=bool(dialogues) or material.spared.count > 0,
        both_directions=answered or any(s.two_sided for s in surveys),
        starts_with_lookup=_starts_with_lookup(material),
        limits=tuple(_limits(inputs, material)),
        evicted=(
            *material.evicted,
            *_untold(inputs, material),
            *log_evictions(material.logs),
            *given_up(material.ledger),
        ),
    )


def _untold(inputs: list[Yielded], material: Material) -> Iterator[tuple[str, int]]:
    """Count damage of lookups beyond what is kept of an input."""
    number = sum(
        max(len(i.whole.faults) + sum(1 for _ in of_lookups(i, material.lookups)) - MAX_FAULTS, 0) for i in inputs
    )
    if number:
        yield "the list of damaged messages", number


def _starts_with_lookup(material: Material) -> bool:
    ledger, spared = material.ledger, material.spared
    outward = (c for c in ledger.contacts if not stays_on_host(c.connection))
    first = min(outward, key=lambda c: c.at, default=None)
    if spared.first is not None and (first is None or spared.first < first.at):
        return spared.looked_up
    return first is not None and bool(ledger.intentions.of(first))


def _limits(inputs: list[Yielded], material: Material) -> Iterator[str]:
    ledger = material.ledger
    if not material.lookups and not material.other_lookups:
        yield "no DNS is in this capture: what was resolved cannot be compared with what was contacted"
    elif (material.spared.count or any(True for _ in ledger.contacts)) and not _starts_with_lookup(material):
        yield "the first mail connection has no lookup before it in this capture: its address was known from elsewhere"
    hidden = sum(1 for c in material.connections if c.dialogue is not None and c.dialogue.tls is not None)
    if hidden:
        yield f"{_count(hidden, 'dialogue')} went on under TLS: envelope and replies are not readable from there on"
    midway = sum(1 for c in ledger.contacts if c.connection.nearest.syn_count == 0)
    if midway:
        yield f"{_count(midway, 'mail connection')} began before the capture did"
    if material.ambiguous_sightings:
        yield (
            f"{_count(material.ambiguous_sightings, 'sighting')} of connections share their first sequence number with "
            "others: whether their addresses were translated cannot be told"
        )
    differing = sum(map(_differing, material.connections))
    if differing:
        yield (
            f"{_count(differing, 'octet')} came twice and differed the second time: those seen first were used, "
            "and the receiver may have taken the others"
        )
    for source in inputs:
        yield from _unread(source)
    for heard in material.heard:
        yield from limits(heard)
    yield from log_limits(ledger.logs.summaries)


def _differing(connection: Connection) -> int:
    nearest = connection.nearest
    return nearest.from_client.conflicting_octets + nearest.from_server.conflicting_octets


def _unread(source: Yielded) -> Iterator[str]:
    for kind, frames in sorted(source.whole.unread.items()):
        if kind.startswith(("link type", "damaged")):
            yield f"{_count(frames, 'frame')} of {source.path} could not be read: {kind}"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
