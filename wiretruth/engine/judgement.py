"""Statements into the ledger, rules over the statements, findings in the order of their weight."""

from collections.abc import Callable, Iterable, Iterator
from operator import attrgetter
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

from wiretruth import discover
from wiretruth.ledger.book import Ledger
from wiretruth.model.finding import Finding
from wiretruth.model.log import JudgedLine
from wiretruth.model.packet import Endpoint
from wiretruth.model.statements import Contact, Resolution, Settled, Statement, Survey

_Check = Callable[[Any, Ledger], Iterator[Finding]]
_Predicate = Callable[[Any], bool]

_MAIL_FIRST: tuple[type, ...] = (Contact, Settled, JudgedLine, Resolution, Survey)
"""The kinds of statement in the order in which a postmaster asks: the first finding is the verdict."""


def state(
    ledger: Ledger, resolutions: list[Resolution], contacts: list[Contact], surveys: list[Survey]
) -> list[Statement]:
    """Enter everything into the ledger, settle it, and give every statement in the order in which rules hear them."""
    told: list[Statement] = [
        *surveys,
        *sorted(resolutions, key=attrgetter("at", "name")),
        *sorted(contacts, key=_opened),
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
    found: dict[type, list[Finding]] = {kind: [] for kind in _MAIL_FIRST}
    for statement in statements:
        kind = type(statement)
        for predicate, checks in listeners[kind]:
            if predicate is None or predicate(statement):
                for check in checks:
                    found[kind] += check(statement, ledger)
    heard = [(place, finding) for place, kind in enumerate(_MAIL_FIRST) for finding in found[kind]]
    return tuple(finding for _, finding in sorted(heard, key=_weight))


def unfiltered() -> set[str]:
    """Give the modules of the rules that hear of contacts, answers, deliveries and captures with which nothing need be wrong."""
    heard = _listeners()
    kinds = (Contact, Resolution, Settled, Survey)
    checks = [check for kind in kinds for asks, some in heard[kind] if asks is None for check in some]
    return {check.__module__.rpartition(".")[2] for check in checks}


def _listeners() -> dict[type, list[tuple[_Predicate | None, list[_Check]]]]:
    """Give the checks of all rules by the kind of statement that they hear, and by what they ask of it."""
    by_kind: dict[type, dict[_Predicate | None, list[_Check]]] = {kind: {} for kind in get_args(Statement)}
    for rule in discover.modules("wiretruth.rules"):
        heard = get_type_hints(rule.check, include_extras=True)["statement"]
        for hint in get_args(heard) if isinstance(heard, UnionType) or get_origin(heard) is Union else (heard,):
            kind, predicate = get_args(hint) if get_origin(hint) is Annotated else (hint, None)
            by_kind[kind].setdefault(predicate, []).append(rule.check)
    return {kind: list(by_predicate.items()) for kind, by_predicate in by_kind.items()}


def _opened(contact: Contact) -> tuple[int, Endpoint]:
    return contact.at, contact.connection.client


def _weight(heard: tuple[int, Finding]) -> tuple[int, int, int, int, str, str]:
    kind, finding = heard
    return (-finding.severity.rank, -finding.confidence.rank, kind, finding.at, finding.code, finding.summary)
