"""One file of another witness (connection tracking, rules, sockets) on its way from lines to claims. No I/O."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from types import ModuleType
from typing import Final, Protocol, assert_never

from wiretruth import discover
from wiretruth.ledger.book import Ledger
from wiretruth.model.report import InputSummary
from wiretruth.model.ruleset import RuleSet
from wiretruth.model.socket import SocketOwner
from wiretruth.model.trace import Traced
from wiretruth.model.translation import Translation
from wiretruth.witnesses.contact import MAIL_PORTS

Testimony = Translation | RuleSet | SocketOwner | Traced

MAX_TESTIMONY = 200_000
"""Claims kept of one file, of those that may concern mail or DNS; a busy gateway tracks as many connections in all."""

_DNS: Final = 53
_CONCERNED: Final = MAIL_PORTS | {_DNS}


class Reader(Protocol):
    """One format of a witness; a fresh one is made for each file.

    A module of the witnesses that offers ``KIND`` (the option that names such files), ``FORMAT`` (as people call it) and
    ``Reader``, which takes the file's name, is such a format.
    """

    def receive(self, line: str, number: int) -> tuple[Testimony, ...] | None:
        """Give what a line claims; ``None`` where the line is not of this format. Never raises."""
        ...  # pragma: no cover

    def finish(self) -> tuple[Testimony, ...]:
        """Give what only the end of the file completes."""
        ...  # pragma: no cover


@dataclass(slots=True)
class ReadWitness:
    """One file, read."""

    kind: str
    """``conntrack``, ``rules`` or ``sockets``."""
    path: str
    """As the user named it."""
    formats: tuple[str, ...] = ()
    """Those that knew lines of it; none: no line was recognised."""
    lines: int = 0
    unknown: int = 0
    """Lines that no format knew, empty ones not counted."""
    dropped: int = 0
    """Claims beyond the bound."""
    claims: list[Testimony] = field(default_factory=list)


class WitnessReading:
    """Offers each line to the format that knew the last one, and then to the others. Call ``receive`` …, then ``finish``."""

    def __init__(self, kind: str, path: str) -> None:
        """Begin a file; *path* as the user named it."""
        self._read = ReadWitness(kind, path)
        self._readers = [(module.FORMAT, module.Reader(path)) for module in formats(kind)]
        self._used: dict[str, None] = {}

    def receive(self, lines: Iterable[bytes]) -> None:
        """Take the next lines, without their ends."""
        for line in lines:
            self._read.lines += 1
            self._line(line.decode("utf-8", "backslashreplace"))

    def finish(self) -> ReadWitness:
        """End the file."""
        for _, reader in self._readers:
            self._keep(reader.finish())
        self._read.formats = tuple(self._used)
        return self._read

    def _line(self, line: str) -> None:
        for place, (name, reader) in enumerate(self._readers):
            claims = reader.receive(line, self._read.lines)
            if claims is not None:
                self._used[name] = None
                self._keep(claims)
                if place:
                    self._readers.insert(0, self._readers.pop(place))
                return
        self._read.unknown += bool(line.strip())

    def _keep(self, claims: Iterable[Testimony]) -> None:
        for claim in claims:
            if not _concerns_mail(claim):
                continue
            if len(self._read.claims) < MAX_TESTIMONY:
                self._read.claims.append(claim)
            else:
                self._read.dropped += 1


def formats(kind: str) -> list[ModuleType]:
    """Give the formats of a kind of witness, in the order of their names."""
    modules = discover.modules("wiretruth.witnesses")
    return [module for module in modules if getattr(module, "KIND", None) == kind]


def format_names(kind: str) -> list[str]:
    """Name the formats of a kind of witness."""
    return [module.FORMAT for module in formats(kind)]


def summary(read: ReadWitness) -> InputSummary:
    """Describe a file of another witness as an input of the run."""
    return InputSummary(path=read.path, kind=read.kind, label=read.path, format="; ".join(read.formats))


def limits(read: ReadWitness) -> Iterator[str]:
    """Say what of a file could not be used: one sentence each, without a full stop."""
    if read.unknown:
        yield f"{read.unknown} of {read.lines} lines of {read.path} were not understood"
    if read.dropped:
        yield f"{read.dropped} entries of {read.path} were passed over: there are too many"
    for claim in read.claims:
        for missed in claim.missed if isinstance(claim, RuleSet) else ():
            yield f"{read.path}: {missed} could not be used"


def given_up(ledger: Ledger) -> Iterator[tuple[str, int]]:
    """Count what the ledger could not keep of other witnesses, by what it is."""
    counts = {
        "the table of connection tracking entries": ledger.translations.given_up,
        "the table of sockets": ledger.sockets.given_up,
        "the table of traced packets": ledger.traces.given_up,
        "the number of times that rules are asked": ledger.rulesets.unasked,
    }
    return ((table, number) for table, number in counts.items() if number)


def _concerns_mail(claim: Testimony) -> bool:
    match claim:
        case Translation(original=original, reply=reply):
            return any(end.port in _CONCERNED for end in (*original, *reply))
        case SocketOwner(local=local, remote=remote):
            return local.port in _CONCERNED or remote.port in _CONCERNED
        case Traced(first=first, last=last):
            return any(end.port in _CONCERNED for end in (*first, *last))
        case RuleSet():
            return True
    assert_never(claim)
