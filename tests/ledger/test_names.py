"""What a client had been told at a moment: the latest settled answer, never a guess from half an answer."""

import time

import pytest

from tests.ledger.made import MTA, MX1, MX2, OTHER, RESOLVER, SECOND, contact, sighting, survey, told
from wiretruth.ledger.hosts import Hosts
from wiretruth.ledger.names import MAX_DOMAINS, MAX_TELLING, Names
from wiretruth.model.frames import Fault
from wiretruth.model.statements import Resolution

MX = "example.net MX 10 mail.example.net"
A = f"mail.example.net A {MX1}"
SOA = "example.net SOA ns.example.net. host.example.net. 1 2 3 4 5"
NS = "example.net NS ns.example.net"


def names(*resolutions: Resolution) -> Names:
    made = Names()
    for resolution in sorted(resolutions, key=lambda r: r.at):
        made.add(resolution)
    return made


def addresses(
    made: Names, domain: str = "example.net", client: str = MTA, before: int = 99
) -> list[tuple[str, ...]] | None:
    hosts = made.mail_hosts(client, domain, before)
    return None if hosts is None else [host.addresses for host in hosts.hosts]


def test_the_latest_answer_at_a_moment() -> None:
    first, second = told("A mail.example.net", A, at=10), told("A mail.example.net", f"mail.example.net A {MX2}", at=20)
    made = names(first, second)

    assert [None, first, first, second] == [made.latest(MTA, "mail.example.net", "A", t) for t in (9, 10, 19, 20)]
    assert None is made.latest(OTHER, "mail.example.net", "A", 99)


@pytest.mark.parametrize(
    "useless",
    [
        told("MX example.net", at=20, rcode=None),
        told("MX example.net", at=20, rcode="SERVFAIL"),
        told("MX example.net", at=20, rcode="REFUSED"),
        told("MX example.net", at=20, authorities=[NS]),
        told("MX example.net", at=20, authorities=[NS, "example.net DS 1 8 2 00", "example.net RRSIG x"]),
        told("MX example.net", at=20, recursion_desired=False),
        told("MX example.net", at=20, truncated=True),
        told("MX example.net", "example.net MX 20 other.example.net", at=20, truncated=True),
        told(
            "MX example.net",
            "example.net MX 20 other.example.net",
            at=20,
            faults=(Fault("dns answer 2", 40, "x", "y"),),
        ),
        told("MX example.net", "example.net CNAME mail.example.org", at=20),
        told("ANY example.net", "example.net HINFO x", at=20),
    ],
    ids=lambda r: (
        f"{r.rcode}-{r.type}-{len(r.records)}-{len(r.lookup.nearest.authorities)}-{r.lookup.nearest.truncated}"
    ),
)
def test_what_settles_nothing_hides_no_earlier_answer_and_invents_no_implicit_mx(useless: Resolution) -> None:
    """Half an answer taken for a whole one would accuse mail that went to the other half."""
    answer = told("MX example.net", MX, at=10)
    alone = names(useless).mail_hosts(MTA, "example.net", 99)
    hosts = names(answer, useless).mail_hosts(MTA, "example.net", 99)

    assert None is alone
    if useless.canonical == useless.name:
        assert hosts is not None
        assert answer is hosts.basis


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (told("MX example.net"), [("example.net", None)]),
        (told("MX example.net", authorities=[SOA]), [("example.net", None)]),
        (told("MX example.net", recursion_desired=False, authoritative=True), [("example.net", None)]),
        (told("MX example.net", rcode="NXDOMAIN"), None),
        (told("MX example.net", "example.net MX 0 ."), []),
        (
            told("MX example.net", "example.net MX 20 b.example.net", MX),
            [("mail.example.net", 10), ("b.example.net", 20)],
        ),
        (told("ANY example.net", MX, "example.net A 192.0.2.1"), [("mail.example.net", 10)]),
        (
            told("MX example.net", "example.net CNAME x.example.org", "x.example.org MX 5 mx.example.org"),
            [("mx.example.org", 5)],
        ),
        (told("MX example.net", "example.net CNAME x.example.org", authorities=[SOA]), [("example.net", None)]),
    ],
)
def test_mail_hosts(answer: Resolution, expected: list[tuple[str, int | None]] | None) -> None:
    """MX, implicit MX (RFC 5321 §5.1), null MX (RFC 7505), aliases."""
    hosts = names(answer).mail_hosts(MTA, "Example.NET.", 99)

    assert expected == (None if hosts is None else [(h.name, h.preference) for h in hosts.hosts])


def test_every_answer_that_mail_hosts_rest_on_in_time_order() -> None:
    answers = [
        told("MX example.net", MX, "example.net MX 20 b.example.net", at=10),
        told("A b.example.net", f"b.example.net A {MX2}", at=30),
        told("A mail.example.net", A, at=20),
        told("AAAA mail.example.net", "mail.example.net AAAA 2001:db8::1", at=40),
        told("AAAA b.example.net", rcode="SERVFAIL", at=50),
    ]
    hosts = names(*answers).mail_hosts(MTA, "example.net", 99)

    assert hosts is not None
    assert [10, 20, 30, 40] == [r.at for r in hosts.told]
    assert [(MX1, "2001:db8::1"), (MX2,)] == [h.addresses for h in hosts.hosts]
    assert {MX1, MX2, "2001:db8::1"} == hosts.addresses
    assert ["b.example.net", None] == [h and h.name for h in (hosts.host_of(MX2), hosts.host_of("192.0.2.9"))]


@pytest.mark.parametrize("authoritative", [False, True])
def test_aliases_are_followed_from_lookup_to_lookup(authoritative: bool) -> None:
    """An iterative resolver is given the alias by one server and the address by another."""
    made = names(
        told("MX example.net", MX, at=1),
        told("A mail.example.net", "mail.example.net CNAME a.example.org", at=2, authoritative=authoritative),
        told("A a.example.org", "a.example.org CNAME b.example.org", at=3, recursion_desired=False),
        told("A b.example.org", f"b.example.org A {MX1}", at=4),
    )

    assert [(MX1,)] == addresses(made)
    assert [()] == addresses(made, before=3)


def test_an_alias_loop_ends() -> None:
    made = names(
        told("A a.example.net", "a.example.net CNAME b.example.net"),
        told("A b.example.net", "b.example.net CNAME a.example.net"),
    )

    assert None is made.latest(MTA, "a.example.net", "A", 99)


def test_nxdomain_for_any_type_settles_all() -> None:
    assert None is addresses(names(told("MX example.net", MX, at=1), told("ANY example.net", rcode="NXDOMAIN", at=2)))


def test_a_stub_resolver_asks_for_its_host_and_for_no_other() -> None:
    """Two captured hosts, a stub on each one's loopback; the second host's mail knows nothing of the first one's answers."""
    hosts = Hosts()
    for path in ("one.pcap", "two.pcap"):
        hosts.know(survey(path, path))
    made = Names(hosts)
    for vantage, address in (("one.pcap", MX1), ("two.pcap", MX2)):
        made.add(told("MX example.net", MX, client="127.0.0.1", vantage=vantage))
        made.add(told("A mail.example.net", f"mail.example.net A {address}", client="127.0.0.1", vantage=vantage))
    hosts.meet(contact(sighting(vantage="one.pcap")))
    hosts.meet(contact(sighting(client=OTHER, vantage="two.pcap")))

    assert [(MX1,)] == addresses(made)
    assert [(MX2,)] == addresses(made, client=OTHER)
    assert None is addresses(made, client="10.10.0.7")
    assert [True, True, False] == [made.asked(c) for c in (MTA, OTHER, "10.10.0.7")]
    assert [1, 0] == [len(made.telling(MX1, c)) for c in (MTA, OTHER)]


def test_by_client_in_time_order_whoever_of_the_host_asked() -> None:
    hosts = Hosts()
    hosts.meet(contact(sighting()))
    made = Names(hosts)
    for at, client in ((1, MTA), (2, "127.0.0.1"), (3, MTA), (4, OTHER)):
        made.add(told("A mail.example.net", A, at=at, client=client))

    assert [1, 2, 3] == [r.at for r in made.by_client(MTA, 0, 99)]
    assert [3, 2] == [r.at for r in made.newest_first(MTA, 2, 99)]


def test_addresses_that_came_along_were_told_too_each_once() -> None:
    answer = told("MX example.net", MX, additionals=[A, f"other.example.net A {MX1}"])
    both = told("A mail.example.net", A, additionals=[A], at=1)

    assert [answer, both] == names(answer, both).telling(MX1, MTA)
    assert [answer] == names(answer, both).telling(MX1, MTA, 0)


def test_an_address_is_known_once_anybody_was_told() -> None:
    made = names(told("A mail.example.net", A, at=4, client=OTHER), told("A mail.example.net", A, at=9))

    assert [False, True, True] == [made.knows(MX1, at) for at in (3, 4, 9)]
    assert not made.knows(MX2, 9)


def test_a_question_was_asked_whatever_came_of_it() -> None:
    made = names(
        told("MX example.net", rcode="SERVFAIL"), told("A mail.example.net", A, at=4), told("A mail.example.net", A)
    )

    assert made.asked_for(MTA, "example.net", "MX")
    assert not made.asked_for(MTA, "example.net", "A")
    assert not made.asked_for(OTHER, "example.net", "MX")


def test_the_first_settled_answer() -> None:
    failed, first = told("A mail.example.net", rcode="SERVFAIL"), told("A mail.example.net", A, at=4)
    made = names(failed, first, told("A mail.example.net", A, at=9))

    assert first is made.first_settled(MTA, "mail.example.net", "A")
    assert None is made.first_settled(MTA, "mail.example.net", "AAAA")


def test_telling_keeps_the_newest() -> None:
    made = names(*(told("A mail.example.net", A, at=at) for at in range(MAX_TELLING + 9)))

    assert list(range(9, MAX_TELLING + 9)) == [r.at for r in made.telling(MX1, MTA)]
    assert [0, 1] == [r.at for r in made.telling(MX1, MTA, 1)]


def test_the_longest_lived_answer_is_found_behind_many_short_ones() -> None:
    """An old answer with a day to live keeps an address fresh, however many short-lived names it has besides."""
    day = told("A mail.example.net", A, at=5, ttl=86400)
    short = [told(f"A s{n}.example.net", f"s{n}.example.net A {MX1}", at=SECOND + n, ttl=5) for n in range(50)]
    made = names(day, *short)

    assert day is made.longest_lived(MX1, MTA, 99 * SECOND)
    assert None is made.longest_lived(MX1, MTA, 4)
    assert None is made.longest_lived(MX1, OTHER, 99 * SECOND)


def test_domains_that_a_host_serves_last_told_first() -> None:
    made = names(
        told("MX a.example", "a.example MX 1 mail.example.net", at=1),
        told("MX b.example", "b.example MX 1 mail.example.net", "b.example MX 2 mail.example.net", at=2),
        told("MX a.example", "a.example MX 1 mail.example.net", at=3),
        told("MX c.example", "c.example MX 1 mail.example.net", at=9),
    )

    assert ["a.example", "b.example"] == made.domains_using(MTA, "mail.example.net", 5)
    assert [] == made.domains_using(OTHER, "mail.example.net", 5)


def test_a_providers_thousands_of_domains_are_not_gone_through() -> None:
    made = names(*(told(f"MX d{n}.example", f"d{n}.example MX 1 mail.example.net", at=n) for n in range(500)))

    assert [f"d{499 - n}.example" for n in range(MAX_DOMAINS)] == made.domains_using(MTA, "mail.example.net", 999)


def test_who_answered_anything() -> None:
    made = names(told("A a.example", at=5, rcode="SERVFAIL"), told("A b.example", at=8, rcode=None))

    assert [False, True, False, False] == [made.heard_from(RESOLVER, *t) for t in ((0, 4), (5, 5), (6, 9), (9, 0))]


def test_history_and_what_is_settled_of_it() -> None:
    made = names(told("A mail.example.net", at=1, rcode=None), told("A mail.example.net", A, at=2))

    assert [1, 2] == [r.at for r in made.history(MTA, "mail.example.net", "A")]
    assert [2] == [r.at for r in made.settled(MTA, "mail.example.net", "A")]
    assert [False, True] == [made.settled_between(MTA, "mail.example.net", "A", *t) for t in ((0, 1), (0, 2))]


def test_alike_is_grouped_anew_when_more_is_told() -> None:
    made = names(told("A mail.example.net", A))

    assert 1 == len(made.alike(_resolver, RESOLVER))
    made.add(told("A mail.example.net", A, at=1))
    assert 2 == len(made.alike(_resolver, RESOLVER))


def _resolver(resolution: Resolution) -> str:
    return resolution.resolver


def test_a_long_history_is_asked_in_no_time() -> None:
    """Twenty thousand failures of one question, each asked about: nothing may walk the history each time."""
    failures = [told("MX example.net", at=n, rcode="SERVFAIL") for n in range(8_000)]
    made = names(told("MX example.net", MX), told("A mail.example.net", A), *failures)
    begun = time.perf_counter()
    for failure in failures:
        made.mail_hosts(MTA, "example.net", failure.at)
        made.settled_between(MTA, "example.net", "MX", failure.at, failure.at + SECOND)
        made.telling(MX1, MTA, failure.at)

    assert time.perf_counter() - begun < 5
