"""The client's direction: lines, message text, chunks, TLS.

What the next octets are depends on what the client said and on what the server replied:

    LOST     nobody knows: the capture begins here, or octets are missing. The shape of a line decides, or the server.
    COMMAND  command lines, and the lines of AUTH.
    EARLY    DATA has no reply yet. RFC 2920 has the client wait; one that does not sends text, or was already refused.
    TEXT     message text, up to the final dot.
    CHUNK    so many octets of BDAT (RFC 3030).
    TLS      nothing that may be read but the ClientHello.
"""

import enum

from wiretruth.model.frames import Mark
from wiretruth.model.smtp import Step
from wiretruth.model.tls import TlsStart
from wiretruth.protocols.smtp.commands import UNMISTAKABLE, CommandLine, binary_size, chunk_size
from wiretruth.protocols.smtp.conversation import Conversation, Cue
from wiretruth.protocols.smtp.digest import DigestMaker
from wiretruth.protocols.smtp.lines import Line, LineReader
from wiretruth.protocols.smtp.pairing import Asked
from wiretruth.protocols.smtp.text import TextMeter
from wiretruth.protocols.smtp.transactions import Draft
from wiretruth.protocols.tls.client_hello import ClientHelloReader

MAX_EARLY = 600
"""Octets of the first line behind an unanswered DATA that may still be a command (RFC 5321 §4.5.3.1.4: 512)."""

_TLS_FIRST_OCTETS = (0x16, 0x80)
"""A handshake record, or an SSL 2.0 ClientHello; no command begins so."""

_REFUSED = 400
_CLOSING = 421
_TEXT_MAY_COME = 354


class Mode(enum.Enum):
    """What the next octets of the client are."""

    LOST = enum.auto()
    COMMAND = enum.auto()
    EARLY = enum.auto()
    TEXT = enum.auto()
    CHUNK = enum.auto()
    TLS = enum.auto()


class ClientSide:
    """Reads what the client sends, and is told what the server replies."""

    def __init__(self, conversation: Conversation, mark: Mark) -> None:
        self._conversation = conversation
        self._mark = mark
        self._mode = Mode.LOST
        self._lines = LineReader()
        self._digest = DigestMaker()
        self._hello = ClientHelloReader()
        self._readers = {
            Mode.LOST: self._read_lost,
            Mode.COMMAND: self._read_command,
            Mode.EARLY: self._read_early,
            Mode.TEXT: self._read_text,
            Mode.CHUNK: self._read_chunk,
        }
        self._fragments = 0
        """Lines seen in LOST that are no commands."""
        self._starttls: Asked | None = None
        """STARTTLS without a reply."""
        self._data: Asked | None = None
        """The DATA or BDAT that the text or chunk belongs to; ``None`` where it was not seen."""
        self._bare = False
        self._early = b""
        self._meter = TextMeter()
        self._text_sure = True
        self._text_gap = False
        self._chunk_left = 0
        self._chunk_last = False

    @property
    def encrypted(self) -> bool:
        """TLS has begun, and the server agreed."""
        return self._mode is Mode.TLS and self._starttls is None

    @property
    def digest(self) -> DigestMaker:
        """The measure of what could be read."""
        return self._digest

    def receive(self, octets: bytes, mark: Mark) -> None:
        """Take the next octets."""
        self._mark = mark
        position, end = 0, len(octets)
        while position < end and self._mode is not Mode.TLS:
            position = self._readers[self._mode](octets, position)
        if position:
            self._digest.add(octets if position == end else octets[:position])
        if position < end:
            self._hello.receive(octets[position:])

    def gap(self, length: int, mark: Mark) -> None:
        """Octets are missing here."""
        if self._mode is Mode.TLS:
            return
        self._mark = mark
        self._digest.miss()
        self._conversation.missing_octets += length
        if self._mode is Mode.TEXT:
            self._meter.miss()
            self._text_gap = True
        elif self._mode is Mode.CHUNK and length <= self._chunk_left:
            self._take_chunk(length)
        else:
            self._lose()

    def begin_tls(self, *, implicit: bool, mark: Mark) -> None:
        """TLS begins: from here on nothing is read but the ClientHello."""
        self._lines.clear()
        self._mode = Mode.TLS
        self._starttls = None
        self._conversation.tls = TlsStart(mark.at, mark.frame, implicit)

    def cue(self, cue: Cue, mark: Mark) -> None:
        """A reply was seen: what does it make of the octets to come?"""
        code, asked = cue.reply.code, cue.asked
        if asked is not None and asked is self._starttls:
            self._starttls_answered(code, mark)
        elif code == _TEXT_MAY_COME:
            self._text_allowed(asked)
        elif asked is not None and asked is self._data and asked.step is Step.DATA and code >= _REFUSED:
            self._data_refused()
        elif self._mode is Mode.LOST or (self._mode is Mode.TEXT and not self._text_sure):
            self._settle(code)

    def before_reply(self, code: int) -> None:
        """A reply is about to be paired: a verdict within message text means that the text has ended."""
        if self._mode is not Mode.TEXT or code == _CLOSING or not self._conversation.pairing.idle:
            return
        if self._meter.looks_ended:
            self._meter.trust_end()
            self._end_text(seen=True)
        elif self._text_gap and self._text_sure:
            self._end_text(seen=False)
            self._lose()

    def finish(self) -> None:
        """No more will come."""
        if self._mode is Mode.TEXT and self._text_sure and self._draft is not None:
            self._draft.octets = self._meter.octets
        hello, tls = self._hello.finish(), self._conversation.tls
        if tls is not None and hello is not None:
            self._conversation.tls = TlsStart(tls.at, tls.frame, tls.implicit, hello.server_name, hello.version)

    @property
    def _draft(self) -> Draft | None:
        return self._data.draft if self._data else self._conversation.transactions.current

    # LOST

    def _read_lost(self, octets: bytes, start: int) -> int:
        if not self._digest.whole and not self._lines.length and octets[start] in _TLS_FIRST_OCTETS:
            self.begin_tls(implicit=False, mark=self._mark)
            return start
        line, position = self._lines.read(octets, start)
        if line is None:
            return position
        if UNMISTAKABLE.match(line.octets) or self._conversation.challenged:
            self._mode = Mode.COMMAND
            self._command(line)
        elif line.octets == b".":
            self._data = None
            self._meter = TextMeter(fresh=False)
            self._end_text(seen=True)
        else:
            self._fragments += 1
            if self._fragments > 1:  # the first may be the rest of a command line; a second is message text
                self._begin_text(None, sure=False)
        return position

    def _lose(self) -> None:
        self._lines.clear()
        self._early = b""
        self._mode = Mode.LOST
        self._fragments = 0
        self._starttls = None
        self._conversation.doubt(replies_lost=False)

    def _settle(self, code: int) -> None:
        """The server speaks, so the client is not within message text."""
        if code != _CLOSING:
            self._mode = Mode.COMMAND

    # COMMAND

    def _read_command(self, octets: bytes, start: int) -> int:
        if self._starttls and not self._lines.length and octets[start] in _TLS_FIRST_OCTETS:
            starttls = self._starttls
            self.begin_tls(implicit=False, mark=self._mark)
            self._starttls = starttls
            return start
        line, position = self._lines.read(octets, start)
        if line is not None:
            self._command(line)
        return position

    def _command(self, line: Line) -> None:
        parsed, asked = self._conversation.line(line.octets, self._mark)
        if parsed.verb == b"DATA":
            self._data, self._bare, self._mode = asked, line.bare, Mode.EARLY
        elif parsed.verb == b"BDAT":
            self._begin_chunk(parsed, asked)
        elif parsed.verb == b"STARTTLS":
            self._starttls = asked

    def _starttls_answered(self, code: int, mark: Mark) -> None:
        self._starttls = None
        if code < _REFUSED and self._mode is not Mode.TLS:
            self.begin_tls(implicit=False, mark=mark)
        elif code >= _REFUSED and self._mode is Mode.TLS:
            self._conversation.tls = None
            self._hello = ClientHelloReader()
            self._digest.miss()
            self._lose()

    # EARLY

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
        self._early, self._mode = b"", Mode.COMMAND
        self._command(Line(line, len(line) + 1, bare=False))
        return newline + 1

    def _begin_early_text(self) -> None:
        early, self._early = self._early, b""
        self._begin_text(self._data, sure=True)
        self._meter.read(early, 0)

    # TEXT

    def _begin_text(self, data: Asked | None, *, sure: bool) -> None:
        self._lines.clear()
        self._data, self._text_sure, self._text_gap = data, sure, False
        self._mode = Mode.TEXT
        self._meter = TextMeter(bare=self._bare)
        if sure and self._draft is not None:
            self._draft.text_begun = True

    def _read_text(self, octets: bytes, start: int) -> int:
        end = self._meter.read(octets, start)
        if end is None:
            return len(octets)
        self._end_text(seen=True)
        return end

    def _end_text(self, *, seen: bool) -> None:
        """The text is complete; *seen* where its final dot was."""
        draft, mark = self._draft, self._mark
        refused = self._data is not None and self._data.reply is not None and self._data.reply.code >= _REFUSED
        if draft is not None:
            draft.octets = self._meter.octets
            draft.text_begun = True
            if seen and not refused:
                draft.end(mark.at, mark.frame)
        if not refused:
            end = Asked(Step.END_OF_DATA, None, mark.at, mark.frame, draft=draft)
            self._conversation.end_of_text(end, self._data)
        self._conversation.transactions.reset()
        self._data, self._mode = None, Mode.COMMAND

    def _text_allowed(self, asked: Asked | None) -> None:
        """354 was seen; in COMMAND it may come behind a text that did not wait for it."""
        data = asked if asked is not None and asked.step is Step.DATA else None
        if self._mode is Mode.EARLY:
            self._begin_early_text()
        elif self._mode is Mode.TEXT:
            self._text_sure = True
        elif self._mode is Mode.LOST or (self._mode is Mode.COMMAND and data is None):
            size = binary_size(asked.command) if asked is not None and asked.command else None
            if size is None:
                self._begin_text(data, sure=True)
            else:
                self._chunk_left, self._chunk_last = size, False
                self._data, self._mode = None, Mode.CHUNK
                self._take_chunk(0)

    def _data_refused(self) -> None:
        """The client will not send text; where it did so unasked, its end is no end to the server."""
        if self._mode is Mode.EARLY:
            early, self._early, self._mode = self._early, b"", Mode.COMMAND
            self._lines.read(early, 0)
            self._data = None

    # CHUNK

    def _begin_chunk(self, parsed: CommandLine, asked: Asked) -> None:
        size = chunk_size(parsed.argument)
        if size is None:
            return
        self._chunk_left, self._chunk_last = size
        self._data, self._mode = asked, Mode.CHUNK
        if asked.draft is not None:
            asked.draft.text_begun = True
        self._take_chunk(0)

    def _read_chunk(self, octets: bytes, start: int) -> int:
        taken = min(self._chunk_left, len(octets) - start)
        if self._data is not None and self._data.draft is not None:
            self._data.draft.octets += taken
        self._take_chunk(taken)
        return start + taken

    def _take_chunk(self, length: int) -> None:
        self._chunk_left -= length
        if self._chunk_left:
            return
        if self._chunk_last and self._data is not None:
            self._conversation.pairing.completed(self._data, self._mark.at, self._mark.frame)
            if self._data.draft is not None:
                self._data.draft.end(self._mark.at, self._mark.frame)
            self._conversation.transactions.reset()
        self._data, self._mode = None, Mode.COMMAND
