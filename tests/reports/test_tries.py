"""Attempts counted, and whose fault it was, in words."""

import pytest

from tests.reports import scenes
from wiretruth.model.delivery import Attempt, Delivery, DeliveryFault, DeliveryOutcome
from wiretruth.model.finding import Blame, Side
from wiretruth.model.sighting import Outcome
from wiretruth.reports._tries import decided_by, end_of, ends, fault_label, tries_words

TRIED = scenes.delivery().attempts[0]
MINUTE = 60 * scenes.SECOND


def put_off(at: int = 0) -> Attempt:
    reply = scenes.reply(at, 9, 451, "4.1.8 no", enhanced="4.1.8")
    return TRIED._replace(at=at, outcome=DeliveryOutcome.DEFERRED, reply=reply)


@pytest.mark.parametrize(
    ("attempt", "words"),
    [
        (TRIED, "accepted"),
        (put_off(), "deferred with 451 4.1.8"),
        (
            put_off()._replace(outcome=DeliveryOutcome.REJECTED, reply=scenes.reply(0, 1, 550, "no")),
            "rejected with 550",
        ),
        (
            TRIED._replace(outcome=DeliveryOutcome.UNKNOWN, connection=scenes.connection(outcome=Outcome.UNANSWERED)),
            "without any answer",
        ),
        (
            TRIED._replace(outcome=DeliveryOutcome.UNKNOWN, connection=scenes.connection(outcome=Outcome.REFUSED)),
            "refused the connection",
        ),
        (TRIED._replace(outcome=DeliveryOutcome.UNKNOWN, reply=None), "broken off at QUIT"),
    ],
)
def test_how_an_attempt_ended(attempt: Attempt, words: str) -> None:
    assert words == end_of(attempt).words


def tried(*attempts: Attempt) -> Delivery:
    return scenes.delivery()._replace(attempts=attempts)


def test_twelve_attempts_in_nineteen_hours() -> None:
    moments = [n * 104 * MINUTE for n in range(11)]
    delivery = tried(*map(put_off, moments), TRIED._replace(at=1140 * MINUTE))

    assert (
        "12 attempts in 19 h 0 min, 1 h 40 min to 1 h 44 min apart: 11 deferred with 451 4.1.8, 1 accepted"
    ) == tries_words(delivery)
    assert [("deferred with 451 4.1.8", 451, 11), ("accepted", 250, 1)] == [
        (end.words, end.code, number) for end, number in ends(delivery)
    ]


@pytest.mark.parametrize(
    ("moments", "words"),
    [
        ((0,), ""),
        ((0, 300), "2 attempts in 5 min 0 s: 2 deferred with 451 4.1.8"),
        ((0, 300, 600), "3 attempts in 10 min 0 s, every 5 min 0 s: 3 deferred with 451 4.1.8"),
    ],
)
def test_spacing(moments: tuple[int, ...], words: str) -> None:
    assert words == tries_words(tried(*(put_off(m * scenes.SECOND) for m in moments)))


@pytest.mark.parametrize(
    ("side", "temporary", "outcome", "label"),
    [
        (Side.RECIPIENT_RESOLVER, True, DeliveryOutcome.DEFERRED, "fault: the receiver's resolver"),
        (Side.RECIPIENT, True, DeliveryOutcome.ACCEPTED, "late: the receiving side"),
        (Side.SENDER, False, DeliveryOutcome.ACCEPTED, "fault: the sending side"),
        (Side.UNKNOWN, None, DeliveryOutcome.UNKNOWN, "why"),
        (Side.UNKNOWN, True, DeliveryOutcome.ACCEPTED, "late"),
    ],
)
def test_label(side: Side, temporary: bool | None, outcome: DeliveryOutcome, label: str) -> None:
    fault = DeliveryFault(Blame(side, temporary, None), "x")

    assert label == fault_label(scenes.delivery()._replace(outcome=outcome, fault=fault))


@pytest.mark.parametrize(
    ("inputs", "expected"),
    [((), ""), (("the log of X",), "the log of X"), (("the log of X", "a capture on X"), "a capture on X")],
)
def test_a_capture_decides_before_a_log(inputs: tuple[str, ...], expected: str) -> None:
    fault = DeliveryFault(Blame(Side.UNKNOWN, None, None), "x", None, inputs)

    assert expected == decided_by(scenes.delivery()._replace(fault=fault))


def test_no_fault_says_nothing() -> None:
    assert ("", "") == (fault_label(scenes.delivery()), decided_by(scenes.delivery()))
