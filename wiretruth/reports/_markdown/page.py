"""The parts of the ticket, in their order."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Final

from wiretruth.model.finding import Evidence, Finding, Severity
from wiretruth.model.report import Report
from wiretruth.reports._alike import Kind, kinds
from wiretruth.reports._markdown.prose import block, code, prose
from wiretruth.reports._options import Options
from wiretruth.reports._rivals import rivals
from wiretruth.reports._text.clock import Clock
from wiretruth.reports._text.coverage import limits, limits_title
from wiretruth.reports._text.finding import FEW, addresses, by_code, outlook, overview
from wiretruth.reports._text.frames import frames_words, tshark_commands
from wiretruth.reports._text.mail import stories
from wiretruth.reports._text.page import ink
from wiretruth.reports._text.verdict import scope, verdict
from wiretruth.reports._words import count, party

IN_FULL: Final = 3
"""Kinds of findings of one code told in full; of the others the addresses are counted: a ticket is read on a telephone."""
RECORDS: Final = 8
"""Records of evidence told of one finding."""
RANGES: Final = 6
WIDTH: Final = 100
"""Columns of the story, which stands in a block of code."""


def ticket(report: Report, clock: Clock, advice: Mapping[str, str], *, in_full: bool) -> Iterator[str]:
    """Give the ticket, in pieces."""
    yield f"### {prose(verdict(report).plain)}\n\n"
    for line in scope(report, clock):
        yield f"- {prose(line.plain)}\n"
    yield from _findings(report, clock, advice, in_full=in_full)
    yield from _mail(report, clock, in_full=in_full)
    told = limits(report)
    if told:
        yield f"\n#### {limits_title(report)}\n\n"
        yield from (f"- {prose(words)}\n" for words in told)
    yield f"\nMade by wiretruth {prose(report.version)}.\n"


def _findings(report: Report, clock: Clock, advice: Mapping[str, str], *, in_full: bool) -> Iterator[str]:
    if not report.findings:
        return
    found = Counter(f.severity for f in report.findings)
    sums = ", ".join(f"{found[severity]:,} {severity}" for severity in reversed(Severity) if found[severity])
    yield f"\n#### Findings: {sums}\n"
    groups = by_code(report)
    if len(report.findings) > FEW:
        yield "\n" + block("".join(ink(overview(groups, clock), Options(width=WIDTH))), "text")
    shown: list[Finding] = []
    for (name, _), group in groups.items():
        told, rest = ([Kind(f, ()) for f in group], []) if in_full else kinds(group, IN_FULL)
        shown += (kind.first for kind in told)
        for kind in told:
            yield from _finding(kind.first, clock)
            if kind.more:
                last = clock(max(finding.at for finding in kind.more))
                yield f"- **and {count(len(kind.more), 'more finding')} like this**, the last at {last}\n"
        if rest:
            yield f"\nAnd {count(len(rest), 'more finding')} of this code{prose(addresses(rest))}\n"
        if name in advice:
            yield f"\n**What to do:** {prose(' '.join(advice[name].replace('``', '').split()))}\n"
    commands = [words for words, _ in tshark_commands(report, shown)]
    if commands:
        yield "\nThese frames in tshark:\n\n" + block("\n".join(commands), "sh")


def _finding(finding: Finding, clock: Clock) -> Iterator[str]:
    client = f", client {code(finding.client)}" if finding.client else ""
    grade = f"**{finding.severity.upper()}** {code(finding.code)} ({finding.confidence})"
    yield f"\n{grade}, {clock(finding.at)}{client}: {prose(finding.summary)}\n\n"
    set_against = rivals(finding)
    if set_against is not None:
        meant, seen = set_against
        yield f"- meant: {code(party(meant))}\n- seen: {code(party(seen))}\n"
    yield from (f"- {_record(record)}\n" for record in finding.evidence[:RECORDS])
    more = len(finding.evidence) - RECORDS
    if more > 0:
        yield f"- and {count(more, 'more record')}\n"
    label, words = outlook(finding.blame)
    if words:
        yield f"- {label}: {words}\n"
    yield from (f"- still possible: {prose(words)}\n" for words in finding.still_possible)
    yield from (f"- would settle it: {prose(words)}\n" for words in finding.settled_by)


def _record(record: Evidence) -> str:
    words = [frames_words(record.frames, RANGES)] if record.frames else []
    if record.vantage:
        words.append(f"at {code(record.vantage)}")
    if record.source:
        words.append(code(record.source) + ("" if record.line is None else f" line {record.line}"))
    return prose(record.text) + (f" ({' '.join(words)})" if words else "")


def _mail(report: Report, clock: Clock, *, in_full: bool) -> Iterator[str]:
    """Tell the deliveries as the text report does; in a block of code nothing in them means anything."""
    if report.deliveries:
        lines = stories(report, clock, in_full=in_full)
        yield "\n#### Mail\n\n" + block("".join(ink(lines, Options(width=WIDTH))), "text")
