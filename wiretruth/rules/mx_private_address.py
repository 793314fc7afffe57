"""An MX host resolves to an address that cannot be reached from outside its own network.

What it sees
    The address answer for an MX host is a loopback, unspecified or link-local address; or a private one (RFC 1918,
    RFC 4193), told to a client that has a public address itself, or that a router with a public address turned away when it
    tried to connect there.

Why it matters
    Mail goes to the sender's own host, or nowhere.

Innocent explanations
    An inside view of split DNS, seen inside. (A client that is private itself and was not turned away outside, or that
    reached the address in this capture, is not reported on.)

What to do next
    The domain's administrator has to publish an address that can be reached; look for an inside zone that leaks.

References
    RFC 5321 section 5.1, RFC 1918 section 5, RFC 6761 (localhost).
"""

from collections.abc import Iterator

from wiretruth.ledger.book import Ledger
from wiretruth.model.finding import Blame, Confidence, Finding, Party, Severity, Side
from wiretruth.model.statements import Resolution
from wiretruth.rules._mail_hosts import domains_served, is_first
from wiretruth.rules._networks import is_inside, is_unroutable
from wiretruth.rules._telling import answer_evidence

CODE = "mx-private-address"


def check(statement: Resolution, ledger: Ledger) -> Iterator[Finding]:
    """Look at the addresses of MX hosts."""
    if not statement.addresses:
        return
    lost = next((a for a in statement.addresses if _unreachable(a, statement.client, ledger)), None)
    if lost is not None and any(c.connection.nearest.established for c in ledger.contacts.to(lost, statement.client)):
        return
    domains = domains_served(statement, ledger) if lost else []
    if lost is None or not domains or not is_first(statement, ledger):
        return
    mx = ledger.names.latest(statement.client, domains[0], "MX", statement.at)
    yield Finding(
        code=CODE,
        severity=Severity.WARNING,
        confidence=Confidence.LIKELY,
        summary=f"the MX host of {domains[0]}, {statement.name}, is said to be {lost}, which no other network reaches",
        at=statement.at,
        client=statement.client,
        intended=Party(lost, None, statement.name, ("dns",)),
        blame=Blame(Side.RECIPIENT, temporary=False, mail_safe=None),
        evidence=tuple(answer_evidence([*([mx] if mx else []), statement])),
    )


def _unreachable(address: str, client: str, ledger: Ledger) -> bool:
    """Nobody reaches it, or only its own site does, and this client is not there."""
    if is_unroutable(address):
        return True
    return is_inside(address) and (not is_inside(client) or _led_outside(address, client, ledger))


def _led_outside(address: str, client: str, ledger: Ledger) -> bool:
    """A router of a public network turned the connection away: the inside of this client does not hold the address."""
    contacts = ledger.contacts.to(address, client)
    return any(not is_inside(rejection.sender) for c in contacts for rejection in c.connection.nearest.rejections)
