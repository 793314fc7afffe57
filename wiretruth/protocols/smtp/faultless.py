"""The usual shape of a dialogue: greeting, EHLO, mail that is taken, QUIT; every reply kind, and nothing else said.

What is of another shape may be as good; it is only read at length. The expressions are gone through once, from left to right.
"""

import functools
import re
from typing import NamedTuple

from wiretruth.protocols.smtp.recognition import Verdict, recognise

_LINE = re.compile(
    rb"(?:MAIL FROM:<()(?!@)[!#-;=?-\[\]-~]{0,256}>(?: [ -\[\]-~]{0,99}[!-\[\]-~])?"
    rb"|RCPT TO:<(?!@)([!#-;=?-\[\]-~]{1,256})>(?: [ -\[\]-~]{0,99}[!-\[\]-~])?"
    rb"|(DATA)|(QUIT))\r\n"
)
"""Commands as nearly all are written; see ``commands``."""
_HELLO = re.compile(rb"(?:EHLO|HELO) [!-~]{1,255}\r\n\Z")
_AGREED = re.compile(rb"(?:250-[^\r\n]{0,200}\r\n){0,60}250 [^\r\n]{0,200}\r\n\Z")
_REPLY = re.compile(rb"([0-9]{3}) [^\r\n]{0,500}\r\n")
_GREETING = re.compile(rb"220 [^\r\n]{0,500}\r\n\Z")
_PORT = 25

_KINDS = b"", b"M", b"R", b"D", b"Q"
_TEXT = b"."
_HEEDED = {b"M": (b"250",), b"R": (b"250", b"251"), b"D": (b"354",), b"Q": (b"221",), _TEXT: (b"250",)}
_BEFORE_TEXT = re.compile(rb"(?:MR+D\.)*MR+D\Z")
_WHOLE = re.compile(rb"(?:MR+D\.)+Q\Z")


class Facts(NamedTuple):
    """What is asked of a dialogue of the usual shape."""

    recipients: tuple[bytes, ...]
    """Mailboxes, in the order in which they were named."""
    greeting: bytes
    introduction: bytes
    """The reply to EHLO or HELO."""
    extended: bool
    """It was EHLO."""


@functools.lru_cache(maxsize=1024)
def greets(octets: bytes) -> bool:
    """Tell whether a server on the mail port that says this first, in one segment, speaks SMTP and lets in."""
    return _GREETING.match(octets) is not None and recognise(b"", octets, _PORT).verdict is Verdict.SMTP


@functools.lru_cache(maxsize=1024)
def introduces(said: bytes, answer: bytes) -> bool:
    """Tell whether this is EHLO or HELO, and a reply that agrees."""
    return _HELLO.match(said) is not None and _AGREED.match(answer) is not None


class Shape:
    """The commands of one dialogue so far, each with the reply that it should get."""

    __slots__ = ("kinds", "recipients")

    def __init__(self) -> None:
        """Begin behind EHLO."""
        self.kinds = b""
        """One letter a command, a dot for message text."""
        self.recipients: list[bytes] = []

    def answered(self, said: bytes, answer: bytes, *, text: bool) -> bool:
        """Take what the client said at a stretch, behind message text or not, and all that was answered; tell whether it fits."""
        kinds = self._kinds(said)
        if kinds is None:
            return False
        if text:
            kinds = [_TEXT, *kinds]
        place = 0
        for kind in kinds:
            reply = _REPLY.match(answer, place)
            if reply is None or reply[1] not in _HEEDED[kind]:
                return False
            place = reply.end()
        self.kinds += b"".join(kinds)
        return place == len(answer)

    @property
    def text_follows(self) -> bool:
        """Tell whether message text comes next."""
        return self.kinds.endswith(b"D") and _BEFORE_TEXT.match(self.kinds) is not None

    @property
    def whole(self) -> bool:
        """Tell whether the dialogue came to its end."""
        return _WHOLE.match(self.kinds) is not None

    def _kinds(self, said: bytes) -> list[bytes] | None:
        """Give the kinds of some command lines; ``None`` where there are others."""
        kinds, place = [], 0
        while place < len(said):
            line = _LINE.match(said, place)
            if line is None:
                return None
            kind = line.lastindex or 0
            if kind == 2:  # noqa: PLR2004 - the group of recipients
                self.recipients.append(line[2])
            kinds.append(_KINDS[kind])
            place = line.end()
        return kinds
