"""Replies that may repeat a secret: without words wherever it is not known what they repeat."""

import pytest

from tests.protocols.smtp.script import play, turns
from wiretruth.model.smtp import Dialogue, Reply, Step

OPENING = "S: 220 mail.example.net\nC: EHLO mta.example.org\nS: 250 AUTH PLAIN\n"
REFUSED = "S: 535 5.7.8 hunter2 is not it\n"


def replies(dialogue: Dialogue) -> dict[int, tuple[str, ...]]:
    return {event.code: event.lines for event in dialogue.events if isinstance(event, Reply)}


@pytest.mark.parametrize(
    ("script", "code", "lines"),
    [
        (f"{OPENING}C: AUTH PLAIN AGJvYgBodW50ZXIy\nS: 535 5.7.8 wrong password\n", 535, ("5.7.8 wrong password",)),
        (f"{OPENING}C: AUTH PLAIN AGJvYgBodW50ZXIy\n{REFUSED}", 535, ("",)),
        (f"{OPENING}{REFUSED}C: AUTH PLAIN AGJvYgBodW50ZXIy\n", 535, ("",)),
        (f"{OPENING}C- 30\n{REFUSED}", 535, ("",)),
        (REFUSED, 535, ("",)),
        (f"{OPENING}C- 9\nC: odW50ZXIy\nS: 500 hunter2 is no command\n", 500, ("",)),
        (f"{OPENING}C: NOOP\nS: 500 no such command\n", 500, ("no such command",)),
        (f"{OPENING}C- 9\nC: NOOP\nS: 550 no such mailbox\n", 550, ("no such mailbox",)),
    ],
    ids=["harmless", "repeated", "too early", "to a gap", "to nothing", "quoted behind a gap", "known", "another code"],
)
def test_what_a_reply_may_say(script: str, code: int, lines: tuple[str, ...]) -> None:
    assert lines == replies(play(turns(script)))[code]


def test_a_veiled_reply_is_veiled_wherever_it_stands() -> None:
    """Events, exchanges and transactions hold the same replies."""
    dialogue = play(turns(f"{OPENING}C: AUTH LOGIN\nS: 334 VXNlcm5hbWU6\n{REFUSED}C: aHVudGVyMg==\nS: 503 enough\n"))
    answers = [x.reply.lines for x in dialogue.exchanges if x.reply is not None and x.reply.code == 535]

    assert ("",) == replies(dialogue)[535]
    assert all(lines == ("",) for lines in answers)


def test_no_server_greets_with_a_refusal_of_auth() -> None:
    """A capture that begins within AUTH tells nothing of a greeting."""
    dialogue = play(turns("S: 535 5.7.8 no\nC: MAIL FROM:<a@example.org>\nS: 250 ok\n"))

    assert dialogue.greeting is None
    assert Step.BANNER not in [x.step for x in dialogue.exchanges]
