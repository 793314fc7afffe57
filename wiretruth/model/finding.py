"""A finding: a sentence that the packets force. The vocabulary is public; see docs/reference/findings."""

import enum
from dataclasses import dataclass


class Severity(enum.StrEnum):
    """How much it matters to mail."""

    INFO = "info"
    WARNING = "warning"
    CRITICAL = "critical"

    @property
    def rank(self) -> int:
        """0 for the least."""
        return list(Severity).index(self)


class Confidence(enum.StrEnum):
    """How far the evidence goes."""

    POSSIBLE = "possible"
    LIKELY = "likely"
    PROVEN = "proven"

    @property
    def rank(self) -> int:
        """0 for the least."""
        return list(Confidence).index(self)


class Side(enum.StrEnum):
    """Where the fault lies."""

    SENDER = "sender"
    SENDER_RESOLVER = "sender-resolver"
    PATH = "path"
    RECIPIENT = "recipient"
    RECIPIENT_RESOLVER = "recipient-resolver"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Blame:
    """Whose fault it is, and what becomes of the mail (``fault`` in the JSON report)."""

    side: Side
    temporary: bool | None
    """The sender will try again by itself and may succeed; ``None`` where nobody can know."""
    mail_safe: bool | None
    """No message is lost by it; ``None`` where nobody can know."""


@dataclass(frozen=True, slots=True)
class Party:
    """A host as intended or as observed."""

    address: str | None = None
    port: int | None = None
    name: str | None = None
    source: tuple[str, ...] = ()
    """The witnesses who say so: ``dns``, ``log``, ``wire`` … (``from`` in the JSON report)."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """One record that the finding rests on, in words, with the frames or the line where to look it up."""

    text: str
    vantage: str | None = None
    frames: tuple[int, ...] = ()
    source: str | None = None
    """A file of lines (mail log, rules) instead of a vantage."""
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding. ``warning`` and above need at least ``likely``."""

    code: str
    severity: Severity
    confidence: Confidence
    summary: str
    """One plain sentence without a full stop."""
    at: int
    client: str | None
    evidence: tuple[Evidence, ...]
    intended: Party | None = None
    observed: Party | None = None
    blame: Blame = Blame(Side.UNKNOWN, None, None)
    still_possible: tuple[str, ...] = ()
    """Innocent explanations that the inputs could not rule out."""
    settled_by: tuple[str, ...] = ()
    """Inputs that would decide between them."""
    others: tuple[str, ...] = ()
    """Addresses of further clients whom it concerns, where one finding stands for many connections."""

    def __post_init__(self) -> None:
        if self.severity is not Severity.INFO and self.confidence is Confidence.POSSIBLE:
            object.__setattr__(self, "severity", Severity.INFO)
