"""Lookups that failed in one way at one resolver: gathered once, told as one finding."""

from collections.abc import Callable
from dataclasses import dataclass

from wiretruth.ledger.book import Ledger
from wiretruth.model.finding import Blame, Confidence, Evidence, Finding, Party, Severity, Side
from wiretruth.model.frames import NANOSECONDS
from wiretruth.model.statements import Resolution

MENDED_WITHIN = 30 * NANOSECONDS
"""A stub resolver that hears nothing asks again, or asks another resolver, within this time (glibc: 5 s, twice, per server)."""

END_OF_TIME = 1 << 62
"""Later than any packet, in nanoseconds since the Unix epoch."""

NAMED = 3
"""Names given in full; the rest is counted."""

SHOWN = 8
"""Failures whose frames are given."""


@dataclass(frozen=True, slots=True)
class Failures:
    """What one client asked one resolver in vain, in one way."""

    all: tuple[Resolution, ...]
    unmended: tuple[Resolution, ...]
    """Those whose question nobody answered soon after."""

    @property
    def frames(self) -> tuple[int, ...]:
        """The frames of the first failures."""
        return tuple(f for r in self.all[:SHOWN] for f in r.lookup.nearest.frames)

    def evidence(self, text: str) -> Evidence:
        """Give the failures as one record."""
        return Evidence(text, self.all[0].lookup.nearest.vantage, self.frames)

    def names(self) -> str:
        """Say what was asked for: the first few questions, and how many more."""
        asked = list(dict.fromkeys(f"{r.type} {r.name}" for r in (self.unmended or self.all)))
        more = f" and {len(asked) - NAMED} more" if len(asked) > NAMED else ""
        return ", ".join(asked[:NAMED]) + more


def gather(first: Resolution, ledger: Ledger, failed: Callable[[Resolution], bool]) -> Failures | None:
    """Gather what failed like *first*; ``None`` where an earlier failure already speaks for it.

    Args:
        first: a resolution for which *failed* holds.
        ledger: where the client's other lookups are.
        failed: tells whether a resolution failed in the way at hand.
    """
    everything = ledger.names.by_client(first.client, 0, END_OF_TIME)
    alike = [r for r in everything if r.client == first.client and r.resolver == first.resolver and failed(r)]
    if not alike or alike[0] is not first:
        return None
    unmended = tuple(r for r in alike if not _mended(r, ledger))
    return Failures(tuple(alike), unmended)


def _mended(failure: Resolution, ledger: Ledger) -> bool:
    """The same question was answered soon after, by whomever."""
    answers = ledger.names.history(failure.client, failure.name, failure.type)
    return any(
        r.rcode in ("NOERROR", "NXDOMAIN") and failure.lookup.nearest.at <= r.at <= failure.at + MENDED_WITHIN
        for r in answers
    )


def told(code: str, failures: Failures, what: str) -> Finding:
    """Tell failures that the resolver itself answered for: nothing was lost, so nothing is weighed.

    Args:
        code: of the finding.
        failures: as gathered.
        what: who did what to whom, in words.
    """
    first = failures.all[0]
    count, mended = len(failures.all), not failures.unmended
    return Finding(
        code=code,
        severity=Severity.INFO if mended else Severity.WARNING,
        confidence=Confidence.LIKELY,
        summary=(
            f"{what}: {count} lookup{'s' if count > 1 else ''} ({failures.names()})"
            + ("; each was answered on a later try" if mended else "")
        ),
        at=first.lookup.nearest.at,
        client=first.client,
        intended=Party(first.resolver, first.lookup.nearest.resolver.port, None, ("wire",)),
        blame=Blame(Side.SENDER_RESOLVER, temporary=True, mail_safe=True),
        evidence=(failures.evidence(f"lookups that failed at {first.resolver}"),),
        settled_by=(f"the log of the resolver {first.resolver}",),
    )
