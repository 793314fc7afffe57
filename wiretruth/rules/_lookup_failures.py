"""Lookups that failed in one way at one resolver: gathered once, told as one finding."""

import functools
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from ipaddress import ip_address

from wiretruth.ledger.book import Ledger
from wiretruth.ledger.history import BEGINNING, END_OF_TIME
from wiretruth.model.finding import Evidence, Severity
from wiretruth.model.frames import NANOSECONDS
from wiretruth.model.statements import Resolution

MENDED_WITHIN = 30 * NANOSECONDS
"""A stub resolver that hears nothing asks again, or asks another resolver, within this time (glibc: 5 s, twice, per server)."""

NAMED = 3
"""Names given in full; the rest is counted."""

LONGEST_NAME = 72
"""Characters of a name that are shown: enough for every mail host; tunnels ask for names of 255."""

SHOWN = 8
"""Failures whose frames are given."""


@dataclass(frozen=True, slots=True)
class Failures:
    """What one client asked one resolver in vain, in one way."""

    all: tuple[Resolution, ...]
    unmended: tuple[Resolution, ...]
    """Those whose question nobody answered soon after."""

    @property
    def recursive(self) -> bool:
        """A resolver was asked to find out; without, a resolver asks authoritative servers, of which others may answer."""
        return any(r.lookup.nearest.recursion_desired for r in self.all)

    @property
    def frames(self) -> tuple[int, ...]:
        """The frames of the first failures."""
        return tuple(f for r in self.all[:SHOWN] for f in r.lookup.nearest.frames)

    def evidence(self, text: str) -> Evidence:
        """Give the failures as one record."""
        return Evidence(text, self.all[0].lookup.nearest.vantage, self.frames)

    def names(self) -> str:
        """Say what was asked for: the first few questions, and how many more."""
        asked = list(dict.fromkeys(f"{r.type} {_shortened(r.name)}" for r in (self.unmended or self.all)))
        more = f" and {len(asked) - NAMED} more" if len(asked) > NAMED else ""
        return ", ".join(asked[:NAMED]) + more


def _shortened(name: str) -> str:
    return name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME // 2]}…{name[-LONGEST_NAME // 2 :]}"


def gather(first: Resolution, ledger: Ledger, failed: Callable[[Resolution], bool]) -> Failures | None:
    """Gather what failed like *first*; ``None`` where an earlier failure already speaks for it.

    Args:
        first: a resolution for which *failed* holds.
        ledger: where the client's other lookups are.
        failed: tells whether a resolution failed in the way at hand.
    """
    failures = ledger.names.alike(_failing(failed), (first.client, first.resolver))
    if not failures or failures[0] is not first:
        return None
    return Failures(tuple(failures), tuple(r for r in failures if not mended(r, ledger)))


@functools.cache
def _failing(failed: Callable[[Resolution], bool]) -> Callable[[Resolution], Hashable]:
    """Give the key of a way to fail: one function for each, so that the ledger groups by it once."""
    return lambda r: (r.client, r.resolver) if failed(r) else None


def severity(failures: Failures, ledger: Ledger) -> Severity:
    """Grade failures: info where they did no harm to mail, or are a resolver's own search among authoritative servers."""
    harmless = not failures.unmended or not failures.recursive or not concerns_mail(failures, ledger)
    return Severity.INFO if harmless else Severity.WARNING


def concerns_mail(failures: Failures, ledger: Ledger) -> bool:
    """Tell whether the client sends or takes mail in this capture, or asked where mail goes."""
    client = failures.all[0].client
    return any(r.type == "MX" for r in failures.all) or has_mail(client, ledger)


def has_mail(client: str, ledger: Ledger) -> bool:
    """Tell whether a client sends or takes mail in this capture; the loopback address stands for the host of every contact."""
    if ip_address(client).is_loopback:
        return any(True for _ in ledger.contacts)
    return any(True for _ in ledger.contacts.by(client, BEGINNING, END_OF_TIME)) or any(
        True for _ in ledger.contacts.to(client)
    )


def mended(failure: Resolution, ledger: Ledger, until: int = END_OF_TIME) -> bool:
    """Tell whether the same question was answered soon after, by whomever, and before *until*."""
    lookup = failure.lookup.nearest
    if any(records for _, records in lookup.other_answers):
        return True
    end = min(failure.at + MENDED_WITHIN, until)
    return ledger.names.settled_between(failure.client, failure.name, failure.type, lookup.at, end)
