"""Statements into the ledger, rules over the statements, findings in the order of their weight."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, get_args, get_type_hints

from wiretruth import discover
from wiretruth.ledger.book import Ledger
from wiretruth.model.finding import Finding
from wiretruth.model.statements import Contact, Resolution, Settled, Statement, Survey

_Check = Callable[[Any, Ledger], Iterator[Finding]]

_MAIL_FIRST: tuple[type, ...] = (Contact, Settled, Resolution, Survey)
"""The kinds of statement in the order in which a postmaster asks: the first finding is the verdict."""


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
    """Let every rule hear the statements that its ``check`` asks for by its annotation.

    Returns: findings, loudest first, then surest; among equals what happened to mail before what was said of names and
    of the capture, then the earliest.
    """
    listeners = _listeners()
    found = [
        (_MAIL_FIRST.index(type(statement)), finding)
        for statement in statements
        for check in listeners[type(statement)]
        for finding in check(statement, ledger)
    ]
    return tuple(finding for _, finding in sorted(found, key=_weight))


def _listeners() -> dict[type, list[_Check]]:
    """Give the checks of all rules by the kind of statement that they hear, in the order of the rules' names."""
    by_kind: dict[type, list[_Check]] = {kind: [] for kind in get_args(Statement)}
    for rule in discover.modules("wiretruth.rules"):
        heard = get_type_hints(rule.check)["statement"]
        for kind in get_args(heard) or (heard,):
            by_kind[kind].append(rule.check)
    return by_kind


def _weight(heard: tuple[int, Finding]) -> tuple[int, int, int, int, str, str]:
    kind, finding = heard
    return (-finding.severity.rank, -finding.confidence.rank, kind, finding.at, finding.code, finding.summary)
