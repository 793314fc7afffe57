"""Whose side a refusal speaks of, and whom it is about."""

import pytest

from wiretruth.model.finding import Side
from wiretruth.model.packet import Endpoint
from wiretruth.model.smtp import Dialogue, Exchange, ForwardPath, Reply, Step, StreamDigest, Transaction
from wiretruth.rules._refusals import Refusal, recipients_words, refusals


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


def transaction(at: int, mail: int, end: int | None = None) -> Transaction:
    """Give one that began, and whose MAIL was answered, at a moment; its message, if any, 10 later."""
    path = ForwardPath("b@example.net", at + 1, 1, Reply(at + 1, 1, 250, None, ("ok",)))
    return Transaction(
        at, 1, "a@example.net", Reply(at, 1, mail, None, ("said",)), (path,) if end else (), None, 0, at + 9, 1,
        Reply(at + 10, 1, end, None, ("said",)) if end else None,
    )  # fmt: skip


def dialogue(*transactions: Transaction, greeted: int = 250) -> Dialogue:
    ehlo = Exchange(Step.EHLO, None, 0, 1, Reply(0, 1, greeted, None, ("said",)))
    here, there, nothing = Endpoint("192.0.2.1", 40000), Endpoint("192.0.2.2", 25), StreamDigest(0, None)
    return Dialogue(1, "mta", here, there, 0, None, None, (), (), (ehlo,), transactions, None, (), nothing, nothing)


@pytest.mark.parametrize(
    ("said", "codes"),
    [
        (dialogue(transaction(10, 250, 250), transaction(15, 503)), []),
        (dialogue(transaction(10, 250, 554), transaction(15, 503)), [554, 503]),
        (dialogue(transaction(10, 250, 250), transaction(25, 503)), [503]),
        (dialogue(transaction(10, 250, 250), transaction(15, 550)), [550]),
        (dialogue(transaction(15, 503)), [503]),
        (dialogue(transaction(10, 250, 250), greeted=501), []),
        (dialogue(greeted=501), [501]),
        (dialogue(transaction(10, 550), greeted=501), [501, 550]),
    ],
    ids=[
        "nested",
        "nested in what failed",
        "afterwards",
        "other code",
        "alone",
        "EHLO mended",
        "EHLO",
        "EHLO and MAIL",
    ],
)
def test_what_kept_mail_from_being_taken(said: Dialogue, codes: list[int]) -> None:
    """A second MAIL within a transaction, or an EHLO that is refused, refuses no mail where the message is taken."""
    assert codes == [refusal.reply.code for refusal in refusals(said)]
