"""Targets are told as they were reached, and as not measured where they were not."""

import pytest

from bench.sitting import Sitting
from bench.targets import NOT_MEASURED, OPEN, rows, verdict


@pytest.mark.parametrize(
    ("reached", "wanted", "goal", "words"),
    [
        (2.0, 3, 2, "goal reached"), (2.1, 3, 2, "reached"), (3.1, 3, 2, "**not reached**"),
        (40, 25, 40, "goal reached"), (39, 25, 40, "reached"), (24, 25, 40, "**not reached**"),
    ],
)  # fmt: skip
def test_verdict(reached: float, wanted: float, goal: float, words: str) -> None:
    assert words == verdict(reached, wanted, goal)


def test_rows(sitting: Sitting) -> None:
    _, tcpdump, tshark, mail, *_, memory, _, _ = rows(sitting)

    assert ("2.00×", "1.50×", "goal reached") == tuple(tcpdump[3:])
    assert ("÷ 30.0", "÷ 40.0", "reached") == tuple(tshark[3:])
    assert NOT_MEASURED == mail[3]
    assert ("140 MiB", "", "goal reached") == tuple(memory[3:])


def test_memory_of_a_small_capture_reaches_nothing(sitting: Sitting) -> None:
    *_, memory, _, _ = rows(sitting._replace(scale=0.1))

    assert OPEN == memory[-1]


def test_size_stands_beside_the_verdict(sitting: Sitting) -> None:
    assert "verdict" == next(rows(sitting))[-1]
    assert "verdict, at 0.1× the size" == next(rows(sitting._replace(scale=0.1)))[-1]
