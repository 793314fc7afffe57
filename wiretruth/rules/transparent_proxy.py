"""Somebody on the path answers in the server's place.

What it sees
    A connection that was completed at one vantage, while nothing of it left at the next one, although packets between
    these hosts pass there; and at that next vantage another connection to the same server with other sequence numbers,
    begun while the first was open, that carries the same envelope. The second half alone makes it *likely*; a handshake
    that stays on one side is *possible* by itself.

Why it matters
    The client believes that it speaks to the server. The proxy reads the mail, and may change the dialogue (STARTTLS).

Innocent explanations
    The server addressed is the gateway itself. The second capture missed the connection.

What to do next
    On the gateway: REDIRECT and TPROXY rules (``iptables-save -t nat``, ``-t mangle``), and who listens (``ss -tlnp``).
    ``--conntrack`` with its table proves the proxy, ``--rules`` names the rule.

References
    RFC 3234 section 2 (middleboxes), RFC 2663, Linux Documentation/networking/tproxy.
"""

from collections.abc import Iterator

from wiretruth.ledger.book import Ledger
from wiretruth.ledger.contacts import stays_on_host
from wiretruth.model.finding import Blame, Confidence, Evidence, Finding, Severity, Side
from wiretruth.model.smtp import Dialogue
from wiretruth.model.statements import Contact
from wiretruth.rules._crossing import next_vantage, seen_after_all
from wiretruth.rules._firewall import Cause, proxying
from wiretruth.rules._telling import server_party, server_words, syn_evidence
from wiretruth.rules._tracked import Declared, declared_ends

CODE = "transparent-proxy"


def check(statement: Contact, ledger: Ledger) -> Iterator[Finding]:
    """Look for completed connections that did not go on, and for their continuation in another one."""
    if not ledger.paths or stays_on_host(statement.connection):
        return
    last = statement.connection.sightings[-1]
    if last.established is None or not last.syn_ack_count:
        return
    missed = next_vantage(ledger, last.vantage, (last.client.address, last.server.address), last.opened.at)
    if missed is None or seen_after_all(ledger, statement.connection, missed):
        return
    if ledger.visibility.loss_explains(missed, last.from_client.packets):
        return
    yield _finding(statement, missed, _continuation(statement, missed, ledger), ledger)


def _continuation(contact: Contact, missed: str, ledger: Ledger) -> Contact | None:
    """Find the connection, at the other vantage, to the same server and with the same envelope."""
    connection = contact.connection
    envelope = _envelope(connection.dialogue)
    for other in ledger.contacts.to(connection.server.address):
        there = [s for s in other.connection.sightings if s.vantage == missed]
        meanwhile = contact.at <= other.at <= connection.nearest.last.at
        if there and meanwhile and envelope and _envelope(other.connection.dialogue) == envelope:
            return other
    return None


def _envelope(dialogue: Dialogue | None) -> list[tuple[str, tuple[str, ...]]]:
    transactions = dialogue.transactions if dialogue else ()
    return [(t.reverse_path, tuple(p.mailbox for p in t.forward_paths)) for t in transactions]


def _finding(contact: Contact, missed: str, continuation: Contact | None, ledger: Ledger) -> Finding:
    connection, last = contact.connection, contact.connection.sightings[-1]
    server = server_words(contact, ledger)
    cause, declared = proxying(ledger, last), declared_ends(contact, ledger) if ledger.translations else None
    if continuation is None:
        words = f"was completed at {last.vantage}, and nothing of it was seen at {missed}: somebody between answers"
    else:
        source = continuation.connection.client
        words = f"ends before {missed}, where {source.address} carries the same mail on in a connection of its own"
    return Finding(
        code=CODE,
        severity=Severity.WARNING,
        confidence=_confidence(continuation, cause, declared),
        summary=f"the connection of {connection.client.address} to {server} {words}"
        + (f"; {cause.named} hands it over" if cause.named else ""),
        at=contact.at,
        client=connection.client.address,
        intended=server_party(contact, ledger),
        blame=Blame(Side.PATH, temporary=False, mail_safe=None),
        evidence=(
            syn_evidence(last, f"SYN {last.client} to {last.server}, answered"),
            *([syn_evidence(continuation.connection.nearest, "SYN of the second connection")] if continuation else []),
            *_envelopes(contact, continuation),
            *((declared.evidence,) if declared else ()),
            *cause.evidence,
        ),
        still_possible=()
        if continuation or declared or cause.named
        else (f"{last.server.address} is the host between these vantages itself",),
        settled_by=("the rules of the host between (REDIRECT, TPROXY), and who listens there",),
    )


def _confidence(continuation: Contact | None, cause: Cause, declared: Declared | None) -> Confidence:
    if declared is not None:
        return Confidence.PROVEN
    return Confidence.LIKELY if continuation or cause.named else Confidence.POSSIBLE


def _envelopes(contact: Contact, continuation: Contact | None) -> Iterator[Evidence]:
    for one in (contact, continuation):
        dialogue = one.connection.dialogue if one and continuation else None
        if dialogue is not None and dialogue.transactions:
            transaction = dialogue.transactions[0]
            recipients = ", ".join(p.mailbox for p in transaction.forward_paths)
            yield Evidence(f"<{transaction.reverse_path}> to {recipients}", dialogue.vantage, (transaction.frame,))
