"""What servers said, found by recipient and by queue id."""

import pytest

from tests.ledger.made import SECOND, contact, dialogue, mail, sighting
from wiretruth.ledger.sayings import MAX_ALIKE, Sayings, agrees, plain, spoken_as, unique_words
from wiretruth.model.smtp import Reply


def said(code: int, *lines: str, at: int = 0) -> Reply:
    return Reply(at, 1, code, None, lines)


@pytest.mark.parametrize(
    ("logged", "reply"),
    [
        ("250 2.0.0 Ok: queued as 9A1B2C", said(250, "2.0.0 Ok: queued as 9A1B2C")),
        ("2.0.0 Ok: queued as 9A1B2C", said(250, "2.0.0 Ok: queued as 9A1B2C")),
        ("550-5.1.1 No such user 550 5.1.1 at all", said(550, "5.1.1 No such user", "5.1.1 at all")),
        ("550 5.1.1 No such user 5.1.1 at all", said(550, "5.1.1 No such user", "5.1.1 at all")),
        (
            "450 4.1.8 <a@b>: Sender address rejected",
            said(450, "4.1.8 <a@b>: Sender  address rejected: Domain not found"),
        ),
        ("250_2.0.0_Ok", said(250, "2.0.0 Ok")),
    ],
)
def test_a_log_quotes_a_reply(logged: str, reply: Reply) -> None:
    assert agrees(plain(logged), reply)


@pytest.mark.parametrize("logged", ["250 2.0.0 Ok: queued as OTHER", "ok", "", "451 2.0.0 Ok: queued as 9A1B2C"])
def test_a_log_quotes_another(logged: str) -> None:
    assert not agrees(plain(logged), said(250, "2.0.0 Ok: queued as 9A1B2C"))


def test_an_empty_reply_is_its_code() -> None:
    assert ("250", "250") == spoken_as(said(250))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("250 2.0.0 Ok: queued as 9A1B2C3D4E", ["9A1B2C3D4E"]),
        ("250 2.0.0 Ok", []),
        ("250 2.1.5 Recipient Okay", []),
        ("<unknown[10.10.0.5]>: Client host rejected", []),
    ],
)
def test_queue_ids(text: str, expected: list[str]) -> None:
    assert expected == unique_words(text)


def test_a_mailbox_hears_the_last_word_on_it() -> None:
    """A refusal of the recipient counts, whatever became of the message."""
    spoken = contact(sighting(), dialogue=dialogue(mail(("Bob@example.net", 250), ("eve@example.net", 550), at=SECOND)))
    sayings = Sayings([spoken])

    assert [250] == [s.reply.code for s in sayings.to("bob@EXAMPLE.net", 0, 2 * SECOND)]
    assert [550] == [s.reply.code for s in sayings.to("eve@example.net", 0, 2 * SECOND)]
    assert [] == sayings.to("bob@example.net", 2 * SECOND, 3 * SECOND)


def test_only_the_latest_are_looked_at() -> None:
    spoken = [contact(sighting(), dialogue=dialogue(mail(("b@x", 250), at=n))) for n in range(MAX_ALIKE + 5)]

    found = Sayings(spoken).to("b@x", 0, 1000)

    assert (MAX_ALIKE, MAX_ALIKE + 4) == (len(found), found[-1].at)
