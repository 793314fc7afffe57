"""The client's direction: lines, message text, chunks, TLS; see ``modes``."""

from collections.abc import Callable, Sequence
from typing import ClassVar

from wiretruth.model.frames import Mark
from wiretruth.model.smtp import Step
from wiretruth.protocols.smtp.commands import UNMISTAKABLE, binary_size, chunk_size
from wiretruth.protocols.smtp.conversation import Conversation
from wiretruth.protocols.smtp.digest import DigestMaker
from wiretruth.protocols.smtp.handshake import Handshake
from wiretruth.protocols.smtp.lines import LineReader
from wiretruth.protocols.smtp.message import MessageReader
from wiretruth.protocols.smtp.modes import Mode
from wiretruth.protocols.smtp.pairing import Asked
from wiretruth.protocols.smtp.runs import mark_before
from wiretruth.protocols.smtp.text import TextMeter

MAX_EARLY = 600
"""Octets of the first line behind an unanswered DATA that may still be a command (RFC 5321 §4.5.3.1.4: 512)."""

_TLS_FIRST_OCTETS = (0x16, 0x80)
"""A handshake record, or an SSL 2.0 ClientHello; no command begins so."""

_REFUSED = 400
_CLOSING = 421
_TEXT_MAY_COME = 354

_LOST, _COMMAND, _EARLY, _TEXT, _CHUNK, _TLS = Mode


class ClientSide:
    """Reads what the client sends, and is told what the server replies."""

    __slots__ = (
        "_bare",
        "_conversation",
        "_data",
        "_early",
        "_ends",
        "_fragments",
        "_handshake",
        "_lines",
        "_mark",
        "_marks",
        "_message",
        "_mode",
        "_read",
        "_starttls",
        "digest",
        "encrypted",
    )

    def __init__(self, conversation: Conversation, mark: Mark, *, digests: bool = True, headers: bool = False) -> None:
        self._conversation = conversation
        self._mark = mark
        """Of the last octets seen."""
        self._ends: Sequence[int] = ()
        self._marks: Sequence[Mark] = ()
        """Of the run at hand."""
        self._lines = LineReader()
        self._message = MessageReader(conversation, headers=headers)
        self._handshake = Handshake(conversation)
        self.encrypted = False
        """TLS has begun, and the server agreed."""
        self.digest = DigestMaker(hashed=digests)
        """The measure of what could be read."""
        self._enter(_LOST)
        self._fragments = 0
        """Lines seen in LOST that are no commands."""
        self._starttls: Asked | None = None
        """STARTTLS without a reply."""
        self._data: Asked | None = None
        """The last DATA."""
        self._bare = False
        """It ended in a bare LF."""
        self._early = b""

    def receive_run(self, octets: bytes, ends: Sequence[int], marks: Sequence[Mark]) -> None:
        """Take the next octets (see ``runs``)."""
        self._mark, self._ends, self._marks = marks[-1], ends, marks
        position, end = 0, len(octets)
        while position < end and self._mode is not _TLS:
            position = self._read(self, octets, position)
        if position:
            self.digest.add(octets, position)
        if position < end:
            self._handshake.receive_run(octets, ends, position)
        self._ends = self._marks = ()

    def pass_text(self, meter: TextMeter, octets: int, mark: Mark, *, ended: bool) -> None:
        """Take message text that was measured by another one, from its beginning; 354 was the last word.

        Args:
            meter: what measured it.
            octets: its size on the wire.
            mark: of its last segment.
            ended: it is complete, with its final dot.
        """
        self._mark = mark
        self._message.measured(meter)
        self.digest.count(octets)
        if ended:
            self._message.end_text(mark, seen=True)
            self._enter(_COMMAND)

    def gap(self, length: int, mark: Mark) -> None:
        """Octets are missing here."""
        if self._mode is _TLS:
            return
        self._mark = mark
        self.digest.miss()
        self._conversation.missing_octets += length
        self._message.miss()
        if self._mode is _CHUNK and length <= self._message.chunk_left:
            self._message.take_chunk(length, mark)
            self._leave_chunk()
        elif self._mode is not _TEXT:
            self._lose()

    def begin_tls(self, *, implicit: bool, mark: Mark) -> None:
        """TLS begins: from here on nothing is read but the ClientHello."""
        self._lines.clear()
        self._enter(_TLS)
        self.encrypted = self._starttls is None
        self._handshake.begin(implicit=implicit, mark=mark)

    def before_reply(self, code: int) -> None:
        """A reply is about to be paired: a verdict within message text means that the text has ended."""
        if self._mode is not _TEXT or code == _CLOSING or not self._conversation.pairing.idle:
            return
        if self._message.looks_ended:
            self._message.trust_end(self._mark)
            self._enter(_COMMAND)
        elif self._message.ended_unseen:
            self._message.end_text(self._mark, seen=False)
            self._lose()

    def replied(self, code: int, asked: Asked | None, mark: Mark) -> None:
        """A reply to *asked* (``None``: nobody knows to what) was seen: what does it make of the octets to come?"""
        if asked is not None and asked is self._starttls:
            self._starttls_answered(code, mark)
        elif code == _TEXT_MAY_COME:
            self._text_allowed(asked)
        elif self._mode is _EARLY and asked is self._data and code >= _REFUSED:
            self._data_refused()
        elif self._mode is _LOST or (self._mode is _TEXT and not self._message.sure):
            self._server_spoke(code)

    def finish(self) -> None:
        """No more will come."""
        if self._mode is _TEXT:
            self._message.cut_short()
        self._handshake.finish()

    def _enter(self, mode: Mode) -> None:
        self._mode = mode
        self._read = self._READERS[mode]

    def _mark_before(self, position: int) -> Mark:
        return mark_before(position, self._ends, self._marks)

    # What each mode reads

    def _read_lost(self, octets: bytes, start: int) -> int:
        if self._tls_begins(octets, start):
            return start
        line, position = self._lines.read(octets, start)
        if line is None:
            return position
        if UNMISTAKABLE.match(line) or self._conversation.challenged:
            self._enter(_COMMAND)
            self._command(line, self._mark_before(position), bare=self._lines.bare)
        elif line == b".":
            self._message.lone_dot(self._mark_before(position))
            self._enter(_COMMAND)
        else:
            self._misfit(line)
        return position

    def _read_command(self, octets: bytes, start: int) -> int:
        if (self._starttls or not self.digest.whole) and self._tls_begins(octets, start):
            return start
        line, position = self._lines.read(octets, start)
        if line is not None:
            mark = self._mark if len(self._marks) == 1 else self._mark_before(position)
            self._command(line, mark, bare=self._lines.bare)
        return position

    def _read_early(self, octets: bytes, start: int) -> int:
        limit = start + MAX_EARLY - len(self._early)
        newline = octets.find(b"\n", start, limit)
        if newline < 0 and len(octets) < limit:
            self._early += octets[start:]
            return len(octets)
        line = (self._early + octets[start:newline]).rstrip(b"\r") if newline >= 0 else b""
        if not UNMISTAKABLE.match(line):
            self._begin_early_text()
            return start
        self._early = b""
        self._enter(_COMMAND)
        self._command(line, self._mark_before(newline + 1), bare=False)
        return newline + 1

    def _read_text(self, octets: bytes, start: int) -> int:
        end = self._message.read_text(octets, start)
        if end is None:
            return len(octets)
        self._message.end_text(self._mark_before(end), seen=True)
        self._enter(_COMMAND)
        return end

    def _read_chunk(self, octets: bytes, start: int) -> int:
        end = min(start + self._message.chunk_left, len(octets))
        position = self._message.read_chunk(octets, start, self._mark_before(end))
        self._leave_chunk()
        return position

    def _read_nothing(self, _octets: bytes, start: int) -> int:
        return start

    # What leads from one mode to another

    def _misfit(self, line: bytes) -> None:
        """Behind a gap a line may be the rest of a command; a second one, or any at the start, is message text."""
        self._conversation.withhold(line)
        if self._fragments or self.digest.whole:
            self._begin_text(None, sure=False)
        self._fragments += 1

    def _tls_begins(self, octets: bytes, start: int) -> bool:
        """TLS is expected behind STARTTLS, or where STARTTLS may be in a gap."""
        if self._starttls is None and self.digest.whole:
            return False
        if self._lines.length or octets[start] not in _TLS_FIRST_OCTETS:
            return False
        self.begin_tls(implicit=False, mark=self._mark_before(start + 1))
        return True

    def _command(self, line: bytes, mark: Mark, *, bare: bool) -> None:
        parsed, asked = self._conversation.line(line, mark)
        verb = parsed.verb
        if verb == b"DATA":
            self._data, self._bare = asked, bare
            self._enter(_EARLY)
        elif verb == b"STARTTLS":
            self._starttls = asked
        elif verb == b"BDAT":
            size = chunk_size(parsed.argument)
            if size is not None:
                self._begin_chunk(asked, *size, mark)

    def _begin_chunk(self, command: Asked | None, size: int, last: bool, mark: Mark) -> None:
        self._message.begin_chunk(command, size, last=last)
        self._message.take_chunk(0, mark)
        self._enter(_CHUNK)
        self._leave_chunk()

    def _leave_chunk(self) -> None:
        if not self._message.chunk_left:
            self._enter(_COMMAND)

    def _begin_text(self, data: Asked | None, *, sure: bool) -> None:
        self._lines.clear()
        self._message.begin_text(data, bare=self._bare, sure=sure)
        self._enter(_TEXT)

    def _begin_early_text(self) -> None:
        early, self._early = self._early, b""
        self._begin_text(self._data, sure=True)
        if early:
            self._message.read_text(early, 0)

    def _text_allowed(self, asked: Asked | None) -> None:
        """354 was seen; in COMMAND it may come behind a text that did not wait for it."""
        data = asked if asked is not None and asked.step is Step.DATA else None
        if self._mode is _EARLY:
            self._begin_early_text()
        elif self._mode is _TEXT:
            self._message.sure = True
        elif self._mode is _LOST or (self._mode is _COMMAND and data is None):
            size = binary_size(asked.command) if asked is not None and asked.command else None
            if size is None:
                self._begin_text(data, sure=True)
            else:
                self._begin_chunk(None, size, False, self._mark)

    def _data_refused(self) -> None:
        """The client will not send text: what it has begun to say is a command."""
        early, self._early = self._early, b""
        self._enter(_COMMAND)
        self._lines.read(early, 0)

    def _starttls_answered(self, code: int, mark: Mark) -> None:
        self._starttls = None
        self.encrypted = self._mode is _TLS
        if code < _REFUSED and self._mode is not _TLS:
            self.begin_tls(implicit=False, mark=mark)
        elif code >= _REFUSED and self._mode is _TLS:
            self._handshake.undo()
            self.digest.miss()
            self._lose()

    def _lose(self) -> None:
        self._lines.clear()
        self._early = b""
        self._fragments = 0
        self._starttls = None
        self.encrypted = False
        self._enter(_LOST)
        self._conversation.doubt(replies_lost=False)

    def _server_spoke(self, code: int) -> None:
        """It does so between commands only, so the client is not within message text; 421 may come at any time."""
        if code != _CLOSING:
            self._enter(_COMMAND)

    _READERS: ClassVar[dict[Mode, Callable[["ClientSide", bytes, int], int]]] = {
        _LOST: _read_lost,
        _COMMAND: _read_command,
        _EARLY: _read_early,
        _TEXT: _read_text,
        _CHUNK: _read_chunk,
        _TLS: _read_nothing,
    }
