"""The capture does not hold everything that passed.

What it sees
    Octets that the receiver acknowledged and the capture never saw, packets that the capturing host says it dropped,
    frames cut by the snap length, a file that ends within a packet: each with its measure.

Why it matters
    A claim that something was not there is worth as much as the capture is complete. Every such claim in this report was
    weighed against this measure, and is only "possible" where loss explains it as well.

Innocent explanations
    A busy host, a mirror port with less capacity than what it mirrors, ``tcpdump -s``.

What to do next
    Capture again with a filter (``port 25 or port 53 or icmp``), a larger buffer (``-B 65536``) and full length (``-s 0``),
    written to a file on a fast disk (``-w``).

References
    tcpdump(1): "packets dropped by kernel"; pcap(3PCAP).
"""

from collections.abc import Iterator

from wiretruth.ledger.book import Ledger
from wiretruth.model.finding import Confidence, Evidence, Finding, Severity
from wiretruth.model.statements import Survey

CODE = "capture-incomplete"


def check(statement: Survey, ledger: Ledger) -> Iterator[Finding]:
    """Report what a vantage is known to have missed."""
    del ledger
    lacks = list(_lacks(statement))
    if not lacks:
        return
    yield Finding(
        code=CODE,
        severity=Severity.INFO,
        confidence=Confidence.PROVEN,
        summary=f"{statement.path} does not hold everything that passed: {'; '.join(lacks)}",
        at=statement.first,
        client=None,
        evidence=tuple(Evidence(lack, statement.vantage) for lack in lacks),
    )


def _lacks(survey: Survey) -> Iterator[str]:
    if survey.missing_octets:
        known = survey.seen_octets + survey.missing_octets
        yield f"{survey.missing_octets} of {known} stream octets were acknowledged and never seen ({survey.loss:.2%})"
    if survey.kernel_drops:
        yield f"the capturing host dropped {survey.kernel_drops} packets"
    if survey.cut_frames:
        yield f"{survey.cut_frames} of {survey.packets} frames are cut short by the snap length"
    if survey.cut_off:
        yield "the file ends within a packet"
