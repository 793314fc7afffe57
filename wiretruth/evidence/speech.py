"""What of an SMTP dialogue nobody else may see: everything that AUTH said, and on demand the messages.

Octets are overwritten with as many others, line ends stay: sequence numbers, sizes and the order of the dialogue hold.
A line that is no known command is overwritten too: behind a hole in the capture it may be a password.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from wiretruth.evidence.streams import Edit, Run
from wiretruth.protocols.smtp.commands import STEPS, UNMISTAKABLE
from wiretruth.protocols.smtp.pairing import OF_AUTH
from wiretruth.protocols.smtp.replies import make_reply
from wiretruth.protocols.smtp.secrets import SecretMemory, mechanism

TLS: Final = b"\x16"
"""How a TLS handshake begins (RFC 8446 §5.1); an SMTP line never does."""

_LINE_ENDS = b"\r\n"
_COVER = bytes(n if n in _LINE_ENDS else ord("x") for n in range(256))
_COVER_TEXT = bytes(n if n in b"\r\n." else ord("x") for n in range(256))
"""Of a message: dots stay, for one at the start of a line is not part of it (RFC 5321 §4.5.2)."""
_REPLY = re.compile(rb"[2-5][0-9]{2}(?:[ -](?:[245]\.[0-9]{1,3}\.[0-9]{1,3}(?=[ \r\n]|\Z))?)?")
_QUOTING = range(500, 505)
"""What a server does not understand, it often quotes."""
_AUTH = re.compile(rb"AUTH[ \t]+", re.IGNORECASE)
_CHUNK = re.compile(rb"BDAT[ \t]+([0-9]{1,12})", re.IGNORECASE)


def covered(octets: bytes) -> bytes:
    """Overwrite everything but line ends."""
    return octets.translate(_COVER)


class ClientSpeech:
    """Reads what a client said, and tells what to overwrite."""

    def __init__(self, *, content: bool) -> None:
        """Begin; *content*: messages stay as they are."""
        self.memory = SecretMemory()
        self._content = content
        self._chunk = 0
        self._text = self._asked_for_text = self._in_auth = self._tls = False
        self._certain = False
        """Nothing is missing before this line."""

    def edits(self, runs: Sequence[Run]) -> Iterator[Edit]:
        """Give what to overwrite."""
        end = None
        for run in runs:
            self._certain = False
            if end is not None:
                self._chunk = max(self._chunk - (run.begin - end), 0)
            yield from self._run(run)
            end = run.begin + len(run.octets)

    def _run(self, run: Run) -> Iterator[Edit]:
        place = 0
        while place < len(run.octets) and not self._ends(run.octets, place):
            stop = self._stop(run.octets, place)
            before = run.octets[place:stop]
            after = self._line(before)
            if before != after:
                yield Edit(run.begin + place, after)
            place = stop

    def _ends(self, octets: bytes, place: int) -> bool:
        """Tell whether TLS begins here: what is beyond, nobody can read."""
        self._tls = self._tls or (not self._text and not self._chunk and octets.startswith(TLS, place))
        return self._tls

    def _stop(self, octets: bytes, place: int) -> int:
        if self._chunk:
            return min(place + self._chunk, len(octets))
        return octets.find(b"\n", place) + 1 or len(octets)

    def _line(self, line: bytes) -> bytes:
        if self._chunk:
            self._chunk -= len(line)
            return self._message(line)
        if self._text:
            self._text = line.rstrip(_LINE_ENDS) != b"."
            return self._message(line)
        if self._asked_for_text and not UNMISTAKABLE.match(line):
            self._asked_for_text, self._text = False, line.rstrip(_LINE_ENDS) != b"."
            return self._message(line)
        return self._command(line)

    def _message(self, line: bytes) -> bytes:
        if not self._content:
            return line.translate(_COVER_TEXT)
        return self._auth(line) if _AUTH.match(line) and mechanism(_argument(line)) else line

    def _command(self, line: bytes) -> bytes:
        self._asked_for_text = False
        if not self._is_known(line):
            self._certain = self._certain or line.endswith(b"\n")
            return line if line.strip() in {b"", b"*", b"."} else self._secret(line)
        self._certain, self._in_auth = True, False
        if _AUTH.match(line):
            self._in_auth = True
            return self._auth(line)
        self._asked_for_text = _verb(line) == b"DATA"
        chunk = _CHUNK.match(line)
        self._chunk = int(chunk[1]) if chunk else 0
        return line

    def _is_known(self, line: bytes) -> bool:
        """Tell whether a line is a command: where it may as well be an answer in AUTH, only what looks like nothing else."""
        if self._certain and not self._in_auth:
            return _verb(line) in STEPS
        return bool(UNMISTAKABLE.match(line) or (_AUTH.match(line) and mechanism(_argument(line))))

    def _auth(self, line: bytes) -> bytes:
        """Leave the mechanism, which is no secret."""
        argument = _argument(line)
        keep = len(line) - len(argument) + len(mechanism(argument))
        return line[:keep] + self._secret(line[keep:])

    def _secret(self, octets: bytes) -> bytes:
        self.memory.remember(octets.rstrip(_LINE_ENDS))
        head, rest = octets[:1], octets[1:]
        return (head if head in (b" ", b"=") else covered(head)) + covered(rest)


def server_edits(runs: Sequence[Run], memory: SecretMemory, *, whole: bool) -> Iterator[Edit]:
    """Give what to overwrite of what a server said.

    Args:
        runs: its octets.
        memory: of what its client must not be heard to have said.
        whole: all that the client said was seen, so that it is known what a reply may repeat.
    """
    for run in runs:
        place = 0
        while place < len(run.octets) and not run.octets.startswith(TLS, place):
            stop = run.octets.find(b"\n", place) + 1 or len(run.octets)
            line = run.octets[place:stop]
            after = _reply(line, memory, whole=whole)
            if after != line:
                yield Edit(run.begin + place, after)
            place = stop


def _reply(line: bytes, memory: SecretMemory, *, whole: bool) -> bytes:
    found = _REPLY.match(line)
    if found is None:
        return covered(line)
    code, text = int(line[:3]), line[found.end() :]
    hidden = code in OF_AUTH or (code in _QUOTING and not whole)
    if not hidden:
        reply = make_reply(0, 0, code, (text.decode("latin-1"),))
        hidden = memory.veil(reply) != reply
    return line[: found.end()] + (covered(text) if hidden else text)


def _verb(line: bytes) -> bytes:
    return (line.split(maxsplit=1) or [b""])[0].upper()


def _argument(line: bytes) -> bytes:
    return _AUTH.sub(b"", line, count=1)
