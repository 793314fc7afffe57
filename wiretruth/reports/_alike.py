"""Findings that say the same of other packets: one of them is told, the others are counted."""

import re
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from typing import Final

from wiretruth.model.finding import Finding

_NUMBERS: Final = re.compile(r"(?<![\w.@:-])\d{1,18}(?:\.\d{1,18})?(?![\w@:-]|\.\w)")
"""Counts and spans, but not what is part of a name or an address."""


@dataclass(frozen=True, slots=True)
class Kind:
    """Findings alike."""

    first: Finding
    more: tuple[Finding, ...]


def kinds(findings: Iterable[Finding], most: int) -> tuple[list[Kind], list[Finding]]:
    """Put findings alike together.

    They are alike where they name the same client and hosts, say the same but for counts and spans, and leave the same
    open.

    Args:
        findings: of one code, in their order.
        most: kinds wanted.

    Returns:
        The first *most* kinds in the order of their first finding, and the findings of all other kinds.
    """
    groups: dict[Hashable, list[Finding]] = {}
    for finding in findings:
        groups.setdefault(_sameness(finding), []).append(finding)
    ordered = list(groups.values())
    rest = [finding for group in ordered[most:] for finding in group]
    return [Kind(group[0], tuple(group[1:])) for group in ordered[:most]], rest


def _sameness(finding: Finding) -> Hashable:
    said = _NUMBERS.sub("0", finding.summary)
    doubts = (finding.still_possible, finding.settled_by)
    return (finding.confidence, finding.client, finding.intended, finding.observed, finding.blame, said, doubts)
