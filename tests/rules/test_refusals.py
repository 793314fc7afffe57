"""Whose side a refusal speaks of, and whom it is about."""

import pytest

from wiretruth.model.finding import Side
from wiretruth.model.smtp import Reply, Step
from wiretruth.rules._refusals import Refusal, recipients_words


@pytest.mark.parametrize(
    ("enhanced", "side"),
    [
        (None, Side.RECIPIENT),
        ("5.1.1", Side.RECIPIENT),
        ("4.1.8", Side.SENDER),
        ("5.1.7", Side.SENDER),
        ("4.4.3", Side.RECIPIENT_RESOLVER),
        ("5.5.4", Side.SENDER),
        ("5.7.1", Side.RECIPIENT),
    ],
)
def test_side(enhanced: str | None, side: Side) -> None:
    reply = Reply(0, 1, 550, enhanced, ("no",))

    assert side == Refusal(Step.RCPT, reply, "a@example.net", ()).side


def test_words_join_the_lines() -> None:
    reply = Reply(0, 1, 550, None, ("5.1.1 no such user", "ask postmaster"))

    assert "550 5.1.1 no such user ask postmaster" == Refusal(Step.RCPT, reply, None, ()).words


@pytest.mark.parametrize(
    ("recipients", "expected"),
    [
        ((), ""),
        (("a@example.net",), " for a@example.net"),
        (("a@example.net", "b@x", "c@x"), " for a@example.net and 2 more"),
    ],
)
def test_recipients_words(recipients: tuple[str, ...], expected: str) -> None:
    assert expected == recipients_words(recipients)
