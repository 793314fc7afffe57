"""Resets, and data in the name of who had reset."""

from wiretruth.flow.resets import Resets
from wiretruth.model.frames import Mark
from wiretruth.model.sighting import KEPT_FRAMES, Reset

MARK = Mark(9000, 9)


def reset(frame: int = 5, *, from_client: bool = False, acceptable: bool = True, closed: bool = False) -> Reset:
    return Reset(frame * 1000, frame, from_client, 64, 1, 0, acceptable, closed)


def test_first_acceptable_reset_closes() -> None:
    resets = Resets()
    resets.add(reset(5, acceptable=False), 100)
    assert (None, False) == (resets.closing(), resets.closed_before(from_client=False))

    resets.add(reset(6), 100)
    assert (Mark(6000, 6), True) == (resets.closing(), resets.closed_before(from_client=False))
    assert not resets.closed_before(from_client=True)


def test_kept_resets_are_bounded() -> None:
    resets = Resets()
    for frame in range(KEPT_FRAMES + 5):
        resets.add(reset(frame), frame)

    assert (KEPT_FRAMES, 0) == (len(resets.kept), resets.kept[0].frame)


def test_first_new_octets_after_it_are_noted() -> None:
    resets = Resets()
    resets.add(reset(), 100)
    resets.note_new_octets(from_client=True, end=150, mark=Mark(1, 1))
    resets.note_new_octets(from_client=False, end=150, mark=MARK)
    resets.note_new_octets(from_client=False, end=250, mark=Mark(10000, 10))

    assert MARK == resets.data_after


def test_octets_that_end_where_the_reset_stands_went_before_it() -> None:
    """The tap swapped them: the reset was the next thing expected after all, and nothing came after it."""
    resets = Resets()
    resets.add(reset(acceptable=False), 150)
    resets.note_new_octets(from_client=False, end=150, mark=MARK)

    assert (None, True) == (resets.data_after, resets.kept[0].acceptable)


def test_answers_of_a_closed_side_forbid_nothing() -> None:
    resets = Resets()
    resets.add(reset(closed=True), 100)
    resets.note_new_octets(from_client=False, end=150, mark=MARK)

    assert None is resets.data_after
