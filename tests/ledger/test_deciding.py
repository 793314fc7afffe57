"""What a server looks up about a caller, told from what it looks up for others at the same time."""

from dataclasses import replace

import pytest

from tests.ledger.made import MTA, contact, dialogue, mail, sighting, told
from wiretruth.ledger.book import Ledger
from wiretruth.ledger.deciding import MAX_CONCERNED, deciding
from wiretruth.model.frames import Mark
from wiretruth.model.statements import Contact, Resolution

CALLER = "192.0.2.99"


def call(
    *, at: int = 0, last: int = 100, sender: str = "ann@sender.example", helo: str = "out.sender.example"
) -> Contact:
    seen = replace(sighting(MTA, client=CALLER, at=at, ttl=50, answered=64), last=Mark(last, 9))
    said = dialogue(mail(("bob@corp.example", 250), at=at + 1)._replace(reverse_path=sender), at=at)
    return contact(seen, dialogue=replace(said, helo=helo))


def names(*told_: Resolution, about: Contact, until: int | None = None) -> list[str]:
    ledger = Ledger()
    ledger.add(told_)
    return [f"{r.type} {r.name}" for r in deciding(about, ledger.names, until)]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("PTR 99.2.0.192.in-addr.arpa", True),
        ("A 99.2.0.192.zen.example.org", True),
        ("A 98.2.0.192.zen.example.org", False),
        ("MX sender.example", True),
        ("TXT _dmarc.sender.example", True),
        ("TXT s1._domainkey.sender.example", True),
        ("A out.sender.example", True),
        ("MX other.example", False),
        ("MX notsender.example", False),
        ("TXT example", False),
    ],
)
def test_what_belongs_to_a_call(question: str, expected: bool) -> None:
    assert expected is bool(names(told(question, at=5), about=call()))


def test_what_the_answers_name_belongs_to_it_too() -> None:
    found = names(
        told("PTR 99.2.0.192.in-addr.arpa", "99.2.0.192.in-addr.arpa PTR host9.isp.example", at=1),
        told("A host9.isp.example", at=2),
        told("MX sender.example", "sender.example MX 10 mx.provider.example", at=3),
        told("A mx.provider.example", at=4),
        told("TXT sender.example", 'sender.example TXT "v=spf1 include:_spf.isp.example -all"', at=5),
        told("TXT _spf.isp.example", at=6),
        told("A www.isp.example", at=7),
        about=call(),
    )

    assert 6 == len(found)
    assert "A www.isp.example" not in found


@pytest.mark.parametrize(("at", "until", "expected"), [(5, None, 1), (101, None, 0), (50, 40, 0), (40, 40, 1)])
def test_only_while_the_session_lasts(at: int, until: int | None, expected: int) -> None:
    assert expected == len(names(told("MX sender.example", at=at), about=call(), until=until))


def test_bounded() -> None:
    """A crafted answer that names thousands of hosts makes no more of them the session's."""
    text = " ".join(f"include:h{n}.example" for n in range(5_000))
    crafted = [told("TXT sender.example", f'sender.example TXT "v=spf1 {text}"', at=1)]
    asked = [told(f"A h{n}.example", at=2) for n in range(200)]

    assert len(names(*crafted, *asked, about=call())) <= MAX_CONCERNED
