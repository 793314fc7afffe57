"""A reset that does not come from the peer in whose name it was sent.

What it sees
    An RST that one vantage saw, and that the vantage before it, which everything of its supposed sender has to pass and which
    saw the connection, did not (*proven*, unless that capture may have missed it). Or, from one vantage, an RST whose marks do not fit the side it speaks for: another TTL than all its other packets, data of that side after
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
from wiretruth.model.statements import Contact
from wiretruth.rules._dialogue import side_words, something_left_to_do, stuck_step, subject
from wiretruth.rules._resets import Injected, foreign_reset, injected_between, strange_marks
from wiretruth.rules._telling import server_party
from wiretruth.rules._trouble import TroubledContact

CODE = "reset-injected"

INDEPENDENT_MARKS = 2
"""One mark has innocent explanations; two independent ones hardly share one."""


def check(statement: TroubledContact, ledger: Ledger) -> Iterator[Finding]:
    """Hold the vantages' resets against each other, else weigh the marks of each reset in an established dialogue."""
    sighting = statement.connection.nearest
    if sighting.established is None or sighting.outcome is Outcome.REFUSED:
        return
    injected = injected_between(statement.connection, ledger)
    if injected is not None:
        yield _proven(statement, injected, ledger)
        return
    found = foreign_reset(sighting)
    if found is None:
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


def _proven(contact: Contact, injected: Injected, ledger: Ledger) -> Finding:
    reset, seen, missed = injected.reset, injected.seen, injected.missed
    sender, _ = side_words(seen, reset.from_client)
    marks = strange_marks(seen, reset)
    return Finding(
        code=CODE,
        severity=Severity.CRITICAL if something_left_to_do(contact) else Severity.INFO,
        confidence=Confidence.PROVEN,
        summary=(
            f"{subject(contact, ledger)} was reset at {stuck_step(contact)} in the name of {sender.address}, which did not "
            f"send it: the reset was seen at {seen.vantage} and never passed {missed.vantage}"
        ),
        at=reset.at,
        client=contact.connection.client.address,
        intended=server_party(contact, ledger),
        blame=Blame(Side.PATH, temporary=None, mail_safe=None),
        evidence=(
            Evidence("; ".join([f"RST in the name of {sender}", *marks]), seen.vantage, (reset.frame,)),
            Evidence(
                f"no RST of {side_words(missed, reset.from_client)[0]} in this connection",
                missed.vantage,
                (missed.opened.frame, missed.last.frame),
            ),
        ),
        settled_by=(f"what stands between {missed.vantage} and {seen.vantage}: firewall, intrusion prevention, proxy",),
    )
