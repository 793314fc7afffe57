"""A mail host talks to a resolver in a way that no capture shows.

What it sees
    A host that sends or takes mail in this capture holds connections to port 853 (DNS over TLS), or to port 443 of a
    resolver known for DNS over HTTPS. DNS over QUIC, and HTTPS to other resolvers, look like any other traffic.

Why it matters
    What it is told there is not visible: an address that no answer contains may have been resolved all the same, so claims
    about unresolved or rewritten addresses rest on less.

Innocent explanations
    This is one.

What to do next
    Capture on the host between its mail software and its local resolver (``-i any``, or ``-i lo``), or let the resolver log
    its answers.

References
    RFC 7858 (DNS over TLS), RFC 8484 (DNS over HTTPS), RFC 9250 (DNS over QUIC).
"""

from collections.abc import Iterator

from wiretruth.ledger.book import Ledger
from wiretruth.ledger.history import BEGINNING, END_OF_TIME
from wiretruth.model.finding import Confidence, Evidence, Finding, Party, Severity
from wiretruth.model.statements import EncryptedDns, Survey

CODE = "encrypted-dns"

_DNS_OVER_TLS = 853
"""RFC 7858 §3.1."""

SHOWN = 4
"""Resolvers named; the rest is counted."""


def check(statement: Survey, ledger: Ledger) -> Iterator[Finding]:
    """Report each mail host with encrypted lookups, once for each vantage."""
    by_client: dict[str, list[EncryptedDns]] = {}
    for pair in statement.encrypted:
        by_client.setdefault(pair.client, []).append(pair)
    for client, pairs in by_client.items():
        if _has_to_do_with_mail(client, ledger):
            yield _finding(client, pairs, statement)


def _has_to_do_with_mail(client: str, ledger: Ledger) -> bool:
    return bool(ledger.contacts.to(client)) or any(True for _ in ledger.contacts.by(client, BEGINNING, END_OF_TIME))


def _finding(client: str, pairs: list[EncryptedDns], survey: Survey) -> Finding:
    count = sum(pair.connections for pair in pairs)
    more = f" and {len(pairs) - SHOWN} more" if len(pairs) > SHOWN else ""
    resolvers = ", ".join(str(pair.resolver) for pair in pairs[:SHOWN]) + more
    over = "TLS" if all(pair.resolver.port == _DNS_OVER_TLS for pair in pairs) else "TLS or HTTPS"
    return Finding(
        code=CODE,
        severity=Severity.INFO,
        confidence=Confidence.LIKELY if over == "TLS" else Confidence.POSSIBLE,
        summary=(
            f"{client} asks {resolvers} over {over} ({count} connection{'s' if count > 1 else ''}): "
            "what it is told there is not visible here"
        ),
        at=pairs[0].first.at,
        client=client,
        observed=Party(pairs[0].resolver.address, pairs[0].resolver.port, None, ("wire",)),
        evidence=tuple(
            Evidence(f"{pair.connections} to {pair.resolver}, the first here", survey.vantage, (pair.first.frame,))
            for pair in pairs[:SHOWN]
        ),
        settled_by=(f"a capture on {client} with its loopback interface (-i any)", "the resolver's log of answers"),
    )
