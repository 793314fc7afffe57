"""What commands and replies do to the dialogue they share."""

import pytest

from wiretruth.model.frames import Mark
from wiretruth.model.smtp import Command, Reply
from wiretruth.protocols.smtp.conversation import Conversation

MARK = Mark(5, 6)


def reply(code: int, *lines: str) -> Reply:
    return Reply(9, 9, code, None, lines or ("",))


def talk(*said: bytes | Reply) -> Conversation:
    conversation = Conversation(0, 0)
    conversation.reply(reply(220, "mx.example.net"))
    for one in said:
        if isinstance(one, Reply):
            conversation.reply(one)
        else:
            conversation.line(one, MARK)
    return conversation


def commands(conversation: Conversation) -> list[tuple[str, str]]:
    return [(e.verb, e.argument) for e in conversation.record.events if isinstance(e, Command)]


def test_introductions() -> None:
    conversation = talk(b"EHLO mta.example.org", reply(250, "mx.example.net", "SIZE 1", "DSN"))

    assert ("mta.example.org", ("SIZE 1", "DSN")) == (conversation.helo, conversation.extensions)


def test_extensions_outlive_a_refused_ehlo() -> None:
    conversation = talk(b"EHLO a.example.org", reply(250, "mx", "DSN"), b"EHLO b.example.org", reply(503, "again?"))

    assert ("b.example.org", ("DSN",)) == (conversation.helo, conversation.extensions)


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        pytest.param([b"AUTH LOGIN", reply(334), b"QUIT"], ("AUTH", ""), id="behind a challenge all is secret"),
        pytest.param([b"AUTH LOGIN", b"aHVudGVyMg"], ("AUTH", ""), id="too early"),
        pytest.param([b"AUTH LOGIN", b"QUIT"], ("QUIT", ""), id="a command behind an unanswered AUTH"),
        pytest.param([b"AUTH LOGIN", reply(504), b"aHVudGVyMg"], ("?", ""), id="behind a refusal"),
        pytest.param([b"AUTH LOGIN", reply(235), b"aHVudGVyMg"], ("?", ""), id="behind success"),
        pytest.param([b"AUTH LOGIN", reply(334), b"*", reply(501), b"NOOP x"], ("NOOP", "x"), id="cancelled"),
        pytest.param([b"aHVudGVyMg"], ("?", ""), id="no AUTH anywhere: a word that may be base64"),
        pytest.param([b"xyzzy x"], ("XYZZY", ""), id="no AUTH anywhere: an odd verb"),
        pytest.param([reply(334), b"NOOP x"], ("AUTH", ""), id="a challenge whose AUTH was not seen"),
    ],
)
def test_secrets(said: list[bytes | Reply], shown: tuple[str, str]) -> None:
    assert shown == commands(talk(*said))[-1]


def test_a_line_that_is_no_command_is_not_shown_where_auth_may_have_been() -> None:
    """Before a greeting that welcomes was seen, and behind a hole, an odd verb may as well be a password."""
    begun_later = Conversation(0, 0)
    begun_later.line(b"NOOP", MARK)
    begun_later.line(b"xyzzy", MARK)
    refused = Conversation(0, 0)
    refused.reply(reply(554, "go away"))
    refused.line(b"xyzzy", MARK)
    holed = talk()
    holed.doubt(replies_lost=False)
    holed.line(b"xyzzy", MARK)

    assert ("?", "") == commands(begun_later)[-1] == commands(refused)[-1] == commands(holed)[-1]


def test_codes_of_auth_are_veiled_whatever_they_seem_to_answer() -> None:
    """A server that answered twice must not have its 535 shown as the reply to RCPT, password and all."""
    conversation = talk(b"AUTH LOGIN", reply(334), b"aHVudGVyMg", b"RCPT TO:<a@example.net>", reply(250))
    conversation.reply(reply(535, "hunter2 is wrong"))

    assert reply(535, "") == conversation.record.events[-1]


def test_a_refused_text_was_commands() -> None:
    """DATA is refused behind its text: no verdict on a message is awaited."""
    conversation = talk(b"MAIL FROM:<alice@example.org>", reply(250))
    _, data = conversation.line(b"DATA", MARK)
    draft = conversation.transactions.current
    assert draft is not None
    draft.end(5, 6)
    end = type(data)(data.step, None, 5, 6, draft=draft)
    conversation.end_of_text(end, data)
    conversation.reply(reply(554))

    assert end.void
    assert draft.ended_at is None


def test_rset_ends_the_transaction() -> None:
    conversation = talk(b"MAIL FROM:<alice@example.org>", reply(250), b"RSET", reply(250), b"RCPT TO:<bob@example.net>")

    assert [()] == [t.forward_paths for t in conversation.transactions.freeze()]


def test_a_hole_may_hide_a_mail() -> None:
    conversation = talk()
    conversation.doubt(replies_lost=False)
    conversation.line(b"RCPT TO:<bob@example.net>", MARK)

    assert ["?"] == [t.reverse_path for t in conversation.transactions.freeze()]
