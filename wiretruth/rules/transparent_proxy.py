"""Somebody on the path answers in the server's place.

What it sees
    With two vantages: a connection that was completed at one, while nothing of it left at the next, although packets between
    these hosts pass there. Another connection at that next vantage, with other sequence numbers, begun while the first was
    open, that carries the same envelope, makes it *likely*; so does the server's own answer to other connections, when that
    came from farther away. A handshake that stays on one side is *possible* by itself. One connection whose dialogue reads
    otherwise at the two vantages is *proven*: somebody between them edits it, and the lines are shown.
    With one vantage: mail hosts answer from no hop away, and that does not fit: the same address answers from afar
    otherwise, or hosts of several networks do so; the handshake is quick and no reply is; hosts of several networks greet in
    the same words. Two of these, which are independent, make it *likely*; distance alone is *possible*. So is an ICMP error
    that quotes the SYN with more hops to live than it had, or with an identification that it never bore.

Why it matters
    The client believes that it speaks to the server. The proxy reads the mail, and may change the dialogue (STARTTLS).

Innocent explanations
    The server addressed is the gateway itself. The second capture missed the connection. A relay in front of the mail hosts
    that the site itself has set up.

What to do next
    On the gateway: REDIRECT and TPROXY rules (``iptables-save -t nat``, ``-t mangle``), and who listens (``ss -tlnp``).
    ``--conntrack`` with its table proves the proxy, ``--rules`` names the rule.

References
    RFC 3234 section 2 (middleboxes), RFC 2663, Linux Documentation/networking/tproxy.
"""

from collections.abc import Iterator
from itertools import pairwise

from wiretruth.ledger.book import Ledger
from wiretruth.ledger.contacts import stays_on_host
from wiretruth.ledger.hosts import hops_behind
from wiretruth.model.finding import Blame, Confidence, Evidence, Finding, Severity, Side
from wiretruth.model.sighting import Sighting
from wiretruth.model.statements import Contact
from wiretruth.rules._continuation import continuation, ends_before
from wiretruth.rules._edits import Edit, edits_of
from wiretruth.rules._firewall import Cause, proxying
from wiretruth.rules._nearness import Indicator, answered_nearby, indicators
from wiretruth.rules._quotes import Quote, quoted_anew
from wiretruth.rules._telling import server_party, server_words, syn_evidence
from wiretruth.rules._tracked import Declared, declared_ends

CODE = "transparent-proxy"

INDICATORS = 2
"""One indicator has innocent explanations; two independent ones hardly share one."""

SETTLED_BY = ("the rules of the host between (REDIRECT, TPROXY), and who listens there",)


def check(statement: Contact, ledger: Ledger) -> Iterator[Finding]:
    """Look for completed connections that did not go on, for edited dialogues, and for answers from too near."""
    if stays_on_host(statement.connection):
        return
    between = _answered_between(statement, ledger)
    missed = ends_before(statement, ledger) if between is None else None
    changed = [edit for edit in edits_of(statement.connection) if not edit.of_starttls]
    if between is not None:
        yield _in_between(statement, *between, ledger)
    elif missed is not None:
        yield _finding(statement, missed, continuation(statement, missed, ledger), ledger)
    elif changed:
        yield _edited(statement, changed, ledger)
    elif (quote := quoted_anew(statement)) is not None:
        yield _quoted(statement, quote, ledger)
    elif len(statement.connection.sightings) == 1:
        yield from _nearby(statement, ledger)


def _finding(contact: Contact, missed: str, onward: Contact | None, ledger: Ledger) -> Finding:
    connection, last = contact.connection, contact.connection.sightings[-1]
    server = server_words(contact, ledger)
    cause, declared = proxying(ledger, last), declared_ends(contact, ledger) if ledger.translations else None
    afar = _answered_from_afar(last, missed, ledger)
    if onward is None:
        words = f"was completed at {last.vantage}, and nothing of it was seen at {missed}: somebody between answers"
    else:
        source, to = onward.connection.client.address, onward.connection.contacted
        where = "" if to.address == last.server.address else f" to {to}"
        words = f"ends before {missed}, where {source} carries the same mail on{where} in a connection of its own"
    return Finding(
        code=CODE,
        severity=Severity.WARNING,
        confidence=_confidence(onward, cause, declared, afar),
        summary=f"the connection of {connection.client.address} to {server} {words}"
        + (f"; {cause.named} hands it over" if cause.named else ""),
        at=contact.at,
        client=connection.client.address,
        intended=server_party(contact, ledger),
        blame=Blame(Side.PATH, temporary=False, mail_safe=None),
        evidence=(
            syn_evidence(last, f"SYN {last.client} to {last.server}, answered"),
            *([syn_evidence(onward.connection.nearest, "SYN of the second connection")] if onward else []),
            *_envelopes(contact, onward),
            *([_syn_ack(last), _syn_ack(afar)] if afar else []),
            *((declared.evidence,) if declared else ()),
            *cause.evidence,
        ),
        still_possible=()
        if onward or declared or cause.named or afar
        else (f"{last.server.address} is the host between these vantages itself",),
        settled_by=SETTLED_BY,
    )


def _confidence(onward: Contact | None, cause: Cause, declared: Declared | None, afar: Sighting | None) -> Confidence:
    if declared is not None:
        return Confidence.PROVEN
    return Confidence.LIKELY if onward or cause.named or afar else Confidence.POSSIBLE


def _answered_between(contact: Contact, ledger: Ledger) -> tuple[Sighting, Sighting] | None:
    """Give two sightings of which the one saw a handshake completed, and the one behind it a SYN sent anew, never answered."""
    for near, far in pairwise(contact.connection.sightings):
        if near.established is None or not near.syn_ack_count or far.syn_ack_count or not (near.syns and far.syns):
            continue
        anew = near.syns[0].window != far.syns[0].window and near.vantage != far.vantage
        if anew and not ledger.visibility.loss_explains(far.vantage, far.syn_count):
            return near, far
    return None


def _in_between(contact: Contact, near: Sighting, far: Sighting, ledger: Ledger) -> Finding:
    client, server = contact.connection.client.address, server_words(contact, ledger)
    return Finding(
        code=CODE,
        severity=Severity.WARNING,
        confidence=Confidence.LIKELY,
        summary=(
            f"somebody between {near.vantage} and {far.vantage} answers {client} in the place of {server}, "
            "which itself never answered"
        ),
        at=contact.at,
        client=client,
        intended=server_party(contact, ledger),
        blame=Blame(Side.PATH, temporary=None, mail_safe=True),
        evidence=(
            syn_evidence(near, f"SYN with TTL {near.syns[0].ttl} and window {near.syns[0].window}"),
            _syn_ack(near),
            Evidence(
                f"a SYN sent anew, TTL {far.syns[0].ttl} and window {far.syns[0].window}, and no answer",
                far.vantage,
                tuple(mark.frame for mark in far.syns),
            ),
        ),
        still_possible=(f"the answers of {far.server.address} do not pass {far.vantage}",),
        settled_by=("the rules of the host between (synproxy, SYNPROXY), and a capture on the server",),
    )


def _answered_from_afar(last: Sighting, missed: str, ledger: Ledger) -> Sighting | None:
    """Give a sighting of the same address that answered from beyond the next vantage, where this one answers from here."""
    if not last.syn_acks or hops_behind(last.syn_acks[0].ttl) != 0:
        return None
    for other in ledger.contacts.to(last.server.address):
        places = {s.vantage: s for s in other.connection.sightings if s.syn_acks}
        here = places.get(last.vantage) if missed in places else None
        if here is not None and hops_behind(here.syn_acks[0].ttl):
            return here
    return None


def _syn_ack(sighting: Sighting) -> Evidence:
    mark = sighting.syn_acks[0]
    return Evidence(f"SYN-ACK of {sighting.server} with TTL {mark.ttl}", sighting.vantage, (mark.frame,))


def _envelopes(contact: Contact, onward: Contact | None) -> Iterator[Evidence]:
    for one in (contact, onward):
        dialogue = one.connection.dialogue if one and onward else None
        if dialogue is not None and dialogue.transactions:
            transaction = dialogue.transactions[0]
            recipients = ", ".join(p.mailbox for p in transaction.forward_paths)
            yield Evidence(f"<{transaction.reverse_path}> to {recipients}", dialogue.vantage, (transaction.frame,))


def _edited(contact: Contact, changed: list[Edit], ledger: Ledger) -> Finding:
    first = changed[0]
    count = f"{len(changed)} lines" if len(changed) > 1 else "a line"
    return Finding(
        code=CODE,
        severity=Severity.WARNING,
        confidence=Confidence.PROVEN,
        summary=(
            f"somebody between {first.sent_at[0]} and {first.arrived_at[0]} edits what {contact.connection.client.address} and "
            f"{server_words(contact, ledger)} say to each other: {count} changed"
        ),
        at=contact.at,
        client=contact.connection.client.address,
        intended=server_party(contact, ledger),
        blame=Blame(Side.PATH, temporary=False, mail_safe=None),
        evidence=tuple(record for edit in changed for record in edit.evidence()),
        settled_by=(
            f"the host between {first.sent_at[0]} and {first.arrived_at[0]}: its SMTP inspection, and who listens there",
        ),
    )


def _quoted(contact: Contact, quote: Quote, ledger: Ledger) -> Finding:
    sender = quote.rejection.sender
    return Finding(
        code=CODE,
        severity=Severity.INFO,
        confidence=Confidence.POSSIBLE,
        summary=f"somebody before {sender} sent the SYN to {server_words(contact, ledger)} anew: it is quoted otherwise than it "
        "was sent",
        at=contact.at,
        client=contact.connection.client.address,
        intended=server_party(contact, ledger),
        evidence=tuple(quote.evidence()),
        still_possible=("a firewall that sets TTL or identification of all packets (pf scrub, the TTL target)",),
        settled_by=SETTLED_BY,
    )


def _nearby(contact: Contact, ledger: Ledger) -> Iterator[Finding]:
    """Report the first of a client's connections that were answered from too near."""
    value = answered_nearby(contact)
    group = ledger.contacts.alike(answered_nearby, value) if value is not None else ()
    if not group or group[0] is not contact:
        return
    found = indicators(group, ledger)
    if any(indicator.kind == "distance" for indicator in found) or len(found) >= INDICATORS:
        yield _indicated(contact, found, len(group), ledger)


def _indicated(contact: Contact, found: list[Indicator], count: int, ledger: Ledger) -> Finding:
    sighting = contact.connection.nearest
    connections = f"{count} connections" if count > 1 else "the connection"
    likely = len(found) >= INDICATORS
    return Finding(
        code=CODE,
        severity=Severity.WARNING,
        confidence=Confidence.LIKELY if likely else Confidence.POSSIBLE,
        summary=(
            f"somebody near {sighting.client.address} {'answers' if likely else 'may answer'} {connections} to "
            f"{server_words(contact, ledger)}{' and others' if count > 1 else ''} in the servers' place: "
            f"{'; '.join(indicator.words for indicator in found)}"
        ),
        at=contact.at,
        client=sighting.client.address,
        intended=server_party(contact, ledger),
        blame=Blame(Side.PATH, temporary=False, mail_safe=None),
        evidence=tuple(record for indicator in found for record in indicator.evidence),
        still_possible=("these addresses are on the same link, or belong to a relay of the site itself",),
        settled_by=("a capture beyond the gateway at the same time", *SETTLED_BY),
    )
