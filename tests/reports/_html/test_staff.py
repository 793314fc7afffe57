"""Where each packet stands on the page."""

from dataclasses import replace

from tests.reports import scenes
from wiretruth.reports._html.scene import Lane, Scene, Shot
from wiretruth.reports._html.speech import Speech
from wiretruth.reports._html.staff import ALL_SILENCES, LONGEST_SILENCE, ROW, staff

SECOND = scenes.SECOND
LANES = (Lane("client", "10.10.0.5"), Lane("server", "192.0.2.66"))


def at(*moments: int, until: int | None = None) -> Scene:
    shots = tuple(Shot(Speech(m, True, "x", ("x",), (("lan", n),)), 0, 1, (), False) for n, m in enumerate(moments))
    return Scene(LANES, shots, moments[-1] if until is None else until, len(shots))


def test_quick_packets_stand_a_row_apart() -> None:
    placed = staff(at(0, 1000, 2000), 50)

    assert [ROW, ROW] == [b.y - a.y for a, b in zip(placed.rows, placed.rows[1:], strict=False)]
    assert () == placed.silences


def test_silences_are_to_scale() -> None:
    placed = staff(at(0, SECOND, 3 * SECOND), 50)
    short, long = placed.silences

    assert (LONGEST_SILENCE / 2, LONGEST_SILENCE) == (short.height, long.height)
    assert ("1.0 s of silence", "2.0 s of silence") == (short.words, long.words)


def test_many_silences_share_the_page() -> None:
    placed = staff(at(*range(0, 40 * SECOND, SECOND)), 50)

    assert sum(each.height for each in placed.silences) <= ALL_SILENCES * 1.02


def test_the_silence_at_the_end() -> None:
    placed = staff(at(0, until=10 * SECOND), 50)

    assert "10.0 s of silence" == placed.silences[-1].words
    assert placed.silences[-1].top + placed.silences[-1].height <= placed.height


def test_nothing_overlaps() -> None:
    placed = staff(at(0, 1, SECOND, SECOND + 1, 9 * SECOND), 50)
    rows = [row.y for row in placed.rows]

    assert rows == sorted(rows)
    for silence in placed.silences:
        assert not any(silence.top < y < silence.top + silence.height for y in rows)


def test_packets_passed_over_take_a_row() -> None:
    made = at(0, 1000)
    made = replace(made, shots=(made.shots[0], replace(made.shots[1], passed_over=7)))
    placed = staff(made, 50)

    assert [7] == [number for _, number in placed.left_out]
    assert 2 * ROW == placed.rows[1].y - placed.rows[0].y
