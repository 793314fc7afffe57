"""Frames of an input in several files: each is found under the number that tshark gives it."""

import pytest

from wiretruth.model.files import FileFrame, Files


def files(*stretches: tuple[int, int, int]) -> Files:
    made = Files(("a", "b"))
    for stretch in stretches:
        made.add(*stretch)
    return made


@pytest.mark.parametrize(
    ("number", "found"), [(1, ("a", 1)), (10, ("a", 10)), (11, ("b", 1)), (12, ("b", 2)), (15, ("b", 7))]
)
def test_frame_is_found_in_its_file(number: int, found: tuple[str, int]) -> None:
    """The third stretch: a block without a packet, which tshark numbers, stood in between."""
    assert FileFrame(*found) == files((1, 0, 1), (11, 1, 1), (13, 1, 5)).locate(number)


def test_stretch_that_goes_on_is_one() -> None:
    assert [1, 30] == list(files((1, 0, 1), (11, 0, 11), (30, 1, 1)).firsts)


def test_frames_apart() -> None:
    told = files((1, 0, 1), (3, 1, 1), (5, 0, 3))

    assert {"a": [1, 2, 3], "b": [2]} == told.apart((1, 2, 4, 5))
    assert {"a": 1, "b": 3} == told.begins()


def test_an_input_without_a_frame() -> None:
    assert FileFrame("a", 7) == files().locate(7)
