"""Words for log lines, and evidence from them."""

from collections.abc import Iterator, Sequence
from itertools import islice

from wiretruth.model.finding import Evidence
from wiretruth.model.log import Ending, JudgedLine, LoggedDelivery
from wiretruth.model.packet import Endpoint

MAIL_PORT = 25
"""Where mail goes that a log names no port for."""

QUOTED = 5
"""Lines quoted of those that say the same of one connection."""

_ENDINGS = {
    Ending.REFUSED: "the connection was refused",
    Ending.TIMED_OUT: "nobody answered",
    Ending.UNREACHABLE: "there was no way to it",
    Ending.LOST: "the connection was lost",
    Ending.SILENT: "the server fell silent after it had been reached",
}


def line_evidence(lines: Sequence[JudgedLine]) -> Iterator[Evidence]:
    """Quote lines, so that they can be looked up: the first few."""
    for judged in islice(lines, QUOTED):
        line = judged.claim.line
        said = f"the log says: {line.time.written} {line.text}".strip()
        yield Evidence(said, source=line.source, line=line.number)


def claimed_server(claim: LoggedDelivery) -> str:
    """Say the server that a line names: ``mail.example.net [192.0.2.1]:25``."""
    port = f":{claim.port}" if claim.port is not None else ""
    address = f"[{claim.address}]{port}" if claim.relay else str(Endpoint(claim.address or "", claim.port or MAIL_PORT))
    return f"{claim.relay} {address}" if claim.relay else address


def subject(lines: Sequence[JudgedLine]) -> str:
    """Say which mail lines are about: ``mail for bob@example.net``, ``mail for bob@example.net and 2 more``."""
    recipients = list(dict.fromkeys(x.claim.recipient for x in lines if x.claim.recipient))
    if not recipients:
        return "a delivery attempt"
    return f"mail for {recipients[0]}" + (f" and {len(recipients) - 1} more" if len(recipients) > 1 else "")


def told(claim: LoggedDelivery) -> str:
    """Say what a line says of the end."""
    return _ENDINGS[claim.ending] if claim.ending else f"it was {claim.status}"


def tie_words(judged: JudgedLine) -> str:
    """Say what ties a line to its connection."""
    return f"line and connection are tied by {', '.join(judged.tied_by)}"
