"""Rows on their way to a batch."""

import pytest

from wiretruth.capture.rows import BIG, LARGEST_BATCH, PROBE, PROVEN, Rows, fill
from wiretruth.model.frames import Interface


def test_batch_holds_the_rows_in_five_columns() -> None:
    rows = Rows()
    rows.append(0, 2, 1, -5, 1)
    rows.append(2, 3, 9, 7, 0)
    known = (Interface("a", 1, 0), Interface("b", 1, 0))
    batch = rows.batch(memoryview(b"abcde"), known, 11)

    assert ([0, 2], [2, 3], [2, 9]) == (list(batch.offsets), list(batch.captured), list(batch.original))
    assert ([-5, 7], [1, 0]) == (list(batch.times), list(batch.interface))
    assert (2, 11, known) == (len(batch), batch.first_number, batch.interfaces)
    assert {"q"} == {c.typecode for c in (batch.offsets, batch.captured, batch.original, batch.times, batch.interface)}


def test_empty_interface_column_means_interface_0() -> None:
    rows = Rows()
    for column in (rows.offsets, rows.captured, rows.original, rows.times):
        column.extend([1, 2, 3])

    assert [0, 0, 0] == list(rows.batch(memoryview(b""), (), 1).interface)


def test_room_shrinks() -> None:
    rows = Rows()
    rows.append(0, 0, 0, 0, 0)

    assert LARGEST_BATCH - 1 == rows.room


def filled(size: int, loop_takes: int, chains_take: int) -> list[tuple[str, int]]:
    """Fill rows from a piece whose records have one octet each; give who was asked, and for how many or where."""
    rows, asked = Rows(), list[tuple[str, int]]()

    def take(begin: int, count: int) -> int:
        for place in range(begin, begin + count):
            rows.append(place, 1, 1, 0, 0)
        return begin + count

    def loop(begin: int, most: int) -> int:
        asked.append(("loop", most))
        return take(begin, min(most, loop_takes))

    def chains(begin: int) -> int:
        asked.append(("chains", begin))
        return take(begin, min(rows.room, chains_take))

    fill(rows, memoryview(bytes(size)), 0, loop, chains)
    return asked


@pytest.mark.parametrize(
    ("size", "loop_takes", "chains_take", "expected"),
    [
        (BIG - 1, 1 << 20, 0, [("loop", LARGEST_BATCH)]),
        (2 * BIG, 10, 0, [("loop", PROBE)]),
        (2 * BIG, 1 << 20, 1 << 20, [("loop", PROBE), ("chains", PROBE), ("loop", 0)]),
        (2 * BIG, 1 << 20, PROVEN, [*(("loop", PROBE), ("chains", PROBE)), ("loop", PROBE)]),
        (2 * BIG, 1 << 20, 0, [("loop", PROBE), ("chains", PROBE), ("loop", 4 * PROBE), ("chains", 5 * PROBE)]),
    ],
)
def test_loop_and_chains_take_turns(
    size: int, loop_takes: int, chains_take: int, expected: list[tuple[str, int]]
) -> None:
    """Chains are asked where there is much to read, and less and less often where they prove nothing."""
    assert expected == filled(size, loop_takes, chains_take)[: len(expected)]
    assert len(filled(size, loop_takes, chains_take)) < 2 * LARGEST_BATCH / PROVEN + 8
