"""Whom a connection was meant for: by its envelope, else by the address it reached, else by the moment."""

import time

import pytest

from tests.ledger.made import MTA, MX1, MX2, SECOND, STRANGER, contact, dialogue, mail, sighting, told
from wiretruth.ledger.book import Ledger
from wiretruth.ledger.intentions import JUST_BEFORE, envelope_domains, recipient_domain
from wiretruth.model.statements import Contact, Resolution


def example(domain: str = "example.net", address: str = MX1, at: int = 0) -> list[Resolution]:
    """A domain with one mail host of its own."""
    host = f"mail.{domain}"
    return [
        told(f"MX {domain}", f"{domain} MX 10 {host}", at=at),
        told(f"A {host}", f"{host} A {address}", at=at + 1),
    ]


def ledger(*statements: Resolution | Contact) -> Ledger:
    made = Ledger()
    made.add(sorted(statements, key=lambda s: s.at))
    return made


def domains(made: Ledger, one: Contact) -> list[tuple[str, bool]]:
    return [(i.domain, i.from_envelope) for i in made.intentions.of(one)]


@pytest.mark.parametrize(
    ("mailbox", "expected"),
    [
        ("bob@Example.NET", "example.net"),
        ('"a@b"@example.net', "example.net"),
        ("bob@[192.0.2.1]", None),
        ("postmaster", None),
        ("bob@", None),
        ("", None),
    ],
)
def test_recipient_domain(mailbox: str, expected: str | None) -> None:
    assert expected == recipient_domain(mailbox)


def test_envelope_domains_each_with_its_mailboxes_and_first_moment() -> None:
    said = dialogue(
        mail(("a@one.example", 250), ("b@two.example", 550), at=5),
        mail(("a@one.example", 250), ("c@ONE.example", None), ("postmaster", 250), at=9),
    )
    expected = {"one.example": (("a@one.example", "c@ONE.example"), 5), "two.example": (("b@two.example",), 5)}

    assert expected == envelope_domains(said)
    assert {} == envelope_domains(None)


def test_a_hundred_thousand_recipients_take_no_square() -> None:
    said = dialogue(mail(*((f"u{n}@example.net", 250) for n in range(40_000))))
    begun = time.perf_counter()

    assert 40_000 == len(envelope_domains(said)["example.net"][0])
    assert time.perf_counter() - begun < 3


def test_what_is_stated_later_is_heeded() -> None:
    one = contact(sighting(STRANGER, at=9), dialogue=dialogue(mail(("bob@example.net", 250), at=10)))
    made = ledger(one)
    before = domains(made, one), list(made.intentions.unexplained(MTA, 0, 99))
    made.add(example())
    made.add([contact(sighting(MX2, at=12))])

    assert ([], [one]) == before
    assert [("example.net", True)] == domains(made, one)
    assert [9, 12] == [c.at for c in made.intentions.unexplained(MTA, 0, 99)]


def test_unexplained_are_contacts_with_addresses_that_nobody_was_told() -> None:
    contacts = [contact(sighting(server, at=at)) for at, server in ((3, MX1), (5, STRANGER), (7, MX1), (8, MX2))]
    made = ledger(*example(at=4), *contacts)

    assert [3, 5, 8] == [c.at for c in made.intentions.unexplained(MTA, 0, 99)]
    assert [5] == [c.at for c in made.intentions.unexplained(MTA, 4, 7)]
    assert [] == list(made.intentions.unexplained(MX1, 0, 99))


def test_the_envelope_decides_wherever_the_connection_went() -> None:
    one = contact(sighting(STRANGER, at=9), dialogue=dialogue(mail(("bob@example.net", 250), at=10)))
    made = ledger(*example(), *example("other.example", STRANGER), one)

    assert [("example.net", True)] == domains(made, one)
    assert [1] == [i.looked_up for i in made.intentions.of(one)]


def test_an_envelope_of_domains_never_asked_for_tells_nothing() -> None:
    one = contact(sighting(at=9), dialogue=dialogue(mail(("bob@elsewhere.example", 250), at=10)))

    assert [] == domains(ledger(*example(), one), one)


def test_without_an_envelope_the_address_decides() -> None:
    one = contact(sighting(MX1, at=9 * SECOND))

    assert [("example.net", False)] == domains(ledger(*example(), *example("other.example", MX2, 5), one), one)


@pytest.mark.parametrize(("later", "expected"), [(JUST_BEFORE, [("example.net", False)]), (JUST_BEFORE + 2, [])])
def test_without_either_the_moment_decides(later: int, expected: list[tuple[str, bool]]) -> None:
    one = contact(sighting(STRANGER, at=later))

    assert expected == domains(ledger(*example(), one), one)


@pytest.mark.parametrize("at", [5, SECOND + JUST_BEFORE])
def test_a_host_that_was_contacted_explains_its_lookups(at: int) -> None:
    """The address just told was used, before or right after: the stranger was meant for something else."""
    one = contact(sighting(STRANGER, at=SECOND))

    assert [] == domains(ledger(*example(), one, contact(sighting(MX1, at=at))), one)


@pytest.mark.parametrize(
    "one",
    [
        contact(sighting("127.0.0.1", client="127.0.0.1", at=9), dialogue=dialogue(mail(("bob@example.net", 250)))),
        contact(sighting(port=587, at=9), dialogue=dialogue(mail(("bob@example.net", 250)))),
    ],
)
def test_submission_and_local_filters_are_meant_for_no_mx(one: Contact) -> None:
    assert [] == domains(ledger(*example(), one), one)


def test_ten_thousand_lookups_just_before_are_not_all_gone_through() -> None:
    """A busy resolver host: each stray contact has thousands of recent answers before it."""
    asked = [r for n in range(2000) for r in example(f"d{n}.example", MX1, 2 * n)]
    used = contact(sighting(MX1, at=8_000))
    strays = [contact(sighting(STRANGER, at=8_001 + n)) for n in range(200)]
    made = ledger(*asked, used, *strays)
    begun = time.perf_counter()
    for one in strays:
        made.intentions.of(one)

    assert time.perf_counter() - begun < 5
    assert MTA == strays[0].connection.client.address
