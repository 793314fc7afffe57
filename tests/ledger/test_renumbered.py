"""Where a middlebox rewrites sequence numbers, the rest ties; two connections that only look alike stay two."""

import time
from dataclasses import replace

import pytest

from tests.ledger.made import MX1, dialogue, sighting
from wiretruth.ledger.pairing import tie_sightings
from wiretruth.ledger.renumbered import HANDSHAKE_TIME
from wiretruth.model.sighting import HalfStream, SegmentMark, Sighting
from wiretruth.model.smtp import Command, Dialogue, Reply

A, B, C, D = (n << 20 for n in range(1, 5))


def talked(one: Sighting, client: int = 300, server: int = 200) -> Sighting:
    return replace(one, from_client=HalfStream(5, client, ttl=64), from_server=HalfStream(5, server, ttl=60))


def near(**facts: object) -> Sighting:
    return talked(sighting(vantage="lan", serial=0, isns=(A, B), **facts))  # type: ignore[arg-type] # checked there


def far(numbers: tuple[int, int], **facts: object) -> Sighting:
    made = sighting(**{"vantage": "wan", "serial": 1, "ttl": 63, "at": 5, "isns": numbers, **facts})  # type: ignore[arg-type] # as above
    return talked(made)


def said(*verbs: str) -> Dialogue:
    events = [x for verb in verbs for x in (Command(0, 1, verb, ""), Reply(0, 1, 250, None, ("ok",)))]
    return replace(dialogue(), events=tuple(events))


def tied(*sightings: Sighting, dialogues: dict[int, Dialogue] | None = None) -> list[list[str]]:
    return [[s.vantage for s in c.sightings] for c in tie_sightings(sightings, dialogues or {}).connections]


SYN_PROXY = far((A, C), client_ts=77)
RENUMBERED = far((C, D))


@pytest.mark.parametrize("other", [SYN_PROXY, RENUMBERED], ids=["SYN proxy", "both numbers drawn anew"])
def test_one_connection_under_other_numbers(other: Sighting) -> None:
    assert [["lan", "wan"]] == tied(near(), other)
    assert [["lan", "wan"]] == tied(near(), other, dialogues={0: said("EHLO"), 1: said("EHLO")})


APART = {
    "a proxy's own SYN": far((C, D), client_ts=77),
    "another identification": replace(RENUMBERED, syns=(SegmentMark(5, 2, 63, 2),)),
    "too late": far((C, D), at=HANDSHAKE_TIME + 6),
    "another length": talked(RENUMBERED, client=301),
    "nothing was said": talked(SYN_PROXY, 0, 0),
    "its octets were not read": replace(RENUMBERED, followed=False),
    "the same vantage": replace(RENUMBERED, vantage="lan"),
    "a guessable number": far((1, C), client_ts=77),
}


@pytest.mark.parametrize("other", APART.values(), ids=APART)
def test_two_connections(other: Sighting) -> None:
    assert 2 == len(tied(near(), other))


def test_another_dialogue_is_another_connection() -> None:
    assert 2 == len(tied(near(), RENUMBERED, dialogues={0: said("EHLO"), 1: said("EHLO", "MAIL")}))
    assert 2 == len(tied(near(), RENUMBERED, dialogues={0: said("EHLO")}))


def test_where_two_would_fit_none_is_tied_and_both_are_counted() -> None:
    result = tie_sightings([near(), RENUMBERED, replace(RENUMBERED, serial=2, client_isn=D, server_isn=C)], {})

    assert 3 == len(result.connections)
    assert 1 == result.ambiguous


def test_crafted_likeness_takes_no_square() -> None:
    crafted = [
        talked(sighting(MX1, vantage=f"v{n % 2}", serial=n, at=n, isns=(A + n, B + n), client_ts=9))
        for n in range(6000)
    ]
    begun = time.perf_counter()

    assert 6000 == sum(len(c.sightings) for c in tie_sightings(crafted, {}).connections)
    assert time.perf_counter() - begun < 3
