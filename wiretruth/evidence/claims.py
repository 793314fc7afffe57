"""A finding of a capture, and the same finding of a slice of it."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from wiretruth.model.finding import Evidence, Finding, Party

_FRAME = re.compile(r"\b(frames? )[0-9]+(?:(?:, | and )[0-9]+)*")
"""Frame numbers in a sentence: which vantage's they are, the sentence alone knows."""

Numbers = Mapping[str, Mapping[int, int]]
"""By vantage: number in the slice of each frame of the input."""


def renumbered(finding: Finding, numbers: Numbers) -> Finding | None:
    """Give a finding with the frame numbers of the slice; ``None`` where the slice lacks one of its frames."""
    records: list[Evidence] = []
    for record in finding.evidence:
        there = numbers.get(record.vantage or "", {})
        if any(frame not in there for frame in record.frames):
            return None
        records.append(replace(record, frames=tuple(there[frame] for frame in record.frames)))
    return replace(finding, evidence=tuple(records))


def relocated(finding: Finding, names: Mapping[str, str]) -> Finding:
    """Give a finding with other names for the files that it quotes."""
    if not names:
        return finding
    known = re.compile("|".join(re.escape(name) for name in sorted(names, key=len, reverse=True)))

    def renamed(text: str) -> str:
        return known.sub(lambda found: names[found[0]], text)

    evidence = tuple(
        replace(record, text=renamed(record.text), source=record.source and names.get(record.source, record.source))
        for record in finding.evidence
    )
    return replace(
        finding,
        summary=renamed(finding.summary),
        evidence=evidence,
        still_possible=tuple(map(renamed, finding.still_possible)),
        settled_by=tuple(map(renamed, finding.settled_by)),
    )


def masked(finding: Finding, words: Callable[[bytes], bytes]) -> Finding:
    """Give a finding as it reads where addresses and mailboxes are replaced.

    Args:
        finding: of the input.
        words: replaces them in a text.
    """

    def text(said: str) -> str:
        return words(said.encode()).decode()

    def party(one: Party | None) -> Party | None:
        return one and replace(one, address=one.address and text(one.address), name=one.name and text(one.name))

    return replace(
        finding,
        summary=text(finding.summary),
        client=finding.client and text(finding.client),
        others=tuple(map(text, finding.others)),
        intended=party(finding.intended),
        observed=party(finding.observed),
        evidence=tuple(replace(record, text=text(record.text)) for record in finding.evidence),
        still_possible=tuple(map(text, finding.still_possible)),
        settled_by=tuple(map(text, finding.settled_by)),
    )


def derived(claimed: Finding, findings: Sequence[Finding], *, loosely: bool = False) -> Finding | None:
    """Find the finding that says the same.

    Args:
        claimed: as it must be.
        findings: of the slice.
        loosely: its words may differ: masked, what is in order (the least of several addresses) may be another one.
    """
    for finding in findings:
        if _unnumbered(finding) == _unnumbered(claimed) or (loosely and shape(finding) == shape(claimed)):
            return finding
    return None


def _unnumbered(finding: Finding) -> Finding:
    evidence = tuple(replace(record, text=_FRAME.sub(r"\1", record.text)) for record in finding.evidence)
    return replace(finding, summary=_FRAME.sub(r"\1", finding.summary), evidence=evidence)


def shape(finding: Finding) -> tuple[Any, ...]:
    """Give what masking leaves of a finding."""
    records = tuple((one.vantage, one.frames, one.source, one.line) for one in finding.evidence)
    parties = tuple(_shape(party) for party in (finding.intended, finding.observed))
    return finding.code, finding.severity, finding.confidence, finding.at, finding.blame, records, parties


def _shape(party: Party | None) -> tuple[Any, ...] | None:
    return None if party is None else (bool(party.address), party.port, bool(party.name), party.source)
