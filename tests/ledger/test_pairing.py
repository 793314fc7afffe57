"""Sightings are tied by what translation cannot change, never by address; numbers that repeat tie nothing."""

import time
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.ledger.made import MTA, MX1, MX2, OTHER, SECOND, STRANGER, dialogue, lookup, sighting
from wiretruth.ledger.clock_lines import ClockLine
from wiretruth.ledger.clocks import ClockOffset, Clocks
from wiretruth.ledger.pairing import CANDIDATES, FORWARDING_TIME, tie_lookups, tie_sightings
from wiretruth.ledger.renumbered import MOST_SIGHTINGS
from wiretruth.model.connection import Connection
from wiretruth.model.dns import Lookup
from wiretruth.model.packet import Endpoint
from wiretruth.model.sighting import HalfStream, Sighting
from wiretruth.model.ties import GUESSABLE

RANDOM, ANOTHER = 1 << 20, 1 << 21


def tied(*sightings: Sighting) -> list[list[str]]:
    return [[s.vantage for s in c.sightings] for c in tie_sightings(sightings, {}).connections]


def near(**facts: object) -> Sighting:
    return sighting(vantage="lan", serial=0, **facts)  # type: ignore[arg-type] # checked by sighting


def far(server: str = STRANGER, **facts: object) -> Sighting:
    return sighting(server, vantage="wan", serial=1, **{"ttl": 63, **facts})  # type: ignore[arg-type] # as above


TOGETHER = {
    "both numbers, whatever the addresses and clocks": (near(), far(client=OTHER, at=3600 * SECOND)),
    "the client's number and timestamp, unanswered at one": (near(answered=None), far(at=3600 * SECOND)),
    "unanswered at both": (near(answered=None), far(answered=None, at=3600 * SECOND)),
    "no timestamp, but port and moment": (near(answered=None, client_ts=None), far(client_ts=None, at=SECOND)),
    "the SYN itself unseen at one": (near(), far(client_ts=None, syns=(), syn_count=0)),
    "numbers not drawn at random, moments apart": (near(isns=(0, 0)), far(isns=(0, 0), at=SECOND)),
}
APART = {
    "another number of the server": (near(), far(isns=(RANDOM, ANOTHER + 1))),
    "another number of the client": (near(), far(isns=(RANDOM + 1, ANOTHER))),
    "another timestamp": (near(), far(client_ts=10)),
    "no timestamp, another port": (
        near(answered=None, client_ts=None),
        replace(far(client_ts=None), client=Endpoint(MTA, 40001)),
    ),
    "no timestamp, too late": (near(answered=None, client_ts=None), far(client_ts=None, at=FORWARDING_TIME + 1)),
    "no handshake at all": (near(isns=(None, None)), far(isns=(None, None))),
    "numbers not drawn at random, an hour apart": (near(isns=(0, 0)), far(isns=(0, 0), at=3600 * SECOND)),
    "barely guessable": (near(isns=(GUESSABLE - 1, 0)), far(isns=(GUESSABLE - 1, 0), at=3600 * SECOND)),
}


@pytest.mark.parametrize("pair", TOGETHER.values(), ids=TOGETHER)
def test_one_conversation(pair: tuple[Sighting, Sighting]) -> None:
    assert [["lan", "wan"]] == tied(*pair)


@pytest.mark.parametrize("pair", APART.values(), ids=APART)
def test_two_conversations(pair: tuple[Sighting, Sighting]) -> None:
    assert 2 == len(tied(*pair))


def test_hairpin() -> None:
    """A one-armed router sends the packet back past the same vantage: another address, one hop less to live."""
    inward, outward = sighting(), sighting(MX2, serial=1, ttl=63, at=1)

    assert [["tap", "tap"]] == tied(inward, outward)


@pytest.mark.parametrize(
    "second",
    [
        sighting(serial=1, at=SECOND),
        sighting(MX2, serial=1, at=1),
        sighting(MX2, serial=1, ttl=63, at=3600 * SECOND),
    ],
    ids=["the same endpoints again", "another packet: the same TTL", "no hairpin takes an hour"],
)
def test_reuse_at_one_vantage_is_another_connection(second: Sighting) -> None:
    assert 2 == len(tied(sighting(), second))


def scan(vantage: str, targets: range, *, serial: int, ttl: int, answered: int | None = None) -> list[Sighting]:
    """What nmap sends: one number and one port to every host, without timestamps, within a second."""
    return [
        sighting(
            f"192.0.2.{n}",
            vantage=vantage,
            serial=serial + n,
            at=n,
            ttl=ttl,
            answered=answered,
            client_ts=None,
            isns=(RANDOM, RANDOM + n),
        )
        for n in targets
    ]


def servers(connections: list[Connection]) -> list[set[str]]:
    return [{s.server.address for s in c.sightings} for c in connections]


def test_a_port_scan_is_no_translation() -> None:
    """One probe is lost between the vantages; the others must not slip into its place and prove a rewritten destination."""
    inside, outside = scan("lan", range(1, 40), serial=0, ttl=64), scan("wan", range(2, 40), serial=100, ttl=63)
    result = tie_sightings([*inside, *outside], {})

    assert [1] * 39 == [len(s) for s in servers(result.connections)]
    assert [1] + [2] * 38 == [len(c.sightings) for c in result.connections]
    assert 77 == result.ambiguous


def test_a_scan_at_one_vantage_is_many_connections() -> None:
    assert 39 == len(tied(*scan("lan", range(1, 40), serial=0, ttl=64)))


def test_servers_that_answer_a_scan_are_tied_by_their_own_number() -> None:
    inside = scan("lan", range(1, 5), serial=0, ttl=64, answered=60)
    outside = scan("wan", range(1, 5), serial=100, ttl=63, answered=61)
    moved = [_addressed(s, MX1) for s in outside]

    assert [["lan", "wan"]] * 4 == tied(*inside, *moved)


def _addressed(one: Sighting, server: str) -> Sighting:
    return replace(one, server=one.server._replace(address=server))


def test_path_by_hops_then_by_time() -> None:
    """The order of the inputs tells nothing: the packet with most left to live is nearest its sender."""
    last, first, middle = (
        sighting(vantage="c", serial=0, ttl=62),
        sighting(vantage="a", serial=1, ttl=64, at=5),
        sighting(vantage="b", serial=2, ttl=64, at=6),
    )

    assert [["a", "b", "c"]] == tied(last, first, middle)


def test_the_dialogue_of_the_nearest_vantage_that_could_read_it() -> None:
    said = dialogue()
    (one,) = tie_sightings([near(), far()], {1: said}).connections

    assert said is one.dialogue
    assert (MX1, STRANGER) == (one.server.address, one.contacted.address)


@given(st.permutations([near(), far(), sighting(MX2, vantage="lan", serial=2, at=9, isns=(5 << 20, 6 << 20))]))
def test_ids_come_from_content_and_order_from_time(shuffled: list[Sighting]) -> None:
    result = tie_sightings(shuffled, {}).connections
    again = tie_sightings(reversed(shuffled), {}).connections

    assert [2, 1] == [len(c.sightings) for c in result]
    assert [c.id for c in result] == [c.id for c in again]
    assert 2 == len({c.id for c in result})


def test_path_of_replies_alone() -> None:
    """Where the client's packets pass elsewhere, the server's tell the way: what has come farther is nearer the client."""
    inside = sighting(MX2, vantage="lan", answered=64, serial=0)
    outside = sighting(MX1, vantage="wan", answered=63, serial=1, at=20)
    middle = sighting(MX1, vantage="dmz", answered=64, serial=2, at=10)
    half = [
        replace(s, syns=(), syn_count=0, client_ts=None, from_client=HalfStream()) for s in (inside, outside, middle)
    ]

    (connection,) = tie_sightings(half, {}).connections

    assert ["wan", "dmz", "lan"] == [s.vantage for s in connection.sightings]


@pytest.mark.parametrize(
    "crafted",
    [
        [
            sighting(f"192.0.2.{n % 250}", vantage=f"v{n % 3}", serial=n, at=n, client=f"10.0.{n >> 8 & 255}.{n & 255}")
            for n in range(6000)
        ],
        [sighting(vantage=f"v{n}", serial=n, at=n) for n in range(3000)],
        [sighting(serial=n, at=n * SECOND, answered=None) for n in range(6000)],
    ],
    ids=["one number for all", "one connection at thousands of vantages", "one connection again and again"],
)
def test_crafted_numbers_take_no_square(crafted: list[Sighting]) -> None:
    begun = time.perf_counter()
    result = tie_sightings(crafted, {})

    assert len(crafted) == sum(len(c.sightings) for c in result.connections)
    assert time.perf_counter() - begun < 3


def tied_lookups(*lookups: Lookup) -> list[list[str]]:
    return [[x.vantage for x in t.sightings] for t in tie_lookups(lookups)]


def asked(vantage: str = "lan", **facts: object) -> Lookup:
    return lookup("MX example.net", vantage=vantage, **facts)  # type: ignore[arg-type] # checked by lookup


@pytest.mark.parametrize(
    "other",
    [
        asked("wan", at=5),
        asked("wan", at=5, client="203.0.113.1"),
        asked("wan", at=5, resolver="203.0.113.53"),
        lookup("MX EXAMPLE.net", vantage="wan", at=FORWARDING_TIME),
        asked("wan", at=5, rcode=None),
    ],
)
def test_one_query_at_two_vantages(other: Lookup) -> None:
    assert [["lan", "wan"]] == tied_lookups(other, asked())


@pytest.mark.parametrize(
    "other",
    [
        asked("lan", at=5),
        asked("wan", at=FORWARDING_TIME + 1),
        asked("wan", identity=8),
        asked("wan", transport="tcp"),
        lookup("A example.net", vantage="wan"),
    ],
    ids=["the same vantage", "too late", "another id", "another transport", "another type"],
)
def test_two_queries(other: Lookup) -> None:
    assert 2 == len(tied_lookups(asked(), other))


def test_of_queries_alike_the_same_client_goes_together() -> None:
    """Crowds of devices ask one question with id 0 at the same moment."""
    inside = [asked(client=f"10.0.0.{n}", identity=0, at=n) for n in range(CANDIDATES)]
    outside = [asked("wan", client=f"10.0.0.{n}", identity=0, at=100 - n) for n in range(CANDIDATES)]
    pairs = [{x.client.address for x in t.sightings} for t in tie_lookups([*inside, *outside])]

    assert [1] * CANDIDATES == [len(p) for p in pairs]


def test_lookups_in_time_order_with_ids_of_their_own() -> None:
    lookups = [asked(at=n // 2 * SECOND, identity=n) for n in range(100)]
    shuffled = list(lookups)
    Random(1).shuffle(shuffled)
    one, other = list(tie_lookups(lookups)), list(tie_lookups(shuffled))

    assert sorted(t.nearest.at for t in one) == [t.nearest.at for t in one]
    assert {t.id for t in one} == {t.id for t in other}
    assert 100 == len({t.id for t in one})


def test_a_flood_of_one_question_takes_no_square() -> None:
    flood = [asked(f"v{n % 2}", at=n, client=f"10.{n >> 16}.{n >> 8 & 255}.{n & 255}") for n in range(10_000)]
    begun = time.perf_counter()

    assert 10_000 == sum(len(t.sightings) for t in tie_lookups(flood))
    assert time.perf_counter() - begun < 5


def test_a_lookup_has_no_more_sightings_than_a_path_has_vantages() -> None:
    """What is learned from a path grows with the square of its length: a crafted file names a thousand interfaces."""
    tied = list(tie_lookups(asked(f"v{n}", at=n) for n in range(3 * MOST_SIGHTINGS)))

    assert [MOST_SIGHTINGS] * 3 == [len(t.sightings) for t in tied]


def test_a_syn_sent_anew_has_a_ttl_of_its_own() -> None:
    """A SYN proxy inside sends with a full TTL what came to it with less: time tells, and not the TTL."""
    came = sighting(vantage="wan", ttl=50, at=0)
    anew = sighting(vantage="lan", ttl=64, at=9, serial=1, answered=None)
    proxied = [replace(s, syns=(s.syns[0]._replace(window=w),)) for s, w in ((came, 64240), (anew, 63))]
    forwarded = [replace(s, syns=(s.syns[0]._replace(window=63),)) for s in (came, anew)]

    assert [["wan", "lan"]] == tied(*proxied)
    assert [["lan", "wan"]] == tied(*forwarded)


def test_clocks_are_reckoned_with() -> None:
    """Without a timestamp the moment decides, by the clock of each."""
    one, other = near(answered=None, client_ts=None), far(client_ts=None, answered=None, at=3600 * SECOND)
    clocks = Clocks([ClockOffset("wan", "lan", ClockLine(3600 * SECOND, 0.0, 0, 5, 9))])

    assert 2 == len(tie_sightings([one, other], {}).connections)
    assert 1 == len(tie_sightings([one, other], {}, clocks).connections)
    assert 2 == len(list(tie_lookups([asked(), asked("wan", at=3600 * SECOND)])))
    assert 1 == len(list(tie_lookups([asked(), asked("wan", at=3600 * SECOND)], clocks)))
