"""A mail host was resolved, and not one of its addresses was tried, although mail for its domain was attempted.

What it sees
    A client was told the mail hosts of a domain and their addresses, attempted mail for it, and left out a host that the
    order of preference made it try: one that comes before the hosts that it did reach, or, where it reached none, any of
    them. Less preferred hosts behind one that took the call need not be tried; nor need hosts without an address of the
    IP version that the client speaks. A connection that was led elsewhere is told as destination-rewritten alone.

Why it matters
    Nothing is wrong by that alone. Beside another finding it completes the picture: the mail went elsewhere, or waits
    although another host would have taken it.

Innocent explanations
    A transport map or a smart host names another host; the sender remembers a failure from before the capture began; it
    ended before the sender came to the next host.

What to do next
    Read the sender's log for this recipient, and its routing (``postconf transport_maps relayhost``). Look for a rule in
    its own OUTPUT chain that drops or rewrites the attempt.

References
    RFC 5321 section 5.1.
"""

from collections.abc import Callable, Iterator
from ipaddress import ip_address
from itertools import groupby

from wiretruth.ledger.book import Ledger
from wiretruth.ledger.contacts import is_submission
from wiretruth.model.delivery import Attempt, Delivery, ExpectedHost
from wiretruth.model.finding import Confidence, Evidence, Finding, Party, Severity
from wiretruth.model.frames import NANOSECONDS
from wiretruth.model.sighting import Outcome
from wiretruth.model.statements import Contact, Settled
from wiretruth.rules._rewriting import MAIL_PORT, proven_ends, suspect
from wiretruth.rules._telling import syn_evidence

CODE = "resolved-not-contacted"

NEXT_HOST = 30 * NANOSECONDS
"""Where the capture ends sooner after a failed attempt, the sender may not have come to the next host (Postfix waits 30 s
for a connection)."""

_NOT_REACHED = (Outcome.REFUSED, Outcome.REJECTED, Outcome.UNANSWERED, Outcome.HALF_OPEN)


def check(statement: Settled, ledger: Ledger) -> Iterator[Finding]:
    """Hold the attempts of a delivery against the hosts that should have been tried."""
    delivery = statement.delivery
    if _went_to_the_best(delivery):
        return
    if delivery.inbound or any(is_submission(a.connection) for a in delivery.attempts):
        return
    missed = _never_tried(left_out(delivery, ledger.visibility.ends), delivery, ledger)
    if missed and not _told_otherwise(delivery, ledger):
        yield _finding(delivery, missed)


def _went_to_the_best(delivery: Delivery) -> bool:
    """The first attempt went to the first host: most mail does, and nothing is left to ask."""
    if not delivery.expected:
        return True
    first = delivery.attempts[0].connection
    return first.outcome is Outcome.ESTABLISHED and first.server.address in delivery.expected[0].addresses


def left_out(delivery: Delivery, ends: Callable[[str], int]) -> list[ExpectedHost]:
    """Give the hosts that should have been tried, in their order, with the addresses that the client could have tried.

    Args:
        delivery: with at least one attempt.
        ends: gives when a vantage saw its last packet.
    """
    versions: set[int] = {ip_address(a.connection.server.address).version for a in delivery.attempts}
    tried = {a.connection.server.address: a for a in delivery.attempts}
    reached = {a.connection.server.address for a in delivery.attempts if a.connection.outcome not in _NOT_REACHED}
    missed: list[ExpectedHost] = []
    for _, group in groupby(delivery.expected, key=lambda h: h.preference):
        peers = [_reachable(host, versions) for host in group]
        if any(reached.intersection(host.addresses) for host in peers):
            return missed
        missed += [host for host in peers if host.addresses and tried.keys().isdisjoint(host.addresses)]
    return missed if _had_time(delivery.attempts[-1], ends) else []


def _never_tried(hosts: list[ExpectedHost], delivery: Delivery, ledger: Ledger) -> list[ExpectedHost]:
    """Leave out hosts that were reached under an address of another answer, and those that come behind one of these."""
    reached = {a.connection.server.address for a in delivery.attempts if a.connection.outcome not in _NOT_REACHED}
    names = {r.name for address in reached for r in ledger.names.telling(address, delivery.client)}
    last = min((h.preference or 0 for h in delivery.expected if h.name in names), default=None)
    return [h for h in hosts if last is None or (h.preference or 0) < last]


def _told_otherwise(delivery: Delivery, ledger: Ledger) -> bool:
    """The connection was led elsewhere: destination-rewritten says so, and who was not contacted."""
    contacts = (Contact(attempt.at, attempt.connection) for attempt in delivery.attempts)
    return any(proven_ends(c) is not None or suspect(c, ledger) is not None for c in contacts)


def _reachable(host: ExpectedHost, versions: set[int]) -> ExpectedHost:
    return host._replace(addresses=tuple(a for a in host.addresses if ip_address(a).version in versions))


def _had_time(last: Attempt, ends: Callable[[str], int]) -> bool:
    """The last attempt went well with somebody else, or the capture goes on long enough behind it."""
    connection = last.connection
    if connection.outcome not in _NOT_REACHED:
        return True
    return ends(connection.nearest.vantage) - connection.nearest.last.at >= NEXT_HOST


def _finding(delivery: Delivery, missed: list[ExpectedHost]) -> Finding:
    first, last = missed[0], delivery.attempts[-1]
    hosts = ", ".join(f"{host.name} [{', '.join(host.addresses)}]" for host in missed)
    tried = ", ".join(dict.fromkeys(str(a.connection.server) for a in delivery.attempts))
    return Finding(
        code=CODE,
        severity=Severity.INFO,
        confidence=Confidence.LIKELY,
        summary=f"{delivery.client} was told {hosts} for mail to {delivery.domain} and contacted {tried} only",
        at=delivery.attempts[0].at,
        client=delivery.client,
        intended=Party(first.addresses[0], MAIL_PORT, first.name, ("dns",)),
        observed=Party(last.connection.server.address, last.connection.server.port, None, ("wire",)),
        evidence=(
            *(
                Evidence(
                    f"{x.nearest.resolver.address} says {x.nearest.question.type} {x.nearest.question.name}: "
                    f"{', '.join(r.data for r in x.nearest.answers) or 'nothing'}",
                    x.nearest.vantage,
                    x.nearest.frames[-1:],
                )
                for x in delivery.lookups
                if x.nearest.answers
            ),
            syn_evidence(last.connection.nearest, f"SYN to {last.connection.server}"),
        ),
        still_possible=(
            "a transport map or smart host names another host",
            f"the sender remembers a failure of {first.name} from before the capture began",
            "the attempt was made from another address, or by another link, than is seen here",
        ),
        settled_by=("the sender's mail log", "the sender's firewall rules with their counters (iptables-save -c)"),
    )
