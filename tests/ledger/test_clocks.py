"""The clocks of several inputs, each against the first that it can be compared with."""

from dataclasses import replace

from tests.ledger.made import SECOND, sighting
from wiretruth.ledger.clocks import Clocks, clock_of, compare_clocks
from wiretruth.model.sighting import SegmentMark, Sighting


def seen(vantage: str, ahead: int, *, number: int = 1 << 20, hops: int = 0) -> Sighting:
    """One handshake, each hop a microsecond."""
    made = sighting(vantage=vantage, at=ahead + hops * 1000, ttl=64 - hops, isns=(number, number))
    return replace(made, syn_acks=(SegmentMark(ahead + 100_000 - hops * 1000, 2, 60, 0),))


def test_without_comparison_there_is_one_clock() -> None:
    clocks = compare_clocks([seen("lan", 0)], [], ["lan", "wan"])

    assert not clocks
    assert 5 == clocks.common("wan", 5) == clocks.between("lan", "wan", 5)
    assert clocks.offset_of("wan") is None


def test_clocks_that_agree_are_one() -> None:
    clocks = compare_clocks([seen("lan", 0), seen("wan", 0, hops=1)], [], ["lan", "wan"])

    assert not clocks
    assert 1000 == clocks.offsets[0].line.uncertainty


def test_offset_applied_both_ways() -> None:
    clocks = compare_clocks([seen("lan", 0), seen("wan", 30 * SECOND, hops=1)], [], ["lan", "wan"])

    assert clocks
    assert ("wan", "lan", 30 * SECOND) == (*clocks.offsets[0][:2], clocks.offsets[0].line.offset)
    assert 0 == clocks.common("wan#eth0", 30 * SECOND)
    assert 30 * SECOND == clocks.between("lan", "wan", 0)
    assert 0 == clocks.between("wan", "lan", 30 * SECOND)
    assert 7 == clocks.between("lan#1", "lan#2", 7)


def test_a_chain_of_clocks() -> None:
    """The first and the last share no connection; the one between shares one with each."""
    sightings = [
        seen("a", 0),
        seen("b", SECOND, hops=1),
        seen("b", SECOND, number=1 << 21),
        seen("c", 3 * SECOND, number=1 << 21, hops=1),
    ]
    clocks = compare_clocks(sightings, [], ["a", "b", "c"])

    assert {"b": SECOND, "c": 3 * SECOND} == {o.clock: o.line.offset for o in clocks.offsets}
    assert 2000 == clocks.offsets[1].line.uncertainty
    assert 2 * SECOND == clocks.between("b", "c", SECOND) - SECOND


def test_groups_that_share_nothing_have_a_reference_each() -> None:
    sightings = [
        *(seen("a", 0), seen("b", SECOND, hops=1)),
        *(seen("c", 0, number=1 << 21), seen("d", SECOND, number=1 << 21, hops=1)),
    ]

    assert [("b", "a"), ("d", "c")] == [o[:2] for o in compare_clocks(sightings, [], ["a", "b", "c", "d"]).offsets]


def test_clock_of() -> None:
    assert ("gw", "gw") == (clock_of("gw#if2"), clock_of("gw"))
    assert Clocks().offsets == ()
