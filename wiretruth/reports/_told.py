"""A finding on one line, as it is told while a watch goes on."""

from typing import Final

from wiretruth.model.finding import Finding, Severity
from wiretruth.reports._records.finding import finding_record
from wiretruth.reports._records.shape import encoded, when
from wiretruth.reports._words import harmless, second

PRIORITY: Final = {Severity.CRITICAL: 2, Severity.WARNING: 4, Severity.INFO: 6}
"""Of syslog(3), which the journal reads at the beginning of a line."""
NOTICE: Final = 5

_COLOUR: Final = {Severity.CRITICAL: "\x1b[1;31m", Severity.WARNING: "\x1b[1;33m", Severity.INFO: "\x1b[1;36m"}
_PLAIN: Final = "\x1b[0m"


def text_line(finding: Finding, sentence: str, *, colour: bool = False, journal: bool = False) -> str:
    """Tell a finding for a person, or for the journal, which has its own clock.

    Args:
        finding: what was found.
        sentence: what is said of it.
        colour: the line goes to a terminal.
        journal: begin with the priority, and leave out the time.
    """
    grade = str(finding.severity).upper()
    if colour:
        grade = f"{_COLOUR[finding.severity]}{grade}{_PLAIN}"
    words = f"{grade} {finding.confidence} {finding.code}: {harmless(sentence)}\n"
    return f"<{PRIORITY[finding.severity]}>{words}" if journal else f"{second(finding.at).isoformat()}Z {words}"


def json_line(finding: Finding, now: int, times: int, since: int, evidence: str = "") -> str:
    """Tell a finding for a program: the finding of the contract, and when and how often it was told.

    Args:
        finding: what was found.
        now: when it is told, in nanoseconds since the Unix epoch.
        times: how often it was found.
        since: when it was found first.
        evidence: the file that keeps its packets.
    """
    told = {"record": "told", "told": when(now), "times": times, "since": when(since), "packets": evidence or None}
    return encoded(told | finding_record(finding)) + "\n"


def note_line(now: int, words: str, *, json: bool = False, journal: bool = False) -> str:
    """Tell something about the watch itself."""
    if json:
        return encoded({"record": "note", "told": when(now), "text": words}) + "\n"
    return f"<{NOTICE}>{harmless(words)}\n" if journal else f"{second(now).isoformat()}Z NOTE {harmless(words)}\n"
