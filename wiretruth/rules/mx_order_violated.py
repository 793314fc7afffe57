"""A less preferred mail host was used, and no attempt at a more preferred one was seen.

What it sees
    The client was told several MX hosts with different preferences and their addresses, and opened a connection to a less
    preferred one without any connection to a more preferred one before it in the capture, and nothing in DNS shows the
    more preferred one to be down.

Why it matters
    The sender must try hosts in order of preference. Going to the backup first is how spam software behaves, it meets
    weaker filtering or long queues there, and mail is late.

Innocent explanations
    The sender had tried the better host before the capture began and remembers the failure (Exim's retry hints).
    Its own firewall dropped or refused the attempt before it reached the wire.
    A backup that defers everybody who comes first (a trap for spam software) is told in the evidence; the mail then arrives
    with the next attempt. Falling back behind a better host that refused, or did not answer, is what RFC 5321 asks for, and
    is never reported here.
    The sender is configured to use the backup (transport map).
    It speaks from several addresses, or by several links, and the attempt took another than the one seen here.
    (A better host that has only addresses of the other IP version is not expected to be tried.)

What to do next
    Look in the sender's log for an earlier failure of the preferred host, and in its rules for an OUTPUT drop to it.

References
    RFC 5321 section 5.1.
"""

from collections.abc import Iterator
from ipaddress import ip_address

from wiretruth.ledger.book import Ledger
from wiretruth.ledger.history import BEGINNING
from wiretruth.ledger.intentions import Intention
from wiretruth.model.delivery import ExpectedHost
from wiretruth.model.finding import Blame, Confidence, Evidence, Finding, Party, Severity, Side
from wiretruth.model.statements import Contact
from wiretruth.rules._refusals import TEMPORARY, refusals
from wiretruth.rules._rewriting import MAIL_PORT
from wiretruth.rules._telling import answer_evidence, syn_evidence

CODE = "mx-order-violated"

PACKETS_OF_AN_ATTEMPT = 2
"""The least that an attempt shows: a SYN and its answer, or the SYN again."""


def check(statement: Contact, ledger: Ledger) -> Iterator[Finding]:
    """Hold the contacted host against the order of preference that the client was told."""
    for intention in ledger.intentions.of(statement):
        used = intention.hosts.host_of(statement.connection.server.address)
        if used is None or used.preference is None:
            continue
        better = _better(statement, used.preference, intention)
        if better and not _accounted_for(statement, better, intention, ledger):
            yield _finding(statement, used, better, intention, ledger)


def _better(contact: Contact, preference: int, intention: Intention) -> list[ExpectedHost]:
    """Give the hosts that come before, or may: those not known to lack addresses of the family used here.

    A client that speaks only IPv4 cannot try a host that has only IPv6 addresses, and the other way round.
    """
    preferred = [h for h in intention.hosts.hosts if h.preference is not None and h.preference < preference]
    if not preferred:
        return []
    version = ip_address(contact.connection.server.address).version
    better = []
    for host in preferred:
        addresses = tuple(a for a in host.addresses if ip_address(a).version == version)
        if addresses or not host.addresses:
            better.append(host._replace(addresses=addresses))
    return better


def _accounted_for(contact: Contact, better: list[ExpectedHost], intention: Intention, ledger: Ledger) -> bool:
    """Something explains why the better hosts were not used; or the capture cannot tell."""
    client = contact.connection.client.address
    names = {host.name for host in better}
    addresses = {address for host in intention.hosts.hosts if host.name in names for address in host.addresses}
    if client in addresses or not all(host.addresses for host in better):
        return True
    # up to the connection's end: one that is open may be used again, behind a better host's failure
    if ledger.contacts.reached_any(
        client, addresses - {contact.connection.server.address}, BEGINNING, contact.connection.nearest.last.at
    ):
        return True
    return _earlier_contact_of_unknown_address(contact, intention, ledger)


def _earlier_contact_of_unknown_address(contact: Contact, intention: Intention, ledger: Ledger) -> bool:
    """The client tried an address that no answer explains: it may be a better host's, cached or rewritten."""
    client = contact.connection.client.address
    unexplained = ledger.intentions.unexplained(client, intention.hosts.basis.at, contact.at)
    return any(c is not contact for c in unexplained)


def _finding(
    contact: Contact, used: ExpectedHost, better: list[ExpectedHost], intention: Intention, ledger: Ledger
) -> Finding:
    connection = contact.connection
    best = better[0]
    doubts = _doubts(contact, ledger)
    return Finding(
        code=CODE,
        severity=Severity.WARNING,
        confidence=Confidence.POSSIBLE if doubts else Confidence.LIKELY,
        summary=(
            f"{connection.client.address} took mail for {intention.domain} to {used.name} [{connection.server.address}] "
            f"(preference {used.preference}) without trying {best.name} [{', '.join(best.addresses)}] "
            f"(preference {best.preference}) first"
        ),
        at=contact.at,
        client=connection.client.address,
        intended=Party(best.addresses[0], MAIL_PORT, best.name, ("dns",)),
        observed=Party(connection.server.address, connection.server.port, used.name, ("wire",)),
        blame=Blame(Side.SENDER, temporary=False, mail_safe=True),
        evidence=(
            *answer_evidence(intention.hosts.told),
            syn_evidence(
                connection.nearest, f"SYN to {connection.server}; none to {', '.join(best.addresses)} before it"
            ),
            *_trap(contact),
        ),
        still_possible=(
            f"the sender remembers a failure of {best.name} from before the capture began",
            f"the sender's own firewall dropped or refused its attempt at {best.name} before it reached the wire",
            "the attempt was made from another address, or by another link, than is seen here",
            *doubts,
        ),
        settled_by=("the sender's mail log", "the sender's firewall rules with their counters (iptables-save -c)"),
    )


def _doubts(contact: Contact, ledger: Ledger) -> list[str]:
    """Give why an attempt may have gone unseen."""
    sighting = contact.connection.nearest
    doubts = []
    if not sighting.syn_count:
        doubts.append("attempts do not show in this capture: of this connection no SYN was seen either")
    if ledger.visibility.loss_explains(sighting.vantage, PACKETS_OF_AN_ATTEMPT):
        doubts.append("the attempt was lost to the capture")
    return doubts


def _trap(contact: Contact) -> Iterator[Evidence]:
    """The host put the mail off: those that stand there to catch who skips the order do so to everybody."""
    dialogue = contact.connection.dialogue
    put_off = next((r for r in refusals(dialogue) if r.reply.code // 100 == TEMPORARY), None) if dialogue else None
    if dialogue is not None and put_off is not None:
        text = f"it put the mail off ({put_off.words}), as hosts do that are there to catch who skips the order"
        yield Evidence(text, dialogue.vantage, (put_off.reply.frame,))
