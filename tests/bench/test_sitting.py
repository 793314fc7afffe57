"""Ratios are of medians, and there is none where somebody failed."""

from bench.contestants import TCPDUMP, TSHARK
from bench.sitting import Sitting, ratio


def test_ratio(sitting: Sitting) -> None:
    (reading,) = sitting.readings

    assert (30, 40) == ratio(reading, TSHARK)
    assert (0.5, 1 / 1.5) == ratio(reading, TCPDUMP)
    assert ratio(reading, "tcptrace") is None
    assert ratio(reading, "nobody") is None


def test_reading_of_a_workload(sitting: Sitting) -> None:
    assert sitting.readings[0] == sitting.of("gateway")
    assert sitting.of("resolver") is None
