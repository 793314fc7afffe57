"""Fragments: any split and any order give the same octets, and nothing hostile does more than be counted."""

import itertools
import random
import time
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wiretruth.flow.fragments import IPV4_LIFETIME, IPV6_LIFETIME, MAX_OCTETS, MAX_PAYLOAD, Bound, Fragments, GivenUp
from wiretruth.model.frames import NANOSECONDS, Fault
from wiretruth.model.packet import Fragment, Packet

WHOLE: Final = bytes(range(40))
START: Final = 1_000 * NANOSECONDS


def piece(
    start: int,
    octets: bytes,
    *,
    more: bool = True,
    version: int = 4,
    at: int = START,
    vantage: str = "tap",
    identification: int = 7,
) -> Packet:
    """One fragment of the datagram that client and server exchange."""
    source, destination = ("192.0.2.1", "198.51.100.2") if version == 4 else ("2001:db8::1", "2001:db8::2")
    ip_id = identification if version == 4 else None
    size = 20 + len(octets)
    fragment = Fragment(identification, start, more, octets)
    return Packet(vantage, 1, at, source, destination, 17, 64, ip_id, False, size, None, fragment)


def part(start: int, stop: int, *, version: int = 4, at: int = START, vantage: str = "tap") -> Packet:
    """The fragment that holds this range of WHOLE."""
    return piece(start, WHOLE[start:stop], more=stop < len(WHOLE), version=version, at=at, vantage=vantage)


def received(packets: list[Packet], fragments: Fragments) -> list[bytes | None]:
    return [fragments.receive(packet) for packet in packets]


@pytest.mark.parametrize("version", [4, 6])
@pytest.mark.parametrize(
    "ranges",
    [
        [(0, 16), (16, 40)],
        [(16, 40), (0, 16)],
        [(0, 8), (32, 40), (16, 24), (8, 16), (24, 32)],
        [(0, 16), (0, 16), (16, 40)],
        [(16, 40), (16, 40), (0, 16)],
    ],
    ids=["in order", "last first", "shuffled", "copy of the first", "copy of the last"],
)
def test_datagram_is_given_once_by_the_fragment_that_completes_it(ranges: list[tuple[int, int]], version: int) -> None:
    fragments = Fragments()
    packets = [part(*places, version=version) for places in ranges]

    assert [*[None] * (len(ranges) - 1), WHOLE] == received(packets, fragments)
    assert GivenUp() == fragments.given_up


@given(st.data(), st.integers(1, 3000), st.sampled_from([4, 6]), st.randoms(use_true_random=False))
def test_any_split_and_any_order(data: st.DataObject, size: int, version: int, shuffler: random.Random) -> None:
    """With copies among them; another datagram of another vantage changes nothing."""
    whole = random.Random(size).randbytes(size)
    cuts = data.draw(st.sets(st.integers(1, max(1, (size - 1) // 8)), max_size=20))
    edges = [0, *sorted(cut * 8 for cut in cuts if cut * 8 < size), size]
    packets = [
        piece(start, whole[start:stop], more=stop < size, version=version) for start, stop in itertools.pairwise(edges)
    ]
    packets += shuffler.sample(packets, shuffler.randint(0, len(packets)))
    packets += [packet._replace(vantage="another") for packet in packets[1:]]
    shuffler.shuffle(packets)
    fragments = Fragments()
    results = [(packet.vantage, fragments.receive(packet)) for packet in packets]

    assert [whole] == [octets for vantage, octets in results if octets and vantage == "tap"]


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(1, 5)), max_size=12), st.randoms(use_true_random=False))
def test_overlaps_that_agree_change_nothing_in_ipv4(extra: list[tuple[int, int]], shuffler: random.Random) -> None:
    packets = [part(0, 16), part(16, 24), part(24, 40)]
    packets += [part(first * 8, min(first + count, 5) * 8) for first, count in extra]
    shuffler.shuffle(packets)
    fragments = Fragments()

    assert [WHOLE] == [whole for whole in received(packets, fragments) if whole]
    assert GivenUp() == fragments.given_up


@pytest.mark.parametrize(
    ("packets", "whole", "conflicts"),
    [
        ([piece(0, b"A" * 16), piece(8, b"B" * 16, more=False)], b"A" * 16 + b"B" * 8, 1),
        ([piece(8, b"B" * 16, more=False), piece(0, b"A" * 16)], b"A" * 8 + b"B" * 16, 1),
        ([piece(0, b"A" * 8), piece(0, b"B" * 8), piece(8, b"C", more=False)], b"A" * 8 + b"C", 1),
        ([piece(8, b"B" * 8), piece(0, b"A" * 24), piece(24, b"C", more=False)], b"A" * 8 + b"B" * 8 + b"A" * 8 + b"C", 1),
        ([piece(0, b"A" * 8), piece(16, b"C", more=False), piece(16, b"C" * 8), piece(8, b"B" * 8)], b"A" * 8 + b"B" * 8 + b"C", 1),
        ([piece(0, b"A" * 16), piece(8, b"B", more=False), piece(16, b"C", more=False)], b"A" * 16 + b"C", 1),
        ([piece(8, b"B", more=False), piece(8, b"B" * 4, more=False), piece(0, b"A" * 8)], b"A" * 8 + b"B", 1),
    ],
    ids=["tail", "head", "same place", "around", "beyond the end", "end before what is held", "two ends"],
)  # fmt: skip
def test_first_octets_win_in_ipv4_and_the_contradiction_is_counted(
    packets: list[Packet], whole: bytes, conflicts: int
) -> None:
    fragments = Fragments()

    assert whole == received(packets, fragments)[-1]
    assert GivenUp(conflicts=conflicts) == fragments.given_up


@pytest.mark.parametrize(
    "overlap",
    [piece(8, WHOLE[8:24], version=6), piece(8, b"!" * 8, version=6), piece(0, WHOLE[:8], version=6)],
    ids=["agrees", "contradicts", "within"],
)
def test_overlap_discards_an_ipv6_datagram_and_all_that_comes_of_it(overlap: Packet) -> None:
    """RFC 5722: fragments not yet received included."""
    fragments = Fragments()
    packets = [part(0, 16, version=6), overlap, part(16, 40, version=6), part(0, 16, version=6)]

    assert [None] * 4 == received(packets, fragments)
    assert GivenUp(overlapping=1) == fragments.given_up


def test_two_ends_discard_an_ipv6_datagram() -> None:
    fragments = Fragments()
    received([piece(8, b"B", more=False, version=6), piece(16, b"C", more=False, version=6)], fragments)

    assert GivenUp(overlapping=1) == fragments.given_up


def test_vantages_never_mix() -> None:
    fragments = Fragments()

    assert [None, None] == received([part(0, 16, vantage="lan"), part(16, 40, vantage="wan")], fragments)


@pytest.mark.parametrize(
    "other",
    [
        part(16, 40)._replace(source="192.0.2.9"),
        part(16, 40)._replace(destination="192.0.2.9"),
        part(16, 40)._replace(protocol=6),
        piece(16, WHOLE[16:], more=False, identification=8),
    ],
)
def test_datagrams_never_mix(other: Packet) -> None:
    assert [None, None] == received([part(0, 16), other], Fragments())


def test_copies_of_what_was_delivered_begin_nothing() -> None:
    """A mirror port shows every fragment twice."""
    fragments = Fragments()
    packets = [part(0, 16), part(0, 16), part(16, 40), part(16, 40)]

    assert [None, None, WHOLE, None] == received(packets, fragments)
    fragments.finish()
    assert GivenUp() == fragments.given_up


def test_identification_in_use_again_is_another_datagram() -> None:
    fragments = Fragments()
    again = [piece(0, b"A" * 16), piece(16, b"B", more=False)]

    assert [None, WHOLE, None, b"A" * 16 + b"B"] == received([part(0, 16), part(16, 40), *again], fragments)
    assert GivenUp() == fragments.given_up


@pytest.mark.parametrize(("version", "lifetime"), [(4, IPV4_LIFETIME), (6, IPV6_LIFETIME)])
def test_time_runs_out(version: int, lifetime: int) -> None:
    """It counts from the first fragment, with and without somebody telling the time."""
    for told in (False, True):
        for late, whole in ((lifetime - 1, WHOLE), (lifetime, None)):
            fragments = Fragments()
            fragments.receive(part(0, 16, version=version))
            if told:
                fragments.advance(START + late)

            assert whole == fragments.receive(part(16, 40, version=version, at=START + late))
            assert GivenUp(expired=0 if whole else 1) == fragments.given_up


def test_finish_counts_what_is_incomplete() -> None:
    fragments = Fragments()
    received([part(0, 16), part(0, 16, version=6)], fragments)
    fragments.finish()

    assert GivenUp(expired=2) == fragments.given_up


@pytest.mark.parametrize(
    "packet",
    [
        part(0, 16)._replace(faults=(Fault("fragment", 34, "16 octets", "9 octets"),)),
        piece(0, b""),
        piece(8, b"", more=False),
        piece(0, bytes(9)),
        piece(4, bytes(8)),
        piece(65528, bytes(8), more=False),
        piece(65000, bytes(1480), more=False),
    ],
    ids=["cut", "empty", "empty last", "odd size", "odd place", "one too far", "ping of death"],
)
def test_impossible_fragments_are_counted(packet: Packet) -> None:
    fragments = Fragments()

    assert fragments.receive(packet) is None
    assert GivenUp(impossible=1) == fragments.given_up


def test_longest_datagram() -> None:
    whole = random.Random(1).randbytes(MAX_PAYLOAD)
    edges = [*range(0, MAX_PAYLOAD, 1480), MAX_PAYLOAD]
    packets = [piece(a, whole[a:b], more=b < MAX_PAYLOAD) for a, b in itertools.pairwise(edges)]

    assert whole == received(packets, Fragments())[-1]


def test_whatever_is_no_fragment_is_ignored() -> None:
    fragments = Fragments()

    assert fragments.receive(part(0, 16)._replace(fragment=None)) is None
    assert GivenUp() == fragments.given_up


def test_teardrop_is_harmless() -> None:
    """A second fragment that ends within the first."""
    fragments = Fragments()

    assert [None, None] == received([piece(0, bytes(32)), piece(24, bytes(4), more=False)], fragments)
    assert GivenUp(conflicts=1) == fragments.given_up


def test_too_many_datagrams_crowd_out_the_oldest() -> None:
    fragments = Fragments(Bound(datagrams=2))
    for identification in range(5):
        fragments.receive(piece(0, bytes(8), identification=identification))

    assert GivenUp(crowded_out=3) == fragments.given_up
    assert bytes(9) == fragments.receive(piece(8, bytes(1), more=False, identification=4))


def test_too_many_octets_crowd_out_the_oldest() -> None:
    fragments = Fragments(Bound(octets=4000))
    for identification in range(5):
        fragments.receive(piece(0, bytes(1480), identification=identification))

    assert GivenUp(crowded_out=3) == fragments.given_up


def test_too_many_pieces_discard_the_datagram() -> None:
    fragments = Fragments(Bound(pieces=3))
    packets = [part(start, start + 8) for start in range(0, 40, 8)]

    assert [None] * 5 == received(packets, fragments)
    assert GivenUp(crowded_out=1) == fragments.given_up


def test_what_was_delivered_is_crowded_out_without_being_counted() -> None:
    fragments = Fragments(Bound(datagrams=1))
    received([part(0, 16), part(16, 40), piece(0, bytes(8), identification=8)], fragments)

    assert GivenUp() == fragments.given_up


def test_a_flood_stays_within_its_bound() -> None:
    """Tiny pieces of many datagrams: memory is bounded, and each fragment costs the same."""
    fragments = Fragments()
    begun = time.process_time()
    for number in range(60_000):
        fragments.receive(piece(8 * (number * 7919 % 8000), bytes(8), identification=number % 600))

    assert time.process_time() - begun < 5
    assert fragments._cost <= MAX_OCTETS
    assert fragments._cost == sum(datagram.cost for datagram in fragments._datagrams.values())


@given(
    st.lists(
        st.builds(
            piece,
            st.integers(0, 12).map(lambda unit: unit * 8),
            st.integers(1, 4).map(lambda units: units * 8).flatmap(lambda size: st.binary(min_size=size, max_size=size)),
            more=st.booleans(),
            version=st.sampled_from([4, 6]),
            at=st.integers(START, START + 2 * IPV6_LIFETIME),
            identification=st.integers(0, 1),
        ),
        max_size=40,
    ),
)  # fmt: skip
def test_any_fragments_keep_the_books_straight(packets: list[Packet]) -> None:
    """In any order of time: pieces are disjoint, and what they cost is what is counted."""
    fragments = Fragments(Bound(datagrams=3, octets=1500, pieces=4))
    for packet in packets:
        fragments.receive(packet)
        fragments.advance(packet.at)
        for datagram in fragments._datagrams.values():
            ends = [start + len(octets) for start, octets in zip(datagram.starts, datagram.pieces, strict=True)]

            assert all(end <= start for end, start in zip(ends, datagram.starts[1:], strict=False))
            assert sum(map(len, datagram.pieces)) == datagram.held
        assert fragments._cost == sum(datagram.cost for datagram in fragments._datagrams.values())
        assert fragments._cost <= 1500
        assert len(fragments._datagrams) <= 3
