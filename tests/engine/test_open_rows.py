"""Rows that something may still be added to."""

import numpy as np

from wiretruth.engine.open_rows import CLOSED, OpenRows


def filled(*until: int) -> OpenRows:
    rows = OpenRows()
    numbers = np.arange(len(until))
    rows.add(numbers.astype(np.uint64), numbers.astype(np.uint64), np.array(until), numbers)
    return rows


def test_closed_ones_are_not_alive() -> None:
    rows = filled(10, 20, 30)
    rows.close(np.array([1]))

    assert [0, 2] == rows.alive(np.arange(3)).tolist()
    assert CLOSED == rows.deadlines[1]


def test_what_is_over_is_forgotten_once_it_is_much() -> None:
    rows = filled(*range(100))
    rows.forget(5)
    assert 100 == len(rows.keys)
    rows.forget(50)
    assert list(range(50, 100)) == rows.refs.tolist() == rows.keys.tolist() == rows.clients.tolist()
