"""The usual shape of a dialogue: greeting, EHLO, mail that is taken, QUIT; the reply that each command hopes for, and nothing else.

What is of another shape may be as good; it is only read at length. One expression a side says what the shape is; each is gone
through once, from left to right, as no two of its lines begin alike.
"""

import functools
import re
from collections.abc import Sequence
from typing import NamedTuple

from wiretruth.protocols.smtp.recognition import Verdict, recognise

_PARAMETERS = rb"(?: [ -\[\]-~]{0,99}[!-\[\]-~])?\r\n"
_MAIL = rb"MAIL FROM:<(?!@)[!#-;=?-\[\]-~]{0,256}>" + _PARAMETERS
_RCPT = rb"RCPT TO:<(?!@)[!#-;=?-\[\]-~]{1,256}>" + _PARAMETERS
_ENVELOPE = _MAIL + rb"(?:" + _RCPT + rb")+DATA\r\n"
"""Commands as nearly all are written; see ``commands``."""
TEXT = b"\0\n"
"""Stands for message text."""
_WORDS = rb" [^\r\n]{0,500}\r\n"
_TAKEN = rb"250" + _WORDS + rb"(?:25[01]" + _WORDS + rb")+354" + _WORDS

_SAID = re.compile(rb"(?:" + _ENVELOPE + TEXT + rb")*(?:" + _ENVELOPE + rb"|(QUIT\r\n))\Z")
_ANSWERED = re.compile(rb"(?:" + _TAKEN + rb"250" + _WORDS + rb")*(?:" + _TAKEN + rb"|(221" + _WORDS + rb"))\Z")
_RECIPIENT = re.compile(rb"RCPT TO:<([^>]*)>")
_KIND = re.compile(rb"^(DATA|354)", re.MULTILINE)

_HELLO = re.compile(rb"(?:EHLO|HELO) [!-~]{1,255}\r\n\Z")
_AGREED = re.compile(rb"(?:250-[^\r\n]{0,200}\r\n){0,60}250" + _WORDS + rb"\Z")
_GREETING = re.compile(rb"220" + _WORDS + rb"\Z")
_PORT = 25


class Facts(NamedTuple):
    """What is asked of a dialogue of the usual shape."""

    recipients: tuple[bytes, ...]
    """Mailboxes, in the order in which they were named."""
    greeting: bytes
    introduction: bytes
    """The reply to EHLO or HELO."""
    extended: bool
    """It was EHLO."""


def facts(said: Sequence[bytes], answers: Sequence[bytes]) -> Facts | None:
    """Give what is asked of a dialogue that came to its end in the usual shape; ``None`` for any other.

    Args:
        said: by the client, turn by turn, with TEXT for message text.
        answers: of the server, the greeting before all others.
    """
    commands = b"".join(said[1:])
    if not (commands.endswith(b"QUIT\r\n") and _is_usual(said, answers, commands)):
        return None
    recipients = tuple(_RECIPIENT.findall(commands))
    return Facts(recipients, answers[0], answers[1], said[0].startswith(b"EHLO"))


def text_follows(said: Sequence[bytes], answers: Sequence[bytes]) -> bool:
    """Tell whether message text comes next, in a dialogue that is of the usual shape so far."""
    commands = b"".join(said[1:])
    return commands.endswith(b"DATA\r\n") and _is_usual(said, answers, commands)


def _is_usual(said: Sequence[bytes], answers: Sequence[bytes], commands: bytes) -> bool:
    if len(answers) != len(said) + 1 or not (greets(answers[0]) and introduces(said[0], answers[1])):
        return False
    if [turn.count(b"\n") for turn in said[1:]] != [turn.count(b"\n") for turn in answers[2:]]:
        return False
    if commands.count(TEXT[:1]) != sum(turn.startswith(TEXT) for turn in said):
        return False  # somebody says what stands for text
    replies = b"".join(answers[2:])
    asked, told = _SAID.match(commands), _ANSWERED.match(replies)
    if asked is None or told is None or (asked[1] is None) != (told[1] is None):
        return False
    return commands.count(TEXT) < 2 or _ends(commands) == _ends(replies)  # noqa: PLR2004 - several mails


def _ends(lines: bytes) -> list[int]:
    """Give before which lines message text was announced."""
    return [lines.count(b"\n", 0, found.start()) for found in _KIND.finditer(lines)]


@functools.lru_cache(maxsize=1024)
def greets(octets: bytes) -> bool:
    """Tell whether a server on the mail port that says this first, in one segment, speaks SMTP and lets in."""
    return _GREETING.match(octets) is not None and recognise(b"", octets, _PORT).verdict is Verdict.SMTP


@functools.lru_cache(maxsize=1024)
def introduces(said: bytes, answer: bytes) -> bool:
    """Tell whether this is EHLO or HELO, and a reply that agrees."""
    return _HELLO.match(said) is not None and _AGREED.match(answer) is not None
