"""A reset that does not come from the peer in whose name it was sent.

What it sees
    An RST whose marks do not fit the side it speaks for: another TTL than all its other packets, data of that side after
    it (a stack that has reset a connection is done with it), or a sequence number that is not the next one. TTL and place
    in the stream are independent: both together make it *likely*, one alone is only *possible*.

Why it matters
    Somebody on the path cuts connections in other people's names: an intrusion prevention system, a firewall, a censor.
    Both sides blame each other.

Innocent explanations
    Load balancers and middle boxes reset idle connections for their servers, with their own TTL. The route changed.

What to do next
    Capture at both ends: a reset that one end never sent was injected. Compare TTLs to learn how many hops away its sender
    is. Look at intrusion prevention and proxies on the path.

References
    RFC 3360 (inappropriate resets), RFC 5961 (which resets a stack accepts), RFC 9293 section 3.10.7.4.
"""

from collections.abc import Iterator

from wiretruth.ledger.book import Ledger
from wiretruth.model.finding import Blame, Confidence, Evidence, Finding, Severity, Side
from wiretruth.model.sighting import Outcome
from wiretruth.rules._dialogue import side_words, stuck_step, subject
from wiretruth.rules._resets import foreign_reset
from wiretruth.rules._telling import server_party
from wiretruth.rules._trouble import TroubledContact

CODE = "reset-injected"

INDEPENDENT_MARKS = 2
"""One mark has innocent explanations; two independent ones hardly share one."""


def check(statement: TroubledContact, ledger: Ledger) -> Iterator[Finding]:
    """Weigh the marks of each reset in an established dialogue."""
    sighting = statement.connection.nearest
    found = foreign_reset(sighting)
    if found is None or sighting.established is None or sighting.outcome is Outcome.REFUSED:
        return
    reset, marks = found
    sender, _ = side_words(sighting, reset.from_client)
    likely = len(marks) >= INDEPENDENT_MARKS
    yield Finding(
        code=CODE,
        severity=Severity.CRITICAL,
        confidence=Confidence.LIKELY if likely else Confidence.POSSIBLE,
        summary=(
            f"{subject(statement, ledger)} was reset at {stuck_step(statement)} in the name of {sender.address}, "
            f"but the reset {'does not come' if likely else 'may not come'} from there: {'; '.join(marks)}"
        ),
        at=reset.at,
        client=sighting.client.address,
        intended=server_party(statement, ledger),
        blame=Blame(Side.PATH, temporary=None, mail_safe=None),
        evidence=(Evidence(f"RST in the name of {sender}: {'; '.join(marks)}", sighting.vantage, (reset.frame,)),),
        still_possible=("a load balancer in front of the host reset the connection for it",),
        settled_by=(f"a capture on {sender.address}: did it send this reset?",),
    )
