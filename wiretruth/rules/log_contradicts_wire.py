"""A line of the mail log names another host, port or outcome than the connection that it tells of.

What it sees
    A log line that is tied to one connection in the capture, by the recipient and the reply that it quotes (best with the
    queue id in it), by the refusal of a recipient, or by an attempt that ended in the very same way at that moment; and
    that names another server address or port than the packets show, another client, or an end that did not happen.

Why it matters
    The mail software writes down whom it meant to reach, not whom it reached. When the two differ, somebody rewrote the
    connection on its way, and the log will never say so. An end told wrongly (a timeout "after initial connection" where
    no connection was ever made) sends people looking in the wrong place.
    A receiver behind a gateway that puts its own address in the place of everybody's logs the gateway: blocklists, SPF and
    relaying by network are then decided by the wrong address.

Innocent explanations
    The log is another host's, with the same mail in it.
    A proxy that hands on the client's address (PROXY protocol, XCLIENT) makes a receiver log the client and not the proxy.
    With TLS the line is tied by time and lookups only; another connection at that time may be the one meant.

What to do next
    Read the line beside the frames. On the sending host and on every gateway: ``iptables-save -t nat``,
    ``nft list ruleset``, ``conntrack -L``. Look for DNAT and REDIRECT on port 25.

References
    RFC 5321 section 4.2 (replies); Postfix smtp(8), Exim specification chapter 53 (log files).
"""

from collections.abc import Hashable, Iterator, Sequence

from wiretruth.ledger.book import Ledger
from wiretruth.model.connection import Connection
from wiretruth.model.finding import Blame, Confidence, Evidence, Finding, Party, Severity, Side
from wiretruth.model.log import Difference, JudgedLine, LoggedClient, LoggedDelivery, Verdict
from wiretruth.model.packet import Endpoint
from wiretruth.rules._firewall import rewriting
from wiretruth.rules._log_words import MAIL_PORT, claimed_server, line_evidence, subject, tie_words, told
from wiretruth.rules._networks import is_inside
from wiretruth.rules._telling import syn_evidence

CODE = "log-contradicts-wire"

RULES = "the firewall rules of the sending host and of the gateway (iptables-save, nft list ruleset)"
TRACKING = "the connection tracking table (conntrack -L) while the connection is alive"
RULES_BEFORE = "the firewall rules of the gateway before the receiving host (SNAT, MASQUERADE)"


def check(statement: JudgedLine, ledger: Ledger) -> Iterator[Finding]:
    """Report the lines that their own connection contradicts, those of one connection together."""
    if statement.verdict is not Verdict.CONTRADICTED or statement.connection is None:
        return
    lines = [x for x in ledger.logs.of(statement.connection) if _kind(x) == _kind(statement)]
    if lines[0] is not statement:
        return
    claim = statement.claim
    if isinstance(claim, LoggedClient):
        yield _client(lines, claim, statement.connection, ledger)
    elif statement.differs is Difference.OUTCOME:
        yield _outcome(lines, claim, statement.connection)
    else:
        yield _server(lines, claim, statement.connection, ledger)


def _kind(judged: JudgedLine) -> Hashable:
    return judged.verdict, judged.differs, judged.claim.address


def _server(lines: Sequence[JudgedLine], claim: LoggedDelivery, connection: Connection, ledger: Ledger) -> Finding:
    certain = any(line.certain for line in lines)
    meant = Endpoint(claim.address or "", claim.port or MAIL_PORT)
    cause = rewriting(ledger, connection.nearest, meant, connection.contacted)
    unasked = (*((RULES,) if not cause.evidence else ()), *((TRACKING,) if not ledger.translations else ()))
    return Finding(
        code=CODE,
        severity=Severity.CRITICAL,
        confidence=Confidence.PROVEN if certain else Confidence.LIKELY,
        summary=(
            f"the log says that {subject(lines)} went to {claimed_server(claim)}; "
            f"on the wire it went to {connection.contacted}"
        )
        + cause.by,
        at=lines[0].at,
        client=connection.client.address,
        intended=Party(claim.address, claim.port, claim.relay, ("log",)),
        observed=Party(connection.contacted.address, connection.contacted.port, None, ("wire",)),
        blame=Blame(Side.SENDER, temporary=False, mail_safe=False),
        evidence=(*line_evidence(lines), *_wire(lines[0], connection), *(cause.evidence if cause.found else ())),
        still_possible=() if certain else ("another connection at that time is the one that the line tells of",),
        settled_by=() if cause.found else unasked,
    )


def _outcome(lines: Sequence[JudgedLine], claim: LoggedDelivery, connection: Connection) -> Finding:
    reply = lines[0].reply
    wire = f"the server said {reply.code}" if reply else f"no connection was ever made ({connection.outcome})"
    return Finding(
        code=CODE,
        severity=Severity.WARNING,
        confidence=Confidence.LIKELY if reply else Confidence.PROVEN,
        summary=f"the log says of {subject(lines)} to {claimed_server(claim)} that {told(claim)}; on the wire {wire}",
        at=lines[0].at,
        client=connection.client.address,
        intended=Party(claim.address, claim.port, claim.relay, ("log",)),
        observed=Party(connection.server.address, connection.server.port, None, ("wire",)),
        evidence=(*line_evidence(lines), *_wire(lines[0], connection)),
        settled_by=("a capture nearer to the sending host",) if reply else (),
    )


def _client(lines: Sequence[JudgedLine], claim: LoggedClient, connection: Connection, ledger: Ledger) -> Finding:
    """A receiver behind a gateway that hides who comes is fooled; one behind a proxy that tells it is not."""
    hidden = is_inside(claim.address) and not is_inside(connection.client.address)
    return Finding(
        code=CODE,
        severity=Severity.WARNING if hidden else Severity.INFO,
        confidence=Confidence.PROVEN if hidden else Confidence.POSSIBLE,
        summary=f"the log says that {claim.address} connected; on the wire it was {connection.client.address}",
        at=lines[0].at,
        client=connection.client.address,
        intended=Party(claim.address, claim.port, claim.name, ("log",)),
        observed=Party(connection.client.address, connection.client.port, None, ("wire",)),
        blame=Blame(Side.RECIPIENT, temporary=False, mail_safe=True),
        evidence=(*line_evidence(lines), *_wire(lines[0], connection)),
        still_possible=() if hidden else ("a proxy hands on another address than its own (PROXY protocol, XCLIENT)",),
        settled_by=() if ledger.rulesets else (RULES_BEFORE,),
    )


def _wire(judged: JudgedLine, connection: Connection) -> Iterator[Evidence]:
    for sighting in connection.sightings:
        yield syn_evidence(sighting, f"SYN {sighting.client} to {sighting.server}; {tie_words(judged)}")
    if judged.reply is not None and connection.dialogue is not None:
        words = " ".join((str(judged.reply.code), *judged.reply.lines))
        yield Evidence(f"the reply on the wire: {words}", connection.dialogue.vantage, (judged.reply.frame,))
