"""What a client was told: the chain followed, the shortest life, and no answer where there was none."""

import time

import pytest

from tests.ledger.made import MX1, MX2, SECOND, record, told
from wiretruth.model.frames import Mark
from wiretruth.witnesses.resolution import MAX_CHAIN, follow

SOA = "example.net SOA ns.example.net. host.example.net. 1 2 3 4 5"
NS = "example.net NS ns.example.net"


def test_what_was_told() -> None:
    answer = told(
        "MX Example.NET",
        "EXAMPLE.net MX 20 B.example.net",
        "example.net MX 10 a.example.net",
        "example.net MX 10 c.example.net",
        at=5 * SECOND,
        ttl=60,
        additionals=[f"a.example.net A {MX1}", f"a.example.net A {MX1}", "a.example.net TXT x"],
    )

    assert ("example.net", "example.net", "MX", "NOERROR") == (answer.name, answer.canonical, answer.type, answer.rcode)
    assert ((10, "a.example.net"), (10, "c.example.net"), (20, "b.example.net")) == answer.exchanges
    assert ((MX1,), (), True, False) == (answer.came_along, answer.addresses, answer.answered, answer.referral)
    assert (5 * SECOND, 65 * SECOND) == (answer.at, answer.until)


def test_told_when_the_response_came() -> None:
    assert 9 == told("A x.example", f"x.example A {MX1}", at=5, response=Mark(9, 2)).at
    assert 5 == told("A x.example", at=5, rcode=None).at


def test_addresses_at_the_end_of_the_chain_only() -> None:
    """Records of other owners are no answer, however they came in."""
    answer = told(
        "A x.example",
        f"b.example A {MX1}",
        "A.example CNAME b.example",
        "x.example CNAME a.EXAMPLE",
        f"evil.example A {MX2}",
    )

    assert ("b.example", (MX1,)) == (answer.canonical, answer.addresses)


@pytest.mark.parametrize(
    ("records", "authorities", "expected"),
    [
        (["x.example CNAME y.example", "y.example A 192.0.2.1"], [], 300),
        ([], [SOA], 300),
        ([], [NS], 0),
        ([], [], 0),
    ],
)
def test_lifetime(records: list[str], authorities: list[str], expected: int) -> None:
    assert expected * SECOND == told("A x.example", *records, authorities=authorities).until


@pytest.mark.parametrize(
    ("records", "facts", "expected"),
    [
        ([], {"authorities": [NS]}, True),
        ([], {"authorities": [NS, "example.net DS 1 8 2 00", "example.net RRSIG DS"]}, True),
        ([], {"authorities": [NS], "authoritative": True}, False),
        ([], {"authorities": [SOA]}, False),
        ([], {"authorities": [SOA, NS]}, False),
        ([], {}, False),
        ([], {"recursion_desired": False}, True),
        ([], {"recursion_desired": False, "authoritative": True}, False),
        ([], {"authorities": [NS], "rcode": "NXDOMAIN"}, False),
        ([], {"rcode": None}, False),
        (["x.example A 192.0.2.1"], {"authorities": [NS]}, False),
        (["x.example CNAME y.example"], {"authoritative": True}, True),
        (["x.example CNAME y.example"], {"authorities": [SOA]}, False),
        (["x.example CNAME y.example", "y.example A 192.0.2.1"], {}, False),
        (["x.example RRSIG A"], {"authorities": [NS]}, True),
    ],
)
def test_referral(records: list[str], facts: dict[str, object], expected: bool) -> None:
    """No answer: a delegation, plain or signed; a server that knows nothing; an alias that leads elsewhere."""
    assert expected is told("A x.example", *records, **facts).referral


def test_chains_are_followed_to_their_end_and_loops_left() -> None:
    def alias(n: int) -> str:
        return f"n{n}.example CNAME n{n + 1}.example"

    loop = [record("a.example CNAME b.example"), record("b.example CNAME a.example")]
    chain, name = follow("n0.example", [record(alias(n)) for n in range(MAX_CHAIN + 9)])

    assert (MAX_CHAIN, f"n{MAX_CHAIN}.example") == (len(chain), name)
    assert (2, "a.example") == (len(follow("a.example", loop)[0]), follow("a.example", loop)[1])


def test_of_two_aliases_the_first_counts() -> None:
    both = [record("a.example CNAME b.example"), record("a.example CNAME c.example")]

    assert "b.example" == follow("a.example", both)[1]


def test_a_message_full_of_aliases_takes_no_square() -> None:
    aliases = [record(f"n{n}.example CNAME n{n + 1}.example") for n in range(4096)]
    begun = time.perf_counter()
    follow("n0.example", aliases)

    assert time.perf_counter() - begun < 0.5
