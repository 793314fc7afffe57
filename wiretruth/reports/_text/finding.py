"""The part on findings: each with what it rests on, what else could explain it, and what would settle it."""

from collections import Counter
from collections.abc import Iterator
from pathlib import PurePath
from typing import Final

from rich.text import Text

from wiretruth.model.finding import Blame, Evidence, Finding, Severity, Side
from wiretruth.model.report import Report
from wiretruth.reports._alike import Kind, kinds
from wiretruth.reports._places import Places
from wiretruth.reports._text.clock import Clock
from wiretruth.reports._text.frames import frames_words, tshark_hints
from wiretruth.reports._text.page import Line, Piece, heading, line, text
from wiretruth.reports._text.style import QUIET, SEVERITY
from wiretruth.reports._words import count

IN_FULL: Final = 3
"""Kinds of findings of one code told in full; of the others only the addresses are counted."""
SECONDS: Final = len(":00.000")
"""What a table need not tell of a moment."""
FEW: Final = 6
"""Findings that need no table before them."""
RECORDS: Final = 8
"""Records of evidence told of one finding."""
RANGES: Final = 4
"""Ranges of frames told of one record."""
ADDRESSES: Final = 8
"""Addresses told of the findings that are only counted."""

_SIDES: Final = {
    Side.SENDER: "the sending side",
    Side.SENDER_RESOLVER: "the sender's resolver",
    Side.PATH: "the path between",
    Side.RECIPIENT: "the receiving side",
    Side.RECIPIENT_RESOLVER: "the receiver's resolver",
}


def findings(report: Report, clock: Clock, *, in_full: bool) -> Iterator[Line]:
    """Tell the findings, loudest first, those of one code together."""
    if not report.findings:
        return
    yield from heading(f"FINDINGS: {_sums(report)}")
    several = len({vantage for source in report.inputs for vantage in source.vantages}) > 1
    teller = _Teller(clock, Places(report.inputs), several_vantages=several, in_full=in_full)
    groups = by_code(report)
    if len(report.findings) > FEW:
        yield from overview(groups, clock)
    shown: list[Finding] = []
    for number, (code, group) in enumerate(groups.items()):
        if number:
            yield line("")
        told, rest = ([Kind(f, ()) for f in group], []) if in_full else kinds(group, IN_FULL)
        shown += (kind.first for kind in told)
        yield from teller.group(code[0], told, rest)
    yield from tshark_hints(report, shown)


def overview(groups: dict[tuple[str, Severity], list[Finding]], clock: Clock) -> Iterator[Line]:
    """Give one line for each code: how often, and from when to when."""
    column = max(len(code) for code, _ in groups)
    for (code, severity), group in groups.items():
        first, last = (clock(at)[:-SECONDS] for at in (min(f.at for f in group), max(f.at for f in group)))
        when = first if first == last else f"{first} to {last}"
        number = f"  {len(group):>5,} "
        yield line((f"{severity:<8}", SEVERITY[severity]), f"  {code:<{column}}  ", (when, QUIET), lead=number)
    yield line("")


def one_line(finding: Finding, clock: Clock) -> Line:
    """Tell a finding on one line, never wrapped: for ``grep``."""
    words = f" {finding.confidence} {finding.code} {clock(finding.at)} {finding.summary}"
    return Line(text((str(finding.severity), SEVERITY[finding.severity]), words), wrapped=False)


def _sums(report: Report) -> str:
    found = Counter(f.severity for f in report.findings)
    return ", ".join(f"{found[severity]:,} {severity}" for severity in reversed(Severity) if found[severity])


def by_code(report: Report) -> dict[tuple[str, Severity], list[Finding]]:
    """Give the findings by code and severity, in their order."""
    groups: dict[tuple[str, Severity], list[Finding]] = {}
    for finding in report.findings:
        groups.setdefault((finding.code, finding.severity), []).append(finding)
    return groups


class _Teller:
    """Tells findings in one manner."""

    def __init__(self, clock: Clock, places: Places, *, several_vantages: bool, in_full: bool) -> None:
        self._clock = clock
        self._places = places
        self._several = several_vantages
        self._records = None if in_full else RECORDS
        self._ranges = None if in_full else RANGES

    def group(self, code: str, told: list[Kind], rest: list[Finding]) -> Iterator[Line]:
        """Tell one finding of each kind of a code, then count the rest."""
        for number, kind in enumerate(told):
            if number:
                yield line("")
            following = told[number + 1 : number + 2]
            yield from self._finding(kind.first)
            if not following or following[0].first.settled_by != kind.first.settled_by:
                yield from _listed("what would settle it:", kind.first.settled_by)
            if kind.more:
                last = self._clock(max(finding.at for finding in kind.more))
                more = f"and {count(len(kind.more), 'more finding')} like this"
                yield line((more, "bold"), f", the last at {last}", lead="  ")
        if rest:
            yield line("")
            yield line((f"and {count(len(rest), 'more finding')} of this code", "bold"), addresses(rest), lead="  ")
        yield line((f"more: wiretruth explain {code}", QUIET), lead="  ")

    def _finding(self, finding: Finding) -> Iterator[Line]:
        grade: Piece = (finding.severity.upper(), SEVERITY[finding.severity])
        yield line(grade, " ", (finding.code, "bold"), f" ({finding.confidence})")
        yield line((finding.summary, "bold"), lead="  ")
        yield line(f"{self._clock(finding.at)}{f', client {finding.client}' if finding.client else ''}", lead="  ")
        yield from self._evidence(finding)
        yield from _blame(finding.blame)
        yield from _listed("still possible:", finding.still_possible)

    def _evidence(self, finding: Finding) -> Iterator[Line]:
        for record in finding.evidence[: self._records]:
            yield line(record.text, (self._place(record), QUIET), lead="  - ")
        more = len(finding.evidence[self._records :]) if self._records is not None else 0
        if more:
            yield line((f"... {count(more, 'more record')} (-v shows them)", QUIET), lead="  - ")

    def _place(self, record: Evidence) -> str:
        words = []
        if record.frames and self._places.several(record.vantage):
            found = self._places.files(record.vantage, record.frames).items()
            words.append("; ".join(f"{PurePath(p).name} {frames_words(each, self._ranges)}" for p, each in found))
        elif record.frames:
            words.append(frames_words(record.frames, self._ranges))
        if self._several and record.vantage:
            words.append(f"at {record.vantage}")
        if record.source:
            words.append(record.source + ("" if record.line is None else f" line {record.line}"))
        return f" ({' '.join(words)})" if words else ""


def _listed(label: str, items: tuple[str, ...]) -> Iterator[Line]:
    if len(items) == 1:
        yield line((f"{label} ", "bold"), items[0], lead="  ")
        return
    if items:
        yield line((label, "bold"), lead="  ")
    yield from (line(item, lead=Text("  - ")) for item in items)


def _blame(blame: Blame) -> Iterator[Line]:
    label, words = outlook(blame)
    if words:
        yield line((f"{label}: ", "bold"), words, lead="  ")


def outlook(blame: Blame) -> tuple[str, str]:
    """Say whose fault it is and what becomes of the mail: a label and the words, none where nothing is known."""
    words = [_SIDES[blame.side]] if blame.side in _SIDES else []
    label = "fault" if words else "outlook"
    if blame.temporary is not None:
        words.append("temporary, the sender tries again" if blame.temporary else "does not pass by itself")
    if blame.mail_safe is not None:
        words.append("no mail is lost by it" if blame.mail_safe else "the mail is not safe")
    return label, "; ".join(words)


def addresses(rest: list[Finding]) -> str:
    """Say how often findings name each address."""
    named = (finding.observed or finding.intended for finding in rest)
    parties = Counter(party.address or "unknown" for party in named if party)
    if not parties:
        return ""
    shown = [f"{address} ({number:,})" for address, number in parties.most_common(ADDRESSES)]
    more = len(parties) - len(shown)
    return f": {', '.join(shown)}" + (f" and {count(more, 'other address', 'other addresses')}" if more else "")
