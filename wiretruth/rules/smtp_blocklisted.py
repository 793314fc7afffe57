"""The refusal rests on a block list.

What it sees
    A 4yz or 5yz reply that names a block list ("blocked using zen.spamhaus.org"). Or, where the replying host's own lookups
    are in the capture, a refusal on grounds of policy behind an answer of a DNS block list that says that this client, or
    the domain that it speaks for, is listed (an address in 127.0.0.0/8). An answer that is no listing (127.255.255.x, or an
    address outside 127.0.0.0/8) is told as what it is: the list refused to say, or exists no more, and the receiving side
    takes that for a listing.

Why it matters
    Everything from this address meets the same at everybody who uses the list, until it is taken off. A refused question
    that is taken for a listing keeps out everybody, and the senders are told that it is their fault.

Innocent explanations
    The list is right: something behind this address sends spam. Or the address was somebody else's until recently. A
    receiver that weighs several signs may have refused for another one.

What to do next
    Look the address up at the list, find out why (a compromised account, an open form, a shared address), then ask for
    removal. If the answer was 127.255.255.x: on the receiving side, ask the list from a resolver of your own.

References
    RFC 5782 (DNS block lists), RFC 3463 (X.7.1), RFC 5321 section 4.2.1.
"""

from collections.abc import Iterator

from wiretruth.ledger.book import Ledger
from wiretruth.model.finding import Blame, Confidence, Evidence, Finding, Severity, Side
from wiretruth.model.statements import Contact
from wiretruth.rules._block_lists import Verdict, named_list, same_list, verdicts
from wiretruth.rules._refusals import (
    TEMPORARY,
    Refusal,
    accepted_another_way,
    accepted_later,
    recipients_words,
    refusals,
)
from wiretruth.rules._telling import lookup_evidence, server_party, server_words
from wiretruth.rules._trouble import TroubledContact

CODE = "smtp-blocklisted"

_POLICY = ("0", "7")
"""Subjects of an enhanced code under which a listing may hide (RFC 3463 §3): others name another reason."""

SHOWN = 4
"""Answers of lists given as evidence."""


def check(statement: TroubledContact, ledger: Ledger) -> Iterator[Finding]:
    """Hold every refusal against the lists that it names, and that its host had asked."""
    if statement.connection.dialogue is None:
        return
    for refusal in refusals(statement.connection.dialogue):
        named = named_list(refusal.reply)
        said = _said(statement, refusal, named, ledger)
        if named is None and not (said and _may_rest_on_it(statement, refusal, ledger)):
            continue
        yield _finding(statement, refusal, named, said, ledger)


def _said(contact: Contact, refusal: Refusal, named: str | None, ledger: Ledger) -> list[Verdict]:
    """Give what the lists said: the one that is named, or those that list the client."""
    every = list(verdicts(contact, refusal.reply.at, ledger))
    of_named = [v for v in every if named is not None and same_list(named, v.zone)]
    return of_named or [v for v in every if v.listed]


def _may_rest_on_it(contact: Contact, refusal: Refusal, ledger: Ledger) -> bool:
    """The reply gives no other reason, and no later acceptance shows that the listing was none."""
    subject = (refusal.reply.enhanced or "5.7.0").split(".")[1]
    if subject not in _POLICY or accepted_another_way(contact, refusal):
        return False
    return accepted_later(contact, refusal, ledger) is None


def _finding(contact: Contact, refusal: Refusal, named: str | None, said: list[Verdict], ledger: Ledger) -> Finding:
    connection = contact.connection
    listed = [v for v in said if v.listed]
    refused = bool(said) and not listed
    temporary = refusal.reply.code // 100 == TEMPORARY
    zones = ", ".join(dict.fromkeys(v.zone for v in (listed or said))) or named or ""
    return Finding(
        code=CODE,
        severity=Severity.WARNING,
        confidence=Confidence.LIKELY,
        summary=(
            f"{server_words(contact, ledger)} {'put off' if temporary else 'rejected'} mail"
            f"{recipients_words(refusal.recipients)} at {refusal.step} ({refusal.words}) because "
            + _because(connection.client.address, zones, listed, refused=refused)
        ),
        at=refusal.reply.at,
        client=connection.client.address,
        observed=server_party(contact, ledger),
        blame=Blame(Side.RECIPIENT if refused else Side.SENDER, temporary=temporary, mail_safe=temporary),
        evidence=(
            *(lookup_evidence(v.resolution, _answer(v)) for v in said[:SHOWN]),
            Evidence(f"reply at {refusal.step}: {refusal.words}", connection.nearest.vantage, (refusal.reply.frame,)),
        ),
        still_possible=(
            *(() if named else ("the receiving side weighs several signs, and refused for another one",)),
            *(() if refused else ("the list is out of date, or lists somebody else who had this address",)),
        ),
        settled_by=(
            "the list's own page for this address",
            *(() if said else ("a capture on the receiving server, with its DNS",)),
        ),
    )


def _because(client: str, zones: str, listed: list[Verdict], *, refused: bool) -> str:
    if refused:
        return f"it takes an answer of {zones} for a listing that is none"
    whom = ", ".join(dict.fromkeys(v.subject for v in listed)) or client
    return f"{whom} is on the block list {zones}" if listed else f"{whom} is said to be on {zones}"


def _answer(verdict: Verdict) -> str:
    told = ", ".join(verdict.resolution.addresses)
    meaning = "listed" if verdict.listed else "no listing: the list refuses to say, or exists no more"
    return f"{verdict.resolution.client} asked {verdict.zone} about {verdict.subject}: {told} ({meaning})"
