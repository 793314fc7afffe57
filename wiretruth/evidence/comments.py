"""What is said of each packet of a slice, for whoever looks at it in Wireshark: where it comes from, and why it is there."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from wiretruth.model.finding import Finding

MOST: int = 6
"""Reasons told of one packet."""


def comments(
    label: str, originals: Sequence[int], findings: Sequence[Finding], inputs: Mapping[str, str]
) -> dict[int, str]:
    """Give the comment of each packet of a slice, by its number there.

    Args:
        label: of the input.
        originals: numbers of its packets in the input, in their order.
        findings: that it holds, with the frame numbers of the slice.
        inputs: label of the input of each vantage.
    """
    reasons: dict[int, list[str]] = defaultdict(list)
    for finding in findings:
        for record in finding.evidence:
            if record.vantage is not None and inputs.get(record.vantage) == label:
                for frame in record.frames:
                    reasons[frame].append(f"{finding.code}: {record.text}")
    return {
        number: f"wiretruth: frame {original} of {label}; {_why(reasons.get(number, []))}"
        for number, original in enumerate(originals, 1)
    }


def _why(reasons: Sequence[str]) -> str:
    if not reasons:
        return "here because the findings are derived from its exchange, or it is the first or last of the capture"
    told = list(dict.fromkeys(reasons))
    more = f"; and {len(told) - MOST} more" if len(told) > MOST else ""
    return "evidence of " + "; ".join(told[:MOST]) + more
