"""``--host`` keeps what concerns the hosts asked for, and what is said of the capture as a whole."""

import pytest

from tests.ledger.made import MTA, MX1, OTHER, STRANGER, contact, dialogue, lookup, mail, sighting, told
from wiretruth.engine.selection import Selection
from wiretruth.ledger.book import Ledger
from wiretruth.model.connection import TiedLookup
from wiretruth.model.finding import Confidence, Finding, Party, Severity
from wiretruth.model.packet import Endpoint

CONNECTION = contact(sighting(MX1, vantage="lan"), sighting(STRANGER, vantage="wan")).connection
ANSWER = lookup("A mail.example.net", f"mail.example.net A {MX1}", "mail.example.net A \\# 3 0a0000")


@pytest.mark.parametrize(
    ("asked", "connection", "lookup_held"),
    [
        ((), True, True),
        ((MTA,), True, True),
        ((MX1,), True, True),
        ((STRANGER,), True, False),
        (("10.10.0.0/16",), True, True),
        (("10.10.0.9/16",), True, True),
        (("10.11.0.0/16", "2001:db8::/32"), False, False),
        (("198.51.100.53",), False, True),
        (("example.net",), False, True),
        (("MAIL.example.NET.",), False, True),
        (("xample.net",), False, False),
        (("other.example", MX1), True, True),
    ],
)
def test_connections_and_lookups(asked: tuple[str, ...], connection: bool, lookup_held: bool) -> None:
    chosen = Selection(asked)

    assert connection is chosen.holds_connection(CONNECTION)
    assert lookup_held is chosen.holds_lookup(TiedLookup((ANSWER,)))


def test_who_answered_in_the_servers_place_is_an_end_too() -> None:
    redirected = contact(sighting(reply_source=Endpoint(STRANGER, 25))).connection

    assert Selection((STRANGER,)).holds_connection(redirected)


def finding(client: str | None = MTA, intended: Party | None = None, observed: Party | None = None) -> Finding:
    summary = "mail for Sales.example.net was meant for mx.hoster.example [198.51.100.10]:25"
    return Finding("x", Severity.INFO, Confidence.PROVEN, summary, 0, client, (), intended, observed)


@pytest.mark.parametrize(
    ("asked", "said", "expected"),
    [
        ((), finding(), True),
        ((OTHER,), finding(), False),
        ((MTA,), finding(), True),
        ((OTHER,), finding(client=None), True),
        ((STRANGER,), finding(observed=Party(STRANGER)), True),
        (("mail.example.org",), finding(intended=Party(name="mail.example.org")), True),
        (("example.net",), finding(), True),
        (("hoster.example",), finding(), True),
        (("ales.example.net",), finding(), False),
        (("mail",), finding(), True),
    ],
)
def test_findings(asked: tuple[str, ...], said: Finding, expected: bool) -> None:
    """The recipient domain may be named in the sentence only: the mail's host has another name."""
    assert expected is Selection(asked).holds_finding(said)


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ((), True),
        (("example.net",), True),
        (("hoster.example",), True),
        ((MX1,), True),
        ((OTHER,), False),
        (("x.example",), False),
    ],
)
def test_deliveries(asked: tuple[str, ...], expected: bool) -> None:
    ledger = Ledger()
    ledger.add(
        [
            told("MX example.net", "example.net MX 1 mx.hoster.example"),
            contact(sighting(), dialogue=dialogue(mail(("bob@example.net", 250)))),
        ]
    )
    ledger.settle()

    assert [expected] == [Selection(asked).holds_delivery(d) for d in ledger.deliveries]


@pytest.mark.parametrize(("asked", "expected"), [((), False), ((MTA,), True), (("example.net",), True)])
def test_a_selection_is_true_when_it_selects(asked: tuple[str, ...], expected: bool) -> None:
    assert expected is bool(Selection(asked))
