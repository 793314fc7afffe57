"""STARTTLS was removed from the server's offer, or blanked in it.

What it sees
    One EHLO reply that two vantages read otherwise: with STARTTLS on the server's side, without it on the client's
    (*proven*); or that of a proxy, which leaves out what the server told it (*likely*). The lines are shown. Or, from one
    vantage, an EHLO reply in which a keyword is overwritten with a run of X or *, as firewalls do that want to read mail. Or a
    server that offered STARTTLS in another session of this capture and does not in this one (*possible* only).

Why it matters
    Mail that would have been encrypted passes in clear text, and can be read and changed on the way.

Innocent explanations
    The server's administrator switched TLS off between two sessions; several hosts answer under one address.

What to do next
    Ask the server from another network. Look for "SMTP inspection" (Cisco: ``fixup smtp``, ``inspect esmtp``), transparent
    proxies and mail gateways on the path. Enforce TLS with MTA-STS or DANE.

References
    RFC 3207 section 6 (stripping), RFC 8461 (MTA-STS), RFC 7672 (DANE for SMTP).
"""

import re
from collections.abc import Hashable, Iterator

from wiretruth.ledger.book import Ledger
from wiretruth.ledger.contacts import stays_on_host
from wiretruth.model.finding import Blame, Confidence, Evidence, Finding, Severity, Side
from wiretruth.model.smtp import Dialogue, Step
from wiretruth.model.statements import Contact
from wiretruth.rules._continuation import continuation, ends_before
from wiretruth.rules._edits import NOTHING, Edit, edits, edits_of
from wiretruth.rules._telling import server_party, server_words

CODE = "starttls-stripped"

_MASKED = re.compile(r"(?:X{4,}A?|\*{4,})\Z")
"""What middle boxes leave of a keyword: its letters overwritten (``XXXXXXXX``, ``XXXXXXXA``, ``********``)."""


def check(statement: Contact, ledger: Ledger) -> Iterator[Finding]:
    """Look at what the EHLO reply offers, and what the same server offered elsewhere."""
    if statement.connection.dialogue is None or stays_on_host(statement.connection):
        return
    dialogue = statement.connection.dialogue
    if dialogue.tls is not None or not dialogue.extensions or _offers(dialogue):
        return
    between = _between(statement, ledger)
    if between is not None:
        yield _located(statement, dialogue, *between, ledger)
        return
    masked = next((line for line in dialogue.extensions if _MASKED.match(line)), None)
    if masked is not None:
        words = f"offers {masked} where STARTTLS stands: a device on the path has overwritten the server's offer"
        yield _finding(statement, dialogue, words, Confidence.LIKELY, ledger)
    elif _offered_elsewhere(statement, ledger):
        words = "does not offer STARTTLS in this session, and does in another one of this capture"
        yield _finding(statement, dialogue, words, Confidence.POSSIBLE, ledger)


def _between(contact: Contact, ledger: Ledger) -> tuple[list[Edit], Confidence] | None:
    """Give the edits that take STARTTLS away: in one connection, or from that of a proxy to the one that it answers."""
    changed = [edit for edit in edits_of(contact.connection) if edit.of_starttls]
    if changed:
        return changed, Confidence.PROVEN
    missed = ends_before(contact, ledger)
    onward = continuation(contact, missed, ledger) if missed is not None else None
    if onward is None or onward.connection.dialogue is None or contact.connection.dialogue is None:
        return None
    changed = [e for e in edits(contact.connection.dialogue, onward.connection.dialogue) if e.of_starttls]
    return (changed, Confidence.LIKELY) if changed else None


def _located(
    contact: Contact, dialogue: Dialogue, changed: list[Edit], confidence: Confidence, ledger: Ledger
) -> Finding:
    edit = changed[0]
    words = "is blanked" if edit.arrived != NOTHING else "is taken out"
    return Finding(
        code=CODE,
        severity=Severity.CRITICAL,
        confidence=confidence,
        summary=(
            f"{server_words(contact, ledger)} offers STARTTLS, and it {words} between {edit.sent_at[0]} and "
            f"{edit.arrived_at[0]}: mail of {contact.connection.client.address} goes on in clear text"
        ),
        at=contact.at,
        client=contact.connection.client.address,
        observed=server_party(contact, ledger),
        blame=Blame(Side.PATH, temporary=False, mail_safe=None),
        evidence=tuple(record for each in changed for record in each.evidence()),
        settled_by=(
            f"the host between {edit.sent_at[0]} and {dialogue.vantage}: its SMTP inspection, and who listens there",
        ),
    )


def _offers(dialogue: Dialogue) -> bool:
    return any(line.upper().startswith("STARTTLS") for line in dialogue.extensions)


def _offered_elsewhere(contact: Contact, ledger: Ledger) -> bool:
    return bool(ledger.contacts.alike(_offering, contact.connection.server))


def _offering(contact: Contact) -> Hashable:
    dialogue = contact.connection.dialogue
    return contact.connection.server if dialogue is not None and _offers(dialogue) else None


def _finding(contact: Contact, dialogue: Dialogue, words: str, confidence: Confidence, ledger: Ledger) -> Finding:
    replies = [x.reply for x in dialogue.exchanges if x.step is Step.EHLO and x.reply is not None]
    return Finding(
        code=CODE,
        severity=Severity.CRITICAL,
        confidence=confidence,
        summary=f"{server_words(contact, ledger)} {words}",
        at=contact.at,
        client=contact.connection.client.address,
        observed=server_party(contact, ledger),
        blame=Blame(Side.PATH if confidence is Confidence.LIKELY else Side.UNKNOWN, temporary=False, mail_safe=None),
        evidence=tuple(
            Evidence(f"EHLO reply: {'; '.join(dialogue.extensions)}", dialogue.vantage, (reply.frame,))
            for reply in replies[-1:]
        ),
        still_possible=("several hosts answer under this address, with different settings",),
        settled_by=("a capture beyond the gateway, or on the server", "the same EHLO asked from another network"),
    )
