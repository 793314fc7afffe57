"""Only packets that are surely the same are compared."""

from dataclasses import replace

import pytest

from tests.ledger.made import SECOND, lookup, sighting
from wiretruth.ledger.clock_samples import LOOKUPS_NEEDED, of_lookups, of_sightings
from wiretruth.model.dns import Lookup
from wiretruth.model.frames import Mark
from wiretruth.model.sighting import SegmentMark, Sighting


def handshake(vantage: str, asked: int, answered: int, *, ttl: int = 64) -> Sighting:
    made = sighting(vantage=vantage, at=asked, ttl=ttl)
    return replace(made, syn_acks=(SegmentMark(answered, 2, 60, 0),))


def test_a_handshake_at_two_inputs() -> None:
    seen = of_sightings([handshake("lan", 0, 50), handshake("wan", 1010, 1040, ttl=63)])

    assert ["lan", "wan"] == [label for pair in seen for label in pair]
    assert (1010, 990) == (seen["lan", "wan"].most[0], seen["lan", "wan"].least[0])


def test_a_connection_that_comes_in_goes_the_other_way() -> None:
    seen = of_sightings([handshake("lan", 10, 20, ttl=50), handshake("wan", 1000, 1030, ttl=51)])

    assert (1010, 990) == (seen["lan", "wan"].most[0], seen["lan", "wan"].least[0])


APART = {
    "another number": replace(handshake("wan", 1010, 1040), server_isn=1 << 22),
    "numbers that are no chance": replace(handshake("wan", 1010, 1040), client_isn=1),
    "an interface of the same host": handshake("lan#if2", 1010, 1040),
    "a SYN that one of them missed": handshake("wan", 1010 - SECOND, 1040, ttl=63),
    "answered twice": replace(handshake("wan", 1010, 1040), syn_acks=(SegmentMark(1040, 2, 60, 0),) * 2),
}


@pytest.mark.parametrize("other", APART.values(), ids=APART)
def test_what_is_not_compared(other: Sighting) -> None:
    seen = of_sightings([handshake("lan", 0, 50), other])

    assert not any(crossings.times for crossings in seen.values())


def test_a_syn_sent_again_is_known_by_its_identification() -> None:
    near = replace(handshake("lan", 0, 50), syns=(SegmentMark(0, 1, 64, 7), SegmentMark(SECOND, 2, 64, 8)))
    far = replace(handshake("wan", 0, 1040), syns=(SegmentMark(SECOND + 1010, 1, 63, 8),))

    assert [1010] == of_sightings([near, far])["lan", "wan"].most


def asked(vantage: str, identity: int, at: int, answered: int) -> Lookup:
    return lookup("MX example.net", vantage=vantage, identity=identity, at=at, response=Mark(answered, 2))


def both(count: int, shift: int = 3600 * SECOND) -> list[Lookup]:
    near = [asked("lan", n, n * SECOND, n * SECOND + 50) for n in range(count)]
    far = [asked("wan", n, n * SECOND + shift + 10, n * SECOND + shift + 40) for n in range(count)]
    return [*near, *far]


def test_lookups_tell_the_offset_where_several_say_the_same() -> None:
    seen = of_lookups(both(LOOKUPS_NEEDED))["lan", "wan"]

    assert [3600 * SECOND + 10] * LOOKUPS_NEEDED == seen.most
    assert [3600 * SECOND - 10] * LOOKUPS_NEEDED == seen.least


@pytest.mark.parametrize(
    "lookups",
    [
        both(LOOKUPS_NEEDED - 1),
        [*both(LOOKUPS_NEEDED), *both(LOOKUPS_NEEDED)],
        [x for n in range(9) for x in (asked("lan", n, 0, 5), asked("wan", n, n * 60 * SECOND, n * 60 * SECOND + 5))],
    ],
    ids=["too few", "asked twice with one id", "coincidences are anywhere"],
)
def test_lookups_that_tell_nothing(lookups: list[Lookup]) -> None:
    assert {} == of_lookups(lookups)
