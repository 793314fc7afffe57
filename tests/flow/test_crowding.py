"""In a flood those make room of whom there are most; nobody else's attempt is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.flow.cable import Cable
from wiretruth.flow.crowding import Server, asks, crowded_out
from wiretruth.flow.table import TcpTable

A, B, C = ("tap", "192.0.2.1"), ("tap", "192.0.2.2"), ("other", "192.0.2.1")


@pytest.mark.parametrize(
    ("waiting", "excess", "expected"),
    [
        ({1: A, 2: A, 3: A}, 2, [1, 2]),
        ({1: B, 2: A, 3: A, 4: A}, 2, [2, 3]),
        ({1: B, 2: A, 3: A, 4: A}, 3, [2, 3, 1]),
        ({1: A, 2: C, 3: A, 4: C}, 2, [1, 2]),
        ({1: A, 2: B}, 5, [1, 2]),
        ({1: A}, 0, []),
        ({1: A}, -1, []),
        ({}, 3, []),
    ],
)
def test_of_whom_there_are_most(waiting: dict[int, Server], excess: int, expected: list[int]) -> None:
    assert expected == crowded_out(waiting, excess)


@given(st.lists(st.sampled_from([A, A, A, B, C]), max_size=40), st.integers(0, 10), st.integers(1, 40))
def test_when_it_is_done_makes_no_difference(servers: list[Server], limit: int, step: int) -> None:
    every, kept = dict(enumerate(servers)), dict[int, Server]()
    for begin in range(0, len(servers), step):
        kept |= {serial: every[serial] for serial in range(begin, min(begin + step, len(servers)))}
        for serial in crowded_out(kept, len(kept) - limit):
            del kept[serial]
    for serial in crowded_out(every, len(every) - limit):
        del every[serial]

    assert every == kept


@pytest.mark.parametrize(("told", "expected"), [("S", True), ("SS", False), ("Sa", False), ("a", False), ("F", False)])
def test_one_syn_is_all(told: str, expected: bool) -> None:
    cable, table = Cable(), TcpTable()
    for flags in told:
        (cable.s if flags == "a" else cable.c)({"a": "SA"}.get(flags, flags))
    for packet in cable.packets:
        table.receive(packet)

    (conversation,) = table._open.values()
    assert expected is asks(conversation)
