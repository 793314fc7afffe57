"""Outlines are found by key and by number, and forgotten with both."""

from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.flow.cable import SECOND, Cable
from tests.flow.test_outline import sketch, told
from wiretruth.flow import outlines
from wiretruth.flow.idle import IDLE_ESTABLISHED, IDLE_OTHERWISE
from wiretruth.flow.keys import Key
from wiretruth.flow.outline import MAX_ROWS, last, replayed
from wiretruth.flow.outlines import Outlines


def key(port: int, vantage: str = "mta") -> Key:
    return (vantage, "192.0.2.1", port, "198.51.100.10", 25)


def kept(*keys: Key) -> Outlines:
    made = Outlines()
    for one in keys:
        cable = Cable()
        cable.c("S")
        assert made.add(sketch(cable.packets)._replace(key=one))
    return made


def test_by_number_at_its_vantage() -> None:
    made = kept(key(1), key(2), key(3, "lan"))

    assert {key(1), key(2)} == set(made.named("mta", 1000))
    assert [key(3, "lan")] == made.named("lan", 1000)
    assert [] == made.named("mta", 1001)


def test_forgotten() -> None:
    made = kept(key(1), key(2))
    popped = [made.pop(key(n)) is not None for n in (1, 2, 2)]

    assert ([True, True, False], 0, []) == (popped, len(made), made.named("mta", 1000))
    assert ({}, {}) == (made._rows, made._by_isn)


def test_a_second_syn_and_too_many_rows_are_refused() -> None:
    made, syn, end = kept(key(1)), Cable(), Cable()
    syn.c("S")
    end.c("R")

    assert not made.add(sketch(syn.packets)._replace(key=key(1)))
    assert [True] * (MAX_ROWS - 1) + [False] == [
        made.add(sketch(end.packets)._replace(key=key(1))) for _ in range(MAX_ROWS)
    ]


STORIES: Final = ("S", "S a", "S a F f", "S a F", "r")
JUMPS: Final = st.sampled_from(
    [0, SECOND, 100 * SECOND, IDLE_OTHERWISE, IDLE_ESTABLISHED, -300 * SECOND, 2 * IDLE_ESTABLISHED]
)


@given(
    st.lists(st.tuples(st.integers(0, 4), st.sampled_from([*STORIES, "", "pop"]), JUMPS), max_size=25), st.booleans()
)
def test_the_calendar_makes_no_difference(steps: list[tuple[int, str, int]], crowded: bool) -> None:
    """After each look, there is nothing left that has been idle for too long, and nothing else is gone."""
    made, now = Outlines(), 0
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(outlines, "SLACK", 0 if crowded else 1 << 16)
        for port, story, jump in steps:
            if story == "pop":
                made.pop(key(port))
            elif story:
                packets = [packet._replace(at=now) for packet in told(story).packets]
                made.add(sketch(packets)._replace(key=key(port)))
            now += jump
            expected = [k for k, rows in made._rows.items() if not idle(k, rows, now)]
            made.end_idle(now)

            assert expected == list(made._rows)
            assert sum(len(keys) for _, keys in made._calendar) <= 2 * len(made._rows) + outlines.SLACK


def idle(own: Key, rows: bytes, now: int) -> bool:
    silent = now - last(rows)
    return silent > IDLE_OTHERWISE and (silent > IDLE_ESTABLISHED or not replayed(0, own, rows).at_rest)
