"""What a finding's two hosts are to each other: rivals for one place, or two hosts that both have their part in it."""

from typing import Final

from wiretruth.model.finding import Finding, Party

ELSEWHERE: Final = frozenset(
    {
        "destination-rewritten",
        "log-contradicts-wire",
        "mx-order-violated",
        "resolved-not-contacted",
        "resolver-rewritten",
        "stale-resolution",
    }
)
"""Findings that say: packets went to another host than was meant."""
OTHERWISE: Final = ELSEWHERE | {"banner-mismatch", "mx-is-cname", "source-rewritten"}
"""Findings that say: this host was meant, and that one was seen in its place, or under another name."""


def rivals(finding: Finding) -> tuple[Party, Party] | None:
    """Give who was meant and who was seen instead; ``None`` where the finding does not set one against the other."""
    if finding.code not in OTHERWISE or finding.intended is None or finding.observed is None:
        return None
    return finding.intended, finding.observed


def meant_elsewhere(finding: Finding) -> Party | None:
    """Give the host that packets were meant for, where the finding says that they went to another one."""
    return finding.intended if finding.code in ELSEWHERE else None
