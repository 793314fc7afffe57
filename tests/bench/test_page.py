"""The page says when and on what it was measured, and does not make a busy machine's figures final."""

from bench.page import page
from bench.sitting import Sitting


def test_says_when_and_on_what(sitting: Sitting) -> None:
    text = page(sitting)

    assert "Measured on 2026-11-20 18:40 UTC, at 1 times the full size, rounds: 3." in text
    assert "two cores." in text
    assert "Not installed here: tcpflow." in text


def test_busy_machine_is_provisional(sitting: Sitting) -> None:
    assert "provisional" not in page(sitting)
    assert "provisional" in page(sitting._replace(load=(2.5, 3.0)))


def test_failure_stands_below_its_table(sitting: Sitting) -> None:
    assert "\n\ntcptrace failed: out of memory\n" in page(sitting)


def test_growth_is_there_when_measured(sitting: Sitting) -> None:
    assert "## Growth" in page(sitting)
    assert "## Growth" not in page(sitting._replace(growth=()))
