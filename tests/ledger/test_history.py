"""A history is looked at in place, and gone through once for each way of grouping."""

from bisect import bisect_left
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wiretruth.ledger.history import Groups, Histories, Stretch, newest, within


@dataclass(frozen=True)
class Said:
    """Something with a time."""

    at: int


TIMES = (1, 3, 3, 7)
HISTORY = [Said(at) for at in TIMES]


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [(0, 9, [1, 3, 3, 7]), (3, 3, [3, 3]), (1, 1, [1]), (4, 6, []), (7, 7, [7]), (8, 9, []), (5, 2, [])],
)
def test_within_includes_both_ends(start: int, end: int, expected: list[int]) -> None:
    assert expected == [said.at for said in within(HISTORY, start, end)]


@pytest.mark.parametrize(("end", "expected"), [(0, None), (1, 1), (2, 1), (3, 3), (6, 3), (7, 7), (9, 7)])
def test_the_newest_up_to_a_moment(end: int, expected: int | None) -> None:
    found = newest(HISTORY, end)

    assert expected == (found.at if found else None)


@given(st.lists(st.integers(0, 20)).map(sorted), st.integers(-1, 21), st.integers(-1, 21))
def test_a_stretch_is_that_part_of_the_list(times: list[int], start: int, end: int) -> None:
    history = [Said(at) for at in times]
    expected = [said for said in history if start <= said.at <= end]
    stretch = within(history, start, end)

    assert expected == list(stretch) == stretch[:]
    assert expected[::-1] == list(reversed(stretch))
    assert (len(expected), bool(expected)) == (len(stretch), bool(stretch))
    assert expected[-2:] == stretch[-2:]


def test_a_stretch_has_no_neighbours() -> None:
    """An index beyond the stretch must not reach into the rest of the list."""
    stretch = Stretch([1, 2, 3, 4], 1, 3)

    assert (2, 3) == (stretch[0], stretch[-1])
    with pytest.raises(IndexError):
        stretch[2]


def test_looking_at_a_long_history_copies_nothing() -> None:
    """Rules ask for stretches of 10^5 statements once for each of 10^5: only the search may cost."""
    looked: list[int] = []

    class Watched(list[Said]):
        def __getitem__(self, index: object) -> Said:  # type: ignore[override] # slices are what must not happen
            assert isinstance(index, int)
            looked.append(index)
            return super().__getitem__(index)

    history = Watched(Said(at) for at in range(100_000))

    assert 99_990 == len(within(history, 5, 99_994))
    assert len(looked) <= 4 * 17
    assert bisect_left(history, 5, key=lambda s: s.at) == 5


def test_groups_are_made_once_for_each_key() -> None:
    asked: list[int] = []

    def tens(number: int) -> int | None:
        asked.append(number)
        return number // 10 or None

    numbers = [1, 11, 12, 25]
    groups = Groups(numbers)

    assert [11, 12] == list(groups.under(tens, 1))
    assert [25] == list(groups.under(tens, 2))
    assert [] == list(groups.under(tens, None))
    assert numbers == asked


def test_groups_know_what_came_later() -> None:
    numbers = [11]
    groups = Groups(numbers)
    groups.under(str, "x")
    numbers.append(12)
    groups.forget()

    assert [12] == list(groups.under(str, "12"))


@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 9)), max_size=20))
def test_a_history_holds_what_was_added_under_its_key_in_that_order(added: list[tuple[str, int]]) -> None:
    made: Histories[str, tuple[str, int]] = Histories()
    for one in added:
        made.add(one[0], one)
    assert bool(added) == bool(made)
    for key in "abcd":
        expected = [one for one in added if one[0] == key]
        assert expected == list(made.get(key))
        assert bool(expected) == (key in made)
