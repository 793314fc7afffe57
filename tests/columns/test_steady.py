"""Connections that only go on are told from all others. That they are followed rightly is held by tests of ``engine``."""

from dataclasses import replace
from random import Random
from typing import Any

import pytest

from tests.columns.lanes import FIRST
from tests.columns.steadied import NOTHING, are_steady, begin, brought_together, followed
from tests.engine.polite import session
from tests.engine.unruly import Segment
from tests.rules.packets import ACK, FIN, PSH, RST, SYN
from wiretruth.columns.steady import CLIENT, FRAME, NEVER, SERVER, steady
from wiretruth.columns.steady import FIN as FIN_MARK

BLOCK = b"\1\1\5\x0a" + bytes(8)


def polite(seed: int = 1) -> list[Segment]:
    return session(Random(seed), seed, 0.0)


@pytest.mark.parametrize("seed", range(30))
def test_whole_sessions(seed: int) -> None:
    segments = polite(seed)
    found = followed(segments)
    (after,) = found.after
    from_client = [s for s in segments if s.source == segments[0].source]

    assert found.ok.all()
    assert not len(found.under_way)
    assert [len(segments) - len(from_client), len(from_client)] == after["packets"].tolist()
    assert [sum(len(s.payload) for s in from_client) + 2] == [after["sent"][CLIENT]]
    assert after["sent"].tolist() == after["acked"].tolist()
    assert after["fin"].all()


@pytest.mark.parametrize("seed", range(10))
def test_in_two_batches(seed: int) -> None:
    """Whatever is known in between."""
    segments = polite(seed)
    whole = followed(segments)
    for cut in range(1, len(segments)):
        part = brought_together(segments[:cut])
        first = steady(part, begin(part), NOTHING, FIRST)
        rest = brought_together(segments[cut:])
        second = steady(rest, first.after, first.under_way, FIRST + cut)
        assert first.ok.all()
        assert second.ok.all()
        for name in ("sent", "acked", "packets", "largest", "fin", "isn", "mss", "headers", "fragmentable"):
            assert whole.after[name].tolist() == second.after[name].tolist(), (cut, name)


CHANGES: dict[str, dict[str, Any]] = {
    "closed window": {"window": 0},
    "another TTL": {"ttl": 9},
    "a hole": {"seq": 10},
    "older octets": {"seq": -10},
    "too much acknowledged": {"ack": 100_000},
    "acknowledged within a segment": {"ack": -1},
    "selective": {"options": BLOCK},
    "cut": {"keep": 45},
    "reset": {"flags": RST | ACK},
    "no acknowledgement": {"flags": PSH},
    "another SYN": {"flags": SYN},
    "FIN with octets": {"flags": FIN | ACK},
}


@pytest.mark.parametrize("name", CHANGES)
def test_what_is_followed_packet_by_packet(name: str) -> None:
    segments = [replace(s, options=b"") for s in polite(2)]
    place = next(n for n, s in enumerate(segments) if n > 4 and s.payload and s.source == segments[0].source)
    change = {
        key: getattr(segments[place], key) + value if key in {"seq", "ack"} else value
        for key, value in CHANGES[name].items()
    }
    segments[place] = replace(segments[place], **change)

    assert not are_steady(segments).any()


@pytest.mark.parametrize("place", [0, 1, 2, 5, -1, -2])
def test_repeated_or_lost(place: int) -> None:
    segments = polite(2)
    again = [*segments[: place % len(segments) + 1], segments[place], *segments[place % len(segments) + 1 :]]

    assert not are_steady(again).any()
    if place in {0, 1}:
        assert not are_steady([s for s in segments if s is not segments[place]]).any()


def test_what_may_be_divided_is_noted() -> None:
    segments = next(some for seed in range(9) if ":" not in (some := polite(seed))[0].source[0])
    place = next(n for n, s in enumerate(segments) if s.payload)
    segments[place] = replace(segments[place], dont_fragment=False)
    found = followed(segments)

    assert found.ok.all()
    assert [True, False] == found.after["fragmentable"][0].tolist()


def test_segments_under_way() -> None:
    segments = polite(2)
    place = next(n for n, s in enumerate(segments) if s.payload)
    found = followed(segments[: place + 1])

    assert found.ok.all()
    assert [(SERVER, 1 + len(segments[place].payload), FIRST + place)] == [
        (row["side"], row["end"], row["frame"]) for row in found.under_way
    ]
    assert (found.after["marks"][0, :, FIN_MARK, FRAME] == NEVER).all()
