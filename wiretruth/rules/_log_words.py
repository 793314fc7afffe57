"""Words for log lines, and evidence from them."""

from wiretruth.model.finding import Evidence
from wiretruth.model.log import Claim, JudgedLine, LoggedDelivery
from wiretruth.model.packet import Endpoint

MAIL_PORT = 25
"""Where mail goes that a log names no port for."""


def line_evidence(judged: JudgedLine) -> Evidence:
    """Quote a line, so that it can be looked up."""
    line = judged.claim.line
    return Evidence(
        f"{line.source}:{line.number} says: {line.time.written} {line.text}".strip(),
        source=line.source,
        line=line.number,
    )


def claimed_server(claim: LoggedDelivery) -> str:
    """Say the server that a line names: ``mail.example.net [192.0.2.1]:25``."""
    port = f":{claim.port}" if claim.port is not None else ""
    address = f"[{claim.address}]{port}" if claim.relay else str(Endpoint(claim.address or "", claim.port or MAIL_PORT))
    return f"{claim.relay} {address}" if claim.relay else address


def subject(claim: Claim) -> str:
    """Say which mail a line is about: ``mail for bob@example.net``."""
    return f"mail for {claim.recipient}" if claim.recipient else "a delivery attempt"


def tie_words(judged: JudgedLine) -> str:
    """Say what ties a line to its connection."""
    return f"line and connection are tied by {', '.join(judged.tied_by)}"
