"""Rows of figures, and how they are laid out."""

import pytest

from bench import tables
from bench.sitting import Sitting


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.0123, "0.0123"), (0.123, "0.123"), (1.234, "1.23"), (12.34, "12.3"), (123.4, "123"), (1234.5, "1,234")],
)
def test_number(value: float, text: str) -> None:
    assert text == tables.number(value)


def test_costs(sitting: Sitting) -> None:
    own, tcpdump, _, loop, failed = list(tables.costs(sitting.readings[0], sitting.floor))[1:]

    assert ("wiretruth read", "2.00", "1.50 - 2.50", "1.50", "140", "1.00×", "1.00×") == own
    assert "under 19" == tcpdump[4]
    assert "scapy loop (from 30,000 packets)" == loop[0]
    assert ("tcptrace", "failed") == tuple(failed[:2])


def test_failures(sitting: Sitting) -> None:
    assert "tcptrace failed: out of memory\n" == tables.failures(sitting.readings[0])


def test_growth(sitting: Sitting) -> None:
    assert ("300,000", "2.00", "1.50", "5.00", "140") == list(tables.growth(sitting))[1]


def test_plain() -> None:
    assert "reader   s\ncat     12\n" == tables.plain([("reader", "s"), ("cat", "12")])


def test_markdown() -> None:
    expected = "| reader | s |\n| --- | ---: |\n| a \\| b | 12 |\n"

    assert expected == tables.markdown([("reader", "s"), ("a | b", "12")])
