"""The clocks of two captures disagree.

What it sees
    The same handshakes (or, where there are none, the same lookups) in two captures. What goes from the one to the other
    shows the offset of the clocks and the delay; what comes back, the offset less the delay. As no packet arrives before it
    was sent, both together enclose the offset. It is reported where the clocks cannot agree, with what is left open; and
    with the drift, where the captures are long enough to show one.

Why it matters
    Whatever is compared between the captures would be wrong by as much. wiretruth has reckoned with the offset wherever it
    compares them; the times in the report are those of each capture.

Innocent explanations
    None is needed: clocks without NTP drift by seconds a day.

What to do next
    Set both clocks by NTP (``chronyc tracking``, ``timedatectl``). Reckon with the offset when you compare the captures, or
    a mail log, yourself.

References
    RFC 5905 section 8 (offset and delay from four times).
"""

from collections.abc import Iterator
from typing import Final

from wiretruth.ledger.book import Ledger
from wiretruth.ledger.clocks import ClockOffset, clock_of
from wiretruth.model.durations import duration
from wiretruth.model.finding import Confidence, Evidence, Finding, Severity
from wiretruth.model.frames import NANOSECONDS
from wiretruth.model.statements import Survey

CODE = "clock-skew"

WORTH_SAYING: Final = NANOSECONDS // 1000
"""Reports say times in milliseconds: what is less than one shows nowhere."""

_SECONDS_A_DAY: Final = 86_400
_TELLABLE: Final = 0.1
"""Seconds a day of drift that are said."""


def check(statement: Survey, ledger: Ledger) -> Iterator[Finding]:
    """Report each input whose clock is not that of the first input that it was compared with, once."""
    known = ledger.clocks.offset_of(statement.vantage)
    if known is None or not known.line.disagrees:
        return
    first = next(s for s in ledger.visibility.surveys() if clock_of(s.vantage) == known.clock)
    most = max(abs(known.line.ahead(at)) for at in (statement.watched_from, statement.watched_until))
    if first.vantage == statement.vantage and most >= WORTH_SAYING:
        yield _finding(statement, known)


def _finding(survey: Survey, known: ClockOffset) -> Finding:
    line = known.line
    way = "ahead of" if line.offset > 0 else "behind"
    drift = line.drift * _SECONDS_A_DAY
    moving = f", and {'gains' if drift > 0 else 'loses'} {abs(drift):.1f} s a day" if abs(drift) >= _TELLABLE else ""
    shared = f"{line.pairs:,} conversation{'' if line.pairs == 1 else 's'}"
    return Finding(
        code=CODE,
        severity=Severity.INFO,
        confidence=Confidence.PROVEN,
        summary=f"the clock of {known.clock} is {_length(line.offset)} {way} that of {known.reference}{moving}; "
        "this is reckoned with wherever the two are compared",
        at=survey.first,
        client=None,
        evidence=(
            Evidence(f"{shared} seen at both; the offset is exact to {_exactness(line.uncertainty)}", survey.vantage),
        ),
        settled_by=(f"the clocks of the hosts that captured {known.clock} and {known.reference} (chronyc tracking)",),
    )


def _length(nanoseconds: int) -> str:
    return duration(abs(nanoseconds))


def _exactness(nanoseconds: int) -> str:
    return _length(nanoseconds) if nanoseconds >= WORTH_SAYING else "less than a millisecond"
