"""The contacted address is known only from an answer whose time to live had run out.

What it sees
    A mail connection to an address that this client was told, but every answer that contains it had expired when the
    connection was opened. How long ago is stated. It is a warning when a newer answer for the same name was seen and does
    not contain the address any more.

Why it matters
    Mail goes to a host that the domain may have left; after a move of servers that is where mail disappears.

Innocent explanations
    Senders may connect a little later than an answer lives: a slow first MX host, a long queue run, a cached connection.
    A newer answer with the same address may have come by a way that was not captured.

What to do next
    Look at what caches between the mail server and the zone: the MTA itself, nscd, systemd-resolved, a minimum TTL in the
    resolver (``cache-min-ttl`` in Unbound, ``min-cache-ttl`` in BIND and dnsmasq).

References
    RFC 1034 section 3.6 (TTL), RFC 2181 section 8, RFC 8767 (serving stale data).
"""

from collections.abc import Iterator

from wiretruth.ledger.book import Ledger
from wiretruth.model.durations import duration
from wiretruth.model.finding import Blame, Confidence, Finding, Party, Severity, Side
from wiretruth.model.frames import NANOSECONDS
from wiretruth.model.statements import Contact, Resolution
from wiretruth.rules._telling import answer_evidence, syn_evidence

CODE = "stale-resolution"

GRACE = NANOSECONDS
"""TTLs count whole seconds: within one second of the end nothing can be said."""


def check(statement: Contact, ledger: Ledger) -> Iterator[Finding]:
    """Hold the moment of contact against the life of the answers that name the address."""
    connection = statement.connection
    client, server = connection.client.address, connection.server.address
    last = ledger.names.longest_lived(server, client, statement.at)
    if last is None or statement.at <= last.until + GRACE:
        return
    newer = ledger.names.latest(client, last.name, last.type, statement.at)
    moved = newer is not None and newer.at > last.at and server not in newer.addresses
    yield _finding(statement, last, newer if moved else None)


def _finding(contact: Contact, last: Resolution, newer: Resolution | None) -> Finding:
    connection = contact.connection
    late = duration(contact.at - last.until)
    lived = duration(last.until - last.at)
    moved = ""
    if newer is not None:
        now = ", ".join(newer.addresses) or "no address"
        moved = f"; a newer answer says {last.name} is {now}"
    return Finding(
        code=CODE,
        severity=Severity.WARNING if newer else Severity.INFO,
        confidence=Confidence.LIKELY,
        summary=(
            f"{connection.client.address} contacted {last.name} at {connection.server.address}, "
            f"{late} after that answer's time to live of {lived} had run out{moved}"
        ),
        at=contact.at,
        client=connection.client.address,
        intended=Party(newer.addresses[0] if newer and newer.addresses else None, None, last.name, ("dns",)),
        observed=Party(connection.server.address, connection.server.port, last.name, ("wire",)),
        blame=Blame(Side.SENDER_RESOLVER if newer else Side.UNKNOWN, temporary=True, mail_safe=None),
        evidence=(
            *answer_evidence([last, *([newer] if newer else [])]),
            syn_evidence(connection.nearest, f"SYN to {connection.server}"),
        ),
        still_possible=("a newer answer with this address came by a way not captured",),
        settled_by=("a capture that includes the host's loopback interface (-i any)",),
    )
