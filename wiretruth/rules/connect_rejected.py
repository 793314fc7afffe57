"""An ICMP error answered the SYN: some hop refuses to pass it on, and says so.

What it sees
    An ICMP or ICMPv6 "destination unreachable" (or time exceeded) that quotes this very SYN, with the hop that sent it
    and the reason it gives. Most programs tell their user only "No route to host".

Why it matters
    Somebody on the way, by configuration or for want of a route, does not let mail pass, and names itself.

Innocent explanations
    A passing routing fault. The error may be forged; it quotes the packet, so its sender saw it.
    (The probes of traceroute, and of a stranger who tries one address after the other, are not reported.)

What to do next
    Ask whoever runs the hop that is named. If it is your own gateway: ``iptables-save -c | grep REJECT``, ``ip route get``;
    ``--rules`` names the rule.

References
    RFC 792, RFC 1812 section 5.2.7.1 (codes 9, 10, 13), RFC 4443 section 3.1, RFC 5461 (soft errors).
"""

from collections.abc import Hashable, Iterator

from wiretruth.ledger.book import Ledger
from wiretruth.model.durations import duration
from wiretruth.model.finding import Blame, Confidence, Evidence, Finding, Party, Severity, Side
from wiretruth.model.sighting import Outcome, Rejection
from wiretruth.model.statements import Contact
from wiretruth.rules._firewall import rejecting
from wiretruth.rules._icmp import is_unreachable, reason
from wiretruth.rules._scans import is_scan
from wiretruth.rules._telling import alike, attempts_words, fate, server_party, server_words, syn_evidence
from wiretruth.rules._trouble import TroubledContact

CODE = "connect-rejected"

FEW_HOPS = 32
"""Systems send with 64, 128 or 255 hops to live, and paths are shorter than 32: a SYN with fewer asks for "time exceeded"."""


def check(statement: TroubledContact, ledger: Ledger) -> Iterator[Finding]:
    """Report the first of a client's rejected attempts at one server."""
    if statement.connection.outcome is not Outcome.REJECTED:
        return
    if _is_traceroute(statement):
        return
    rejections = [r for r in statement.connection.nearest.rejections if r.of_syn]
    first = ledger.contacts.alike(_meant, _meant(statement))[0]
    if rejections and first is statement and not is_scan(statement, ledger):
        yield _finding(statement, rejections[0], ledger)


def _meant(contact: Contact) -> Hashable:
    return None if _is_traceroute(contact) else fate(contact)


def _is_traceroute(contact: Contact) -> bool:
    """The SYN was sent to be stopped on the way."""
    return any(syn.ttl < FEW_HOPS for syn in contact.connection.nearest.syns)


def _finding(contact: Contact, rejection: Rejection, ledger: Ledger) -> Finding:
    connection, sighting = contact.connection, contact.connection.nearest
    by_host = rejection.sender == connection.server.address
    return Finding(
        code=CODE,
        severity=Severity.WARNING,
        confidence=Confidence.LIKELY,
        summary=(
            f"{rejection.sender} {'rejected' if is_unreachable(rejection) else 'did not pass on'} the connection of {connection.client.address} to "
            f"{server_words(contact, ledger)}{attempts_words(alike(contact, ledger))}: {reason(rejection)}"
        ),
        at=contact.at,
        client=connection.client.address,
        intended=server_party(contact, ledger),
        observed=Party(rejection.sender, None, None, ("icmp",)),
        blame=Blame(Side.RECIPIENT if by_host else Side.PATH, temporary=None, mail_safe=True),
        evidence=(
            syn_evidence(sighting, f"SYN to {connection.server}"),
            Evidence(
                f"ICMP from {rejection.sender}, {duration(rejection.at - contact.at)} later: {reason(rejection)}; "
                f"it quotes the SYN to {rejection.quoted_destination}",
                sighting.vantage,
                (rejection.frame,),
            ),
            *rejecting(ledger, sighting, rejection).evidence,
        ),
        still_possible=(f"the error was forged by somebody who saw the SYN, in the name of {rejection.sender}",),
        settled_by=(f"the firewall rules and routes of {rejection.sender}",),
    )
