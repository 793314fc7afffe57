"""A server deferred mail because its own lookups failed.

What it sees
    A 4yz reply, and behind it, in the same session and before the reply, failed lookups of the replying host for the
    sender's domain, the recipient's, the name given in EHLO, or the client's address: no answer, SERVFAIL or REFUSED, and
    none from another resolver in time. The reply must speak of DNS (X.1.8, 4.4.3, 4.7.25, or in words), or have taken as
    long as a resolver's timeout.

Why it matters
    The sender is told that *its* domain is at fault ("Domain not found") and looks for the fault at home, while the
    receiving side's resolver is down.

Innocent explanations
    The domain's own name servers were down, so that every resolver failed.

What to do next
    On the receiving side: repair the resolver. Nothing is lost, senders try again; but nobody will complain to the right
    place until somebody shows this.

References
    RFC 5321 section 4.5.4.1, RFC 3463 (X.1.8, X.4.3), RFC 7505, Postfix reject_unknown_sender_domain.
"""

from collections.abc import Iterator

from wiretruth.ledger.book import Ledger
from wiretruth.model.finding import Blame, Confidence, Evidence, Finding, Party, Severity
from wiretruth.model.purposes import purpose_of
from wiretruth.model.statements import Contact, Resolution
from wiretruth.rules._deferral import failed_lookups
from wiretruth.rules._refusals import TEMPORARY, Refusal, recipients_words, refusals
from wiretruth.rules._resolvers import one_domain, side_of_deferral
from wiretruth.rules._telling import server_party
from wiretruth.rules._trouble import TroubledContact

CODE = "deferral-caused-by-dns"

NAMED = 3
"""Things that it could not find out, named in the sentence; the rest is counted."""

SHOWN = 8
"""Failed lookups given as evidence."""


def check(statement: TroubledContact, ledger: Ledger) -> Iterator[Finding]:
    """Look behind each temporary refusal for failed lookups of the host that made it."""
    if statement.connection.dialogue is None:
        return
    for refusal in refusals(statement.connection.dialogue):
        if refusal.reply.code // 100 == TEMPORARY:
            failed = failed_lookups(statement, refusal, ledger)
            if failed:
                yield _finding(statement, refusal, failed, ledger)


def _finding(contact: Contact, refusal: Refusal, failed: list[Resolution], ledger: Ledger) -> Finding:
    connection = contact.connection
    resolvers = ", ".join(sorted({r.resolver for r in failed}))
    asked = _told([purpose_of(r.lookup.nearest.question).words for r in failed])
    alone = one_domain(failed, ledger)
    sender = f" from {refusal.reverse_path}" if refusal.reverse_path else ""
    return Finding(
        code=CODE,
        severity=Severity.WARNING,
        confidence=Confidence.LIKELY,
        summary=(
            f"{connection.contacted.address} deferred mail{sender}{recipients_words(refusal.recipients)} at {refusal.step} "
            f"({refusal.words}) because its own lookups failed at {resolvers} while it was deciding: {asked}"
        ),
        at=refusal.reply.at,
        client=connection.client.address,
        intended=Party(failed[0].resolver, failed[0].lookup.nearest.resolver.port, None, ("dns",)),
        observed=server_party(contact, ledger),
        blame=Blame(side_of_deferral(failed, ledger), temporary=True, mail_safe=True),
        evidence=(
            *(_lookup(r) for r in failed[:SHOWN]),
            Evidence(f"reply at {refusal.step}: {refusal.words}", connection.nearest.vantage, (refusal.reply.frame,)),
        ),
        still_possible=(
            f"the name servers of {alone} itself are down: the resolver answered for other domains meanwhile"
            if alone
            else "the name servers of the domain itself were down, so that every resolver failed",
        ),
        settled_by=(f"the log of the resolver {resolvers}", "a capture on the resolver"),
    )


def _told(words: list[str]) -> str:
    each = list(dict.fromkeys(words))
    more = f" and {len(each) - NAMED} more" if len(each) > NAMED else ""
    return ", ".join(each[:NAMED]) + more


def _lookup(resolution: Resolution) -> Evidence:
    lookup = resolution.lookup.nearest
    end = resolution.rcode or ("ICMP unreachable" if lookup.rejections else "no answer")
    for_what = purpose_of(lookup.question).words
    text = (
        f"{resolution.client} asked {resolution.resolver} for {resolution.type} {resolution.name} ({for_what}): {end}"
    )
    return Evidence(text, lookup.vantage, (*lookup.frames, *(x.frame for x in lookup.rejections[:2])))
