"""The ledger sorts statements into its books, whatever their kind."""

from tests.ledger.made import MTA, MX1, STRANGER, contact, dialogue, mail, sighting, survey, told
from wiretruth.ledger.book import Ledger
from wiretruth.model.statements import Settled


def test_statements_reach_their_books() -> None:
    ledger = Ledger()
    one = contact(sighting(), dialogue=dialogue(mail(("bob@example.net", 250))))
    ledger.add([survey(), told("MX example.net", "example.net MX 1 mail.example.net"), one])
    ledger.settle()

    assert ledger.names.asked(MTA)
    assert [one] == list(ledger.contacts)
    assert survey() == ledger.visibility.survey("tap")
    assert ["example.net"] == [i.domain for i in ledger.intentions.of(one)]
    assert ["example.net"] == [d.domain for d in ledger.deliveries]


def test_what_is_settled_is_nothing_new() -> None:
    ledger = Ledger()
    ledger.add([contact(sighting())])
    ledger.settle()
    before = ledger.deliveries
    ledger.add([Settled(0, before[0])])
    ledger.settle()

    assert before == ledger.deliveries


def test_books_share_one_knowledge_of_hosts() -> None:
    """What a stub on the loopback interface was told is what the host's own connection was meant for."""
    ledger = Ledger()
    asked = [
        told("MX example.net", "example.net MX 1 mail.example.net", client="127.0.0.1", vantage="tap#lo"),
        told("A mail.example.net", f"mail.example.net A {MX1}", client="127.0.0.1", vantage="tap#lo"),
    ]
    here = contact(sighting(STRANGER, at=1, vantage="tap#eth0"))
    ledger.add([survey("tap#lo"), survey("tap#eth0"), *asked, here])

    assert [frozenset({MX1})] == [i.hosts.addresses for i in ledger.intentions.of(here)]
