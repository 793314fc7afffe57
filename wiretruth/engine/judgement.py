"""Statements into the ledger, rules over the statements, findings in the order of their weight."""

from collections.abc import Iterable

from wiretruth import discover
from wiretruth.ledger.book import Ledger
from wiretruth.model.finding import Finding
from wiretruth.model.statements import Contact, Resolution, Settled, Statement, Survey


def state(
    ledger: Ledger, resolutions: list[Resolution], contacts: list[Contact], surveys: list[Survey]
) -> list[Statement]:
    """Enter everything into the ledger, settle it, and give every statement in the order in which rules hear them."""
    told: list[Statement] = [
        *surveys,
        *sorted(resolutions, key=lambda r: (r.at, r.lookup.id)),
        *sorted(contacts, key=lambda c: (c.at, c.connection.id)),
    ]
    ledger.add(told)
    ledger.settle()
    settled = [Settled(d.attempts[-1].at, d) for d in ledger.deliveries if d.attempts]
    return [*told, *settled]


def judge(statements: Iterable[Statement], ledger: Ledger) -> tuple[Finding, ...]:
    """Let every rule hear every statement.

    Returns: findings, loudest first, then surest, then earliest.
    """
    rules = discover.modules("wiretruth.rules")
    found = [finding for statement in statements for rule in rules for finding in rule.check(statement, ledger)]
    return tuple(sorted(found, key=_weight))


def _weight(finding: Finding) -> tuple[int, int, int, str, str]:
    return (-finding.severity.rank, -finding.confidence.rank, finding.at, finding.code, finding.summary)
