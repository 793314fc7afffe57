"""One log on its way from lines to claims: each line is offered to the formats until one knows it. No I/O."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import tzinfo

from wiretruth import discover
from wiretruth.model.frames import NANOSECONDS
from wiretruth.model.log import Claim, LogTime, ReadLog
from wiretruth.witnesses._entry import NO_TIME, Entry, LogFormat
from wiretruth.witnesses._envelopes import Envelopes

MAX_CLAIMS = 200_000
"""Claims kept of one log: those of a busy site over the hours around a capture."""

MAX_HOSTS = 64
"""Hosts told apart in one log: what a site gathers on its log server. Lines of further ones count as one more host's."""

MAX_PROGRAMS = 1_024
"""Programs whose format is remembered: a system has some hundred that write to its log."""

MARGIN = 900 * NANOSECONDS
"""Lines this far outside the capture's time are still kept: their clock may be wrong, and they come behind what they tell."""

FARTHEST = 15 * 3600 * NANOSECONDS
"""No time zone is farther from UTC."""


@dataclass(frozen=True, slots=True)
class LogSettings:
    """What to read of logs."""

    start: int
    """Beginning of the time that captures cover, in nanoseconds since the Unix epoch."""
    end: int
    zone: tzinfo | None = None
    """Of times without one, where the user says it."""


class LogReading:
    """Holds what is under way in one log."""

    def __init__(self, settings: LogSettings, label: str, path: str, before: int = 0) -> None:
        """Begin a log; *label* is unique in the run, *path* the input as the user named it; *before*: lines that are not read."""
        self._settings = settings
        self._before = before
        self._read = ReadLog(label, path)
        self._envelopes = Envelopes((settings.start + settings.end) // 2, settings.zone)
        self._formats = [make(label) for make in formats()]
        self._by_program: dict[str, LogFormat | None] = {}
        self._used: dict[str, None] = {}
        self._spanned = ("", NO_TIME)

    def receive(self, lines: Iterable[bytes]) -> None:
        """Take the next lines."""
        read, opened = self._read, self._envelopes.open
        for line in lines:
            read.lines += 1
            if self._is_passed_over(line):
                continue
            entry = opened(self._before + read.lines, line)
            outside = self._is_outside(entry.time)
            claims = () if outside and self._by_program.get(entry.program) else self._claims(entry)
            if claims is None:
                read.unknown += bool(line.strip())
                continue
            read.outside += outside
            if entry.time is not NO_TIME:
                self._span(entry.host, entry.time)
            for claim in () if outside else claims:
                if entry.time is NO_TIME:  # it stands in the text
                    self._span(claim.line.host, claim.line.time)
                self._keep(claim)

    def _is_passed_over(self, line: bytes) -> bool:
        """Count a line that tells nothing, by its beginning alone: another program's, or of another time."""
        head = self._envelopes.head(line)
        if head is None or head.program not in self._by_program:
            return False
        if self._by_program[head.program] is None:
            self._read.unknown += 1
            return True
        if head.time is NO_TIME or not self._is_outside(head.time):
            return False
        self._read.outside += 1
        self._span(head.host, head.time)
        return True

    def finish(self) -> ReadLog:
        """End the log; one without programs holds no line that any format knows."""
        self._read.programs = tuple(self._used)
        self._read.given_up = sum(one.given_up for one in self._formats)
        return self._read

    def _claims(self, entry: Entry) -> tuple[Claim, ...] | None:
        """Give what a line claims, or ``None``; programs write one format, and plain files mostly the one they began with."""
        if entry.program in self._by_program:
            known = self._by_program[entry.program]
            claims = known.receive(entry) if known is not None else None
            if claims is not None or entry.program:
                return claims
        for one in self._formats:
            claims = one.receive(entry)
            if claims is not None:
                self._remember(entry.program, one)
                self._used[one.name] = None
                return claims
        if entry.program:
            self._remember(entry.program, None)
        return None

    def _remember(self, program: str, known: LogFormat | None) -> None:
        if len(self._by_program) < MAX_PROGRAMS:
            self._by_program[program] = known

    def _span(self, host: str, time: LogTime) -> None:
        if (host, time) == self._spanned:  # many lines of one second
            return
        self._spanned = (host, time)
        spans = self._read.spans
        if host not in spans and len(spans) >= MAX_HOSTS:
            return
        first, last = spans.get(host, (time, time))
        if time.at < first.at or time.at >= last.at:
            spans[host] = (min(first, time, key=_at), max(last, time, key=_at))

    def _is_outside(self, time: LogTime) -> bool:
        """Tell whether a line is of another time than the captures, whatever its zone; one without a time is not."""
        margin = MARGIN if time.zoned else FARTHEST + MARGIN
        return time is not NO_TIME and not self._settings.start - margin <= time.at <= self._settings.end + margin

    def _keep(self, claim: Claim) -> None:
        time = claim.line.time
        if time is NO_TIME:
            self._read.dropped += 1
            return
        if self._is_outside(time):
            self._read.outside += 1
        elif len(self._read.claims) >= MAX_CLAIMS:
            self._read.dropped += 1
        else:
            self._read.claims.append(claim)


def formats() -> list[Callable[[str], LogFormat]]:
    """Give what makes each log format: the modules of the witnesses that offer ``LOG``."""
    return [module.LOG for module in discover.modules("wiretruth.witnesses") if hasattr(module, "LOG")]


def format_names() -> list[str]:
    """Name every format."""
    return [make("").name for make in formats()]


def _at(time: LogTime) -> int:
    return time.at
