"""A connection attempt on the mail port that the sending host's log does not mention.

What it sees
    A connection to the mail port, from the host whose log was given and while that log was being written, to a server
    that no line of it names.

Why it matters
    Something else on that host speaks SMTP (a script, a web application, malware), or the mail software's log is not
    complete, and conclusions from it are not either.

Innocent explanations
    Another program logs to another place, or not at all: monitoring, sender address verification, a second instance.
    The log was filtered or rate limited (journald drops lines above its limit).

What to do next
    On that host: ``ss -tnp dport = :25``, the process accounting, and the other logs.

References
    systemd journald.conf(5), RateLimitBurst=.
"""

from collections.abc import Iterator

from wiretruth.ledger.book import Ledger
from wiretruth.ledger.contacts import stays_on_host
from wiretruth.model.finding import Confidence, Finding, Party, Severity
from wiretruth.model.statements import Contact
from wiretruth.rules._log_words import MAIL_PORT
from wiretruth.rules._telling import server_words, syn_evidence

CODE = "attempt-not-logged"


def check(statement: Contact, ledger: Ledger) -> Iterator[Finding]:
    """Report the first contact of a client with a server that the client's own log does not know."""
    connection = statement.connection
    unlogged = ledger.logs.unlogged(statement)
    if unlogged is None or connection.server.port != MAIL_PORT or stays_on_host(connection):
        return
    attempts = f" ({unlogged.attempts} attempts)" if unlogged.attempts > 1 else ""
    yield Finding(
        code=CODE,
        severity=Severity.INFO,
        confidence=Confidence.POSSIBLE,
        summary=(
            f"{connection.client.address} contacted {server_words(statement, ledger)}{attempts}, "
            f"which its log {unlogged.source} does not mention"
        ),
        at=statement.at,
        client=connection.client.address,
        observed=Party(connection.server.address, connection.server.port, None, ("wire",)),
        evidence=(syn_evidence(connection.nearest, f"SYN to {connection.server}"),),
        still_possible=(
            "another program of that host connected, which logs elsewhere",
            "the log was filtered, or lines of it were dropped",
        ),
        settled_by=("the socket table with processes (ss -tnp)", "the logs of other programs on that host"),
    )
