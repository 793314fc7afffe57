"""Rows on their way to a batch."""

from wiretruth.capture.rows import LARGEST_BATCH, Rows
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
