"""The page of rates."""

from bench.live_rates import CASES, RATES, Step, page


def test_the_page_tells_the_highest_rate_without_loss() -> None:
    steps = [Step(10, 10.0, 0, 10, 0.1), Step(20, 20.0, 0, 20, 0.2), Step(50, 50.0, 5, 50, 0.9)]
    text = page({"gateway, usual filter": {"tcpdump": steps, "scapy": [Step(1, 1.0, 1, 2, 1.0)]}})

    assert "| tcpdump | 20 | 20% | 10.0% at 50/s |" in text
    assert "| scapy | less than was tried |  | 50.0% at 1/s |" in text


def test_a_limit_of_the_sender_is_told() -> None:
    text = page({"gateway, usual filter": {"tcpdump": [Step(10, 10.0, 0, 10, 0.1)]}})

    assert "the sender was at its limit" in text


def test_rates_rise() -> None:
    assert sorted(RATES) == list(RATES)
    assert CASES
