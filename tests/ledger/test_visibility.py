"""Every silence is weighed against what its vantage is known to have missed."""

from typing import Any

import pytest

from tests.ledger.made import survey
from wiretruth.ledger.visibility import Visibility


def visibility(*surveys: object) -> Visibility:
    made = Visibility()
    for one in surveys:
        made.add(one)  # type: ignore[arg-type] # surveys, made by hand
    return made


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, 0.0),
        ({"missing_octets": 1000}, 0.5),
        ({"kernel_drops": 100}, 0.5),
        ({"kernel_drops": 0}, 0.0),
        ({"kernel_drops": 25, "missing_octets": 1000}, 0.5),
        ({"seen_octets": 0, "missing_octets": 0}, 0.0),
        ({"packets": 0, "kernel_drops": 5}, 1.0),
    ],
)
def test_loss(changes: dict[str, Any], expected: float) -> None:
    assert pytest.approx(expected) == visibility(survey(**changes)).loss("tap")


def test_drops_are_those_of_the_whole_input() -> None:
    """Ten drops among a thousand packets are one in a hundred, also for the interface that saw only three."""
    quiet = survey("x#lo", "x.pcap", packets=3, kernel_drops=10)
    busy = survey("x#eth0", "x.pcap", packets=987, kernel_drops=10)
    other = survey("y", "y.pcap", packets=5000, kernel_drops=None)
    made = visibility(quiet, busy, other)

    assert [0.01, 0.01, 0.0] == [pytest.approx(made.loss(v)) for v in ("x#lo", "x#eth0", "y")]


@pytest.mark.parametrize(
    ("missing", "packets", "expected"),
    [(0, 1, False), (10, 1, False), (20, 1, True), (20, 2, False), (250, 3, False), (500, 3, True), (500, 0, True)],
)
def test_loss_explains_what_it_would_do_once_in_a_hundred_times(missing: int, packets: int, expected: bool) -> None:
    made = visibility(survey(seen_octets=1000, missing_octets=missing))

    assert expected is made.loss_explains("tap", packets)


def test_an_unknown_vantage_saw_nothing() -> None:
    made = visibility()

    assert (0.0, None, 0, False) == (made.loss("x"), made.survey("x"), made.ends("x"), made.sees_replies_to("x", "a"))
    assert (0, 0) == (made.watched_from("x"), made.watched_until("x"))


def test_replies_are_seen_by_vantage_and_host() -> None:
    made = visibility()
    made.saw_reply("tap", "10.0.0.1")

    assert [True, False, False] == [
        made.sees_replies_to(*seen) for seen in (("tap", "10.0.0.1"), ("tap", "10.0.0.2"), ("other", "10.0.0.1"))
    ]


def test_surveys_in_the_order_of_the_inputs() -> None:
    first, second = survey("b", last=7, watched_from=1, watched_until=9), survey("a")
    made = visibility(first, second)

    assert [first, second] == list(made.surveys())
    assert (7, 1, 9) == (made.ends("b"), made.watched_from("b"), made.watched_until("b"))
