"""The server's direction: replies, and nothing but replies (RFC 5321 §4.2)."""

from wiretruth.model.frames import Mark
from wiretruth.protocols.smtp.client_side import ClientSide
from wiretruth.protocols.smtp.conversation import Conversation
from wiretruth.protocols.smtp.digest import DigestMaker
from wiretruth.protocols.smtp.lines import LineReader
from wiretruth.protocols.smtp.replies import ReplyAssembler, parse_reply_line

_WHERE = "SMTP reply"


class ServerSide:
    """Reads what the server sends, pairs it, and lets the client's side know."""

    def __init__(self, conversation: Conversation, client: ClientSide) -> None:
        self._conversation = conversation
        self._client = client
        self._lines = LineReader()
        self._reply = ReplyAssembler()
        self._digest = DigestMaker()
        self._lost = True
        """The first line may be the rest of one that was not seen."""

    @property
    def digest(self) -> DigestMaker:
        """The measure of what could be read."""
        return self._digest

    def receive(self, octets: bytes, mark: Mark) -> None:
        """Take the next octets."""
        position, end, read = 0, len(octets), self._lines.read
        while position < end and not self._client.encrypted:
            line, position = read(octets, position)
            if line is not None:
                self._line(line.octets, mark, self._digest.octets + position - line.length)
        if position:
            self._digest.add(octets if position == end else octets[:position])

    def gap(self, length: int) -> None:
        """Octets are missing here."""
        if self._client.encrypted:
            return
        self._digest.miss()
        self._conversation.missing_octets += length
        self._conversation.doubt(replies_lost=True)
        self._lines.clear()
        self._reply.clear()
        self._lost = True

    def _line(self, octets: bytes, mark: Mark, offset: int) -> None:
        line = parse_reply_line(octets)
        lost, self._lost = self._lost, False
        if line is None:
            if not lost:
                self._no_reply_line(octets, mark, offset)
            return
        if not line.well_formed:
            self._fault(offset + 3, "a blank or a hyphen behind the reply code", "another octet", mark)
        if self._reply.begun not in (0, line.code):
            self._fault(offset, f"reply code {self._reply.begun} again", f"reply code {line.code}", mark)
        reply = self._reply.add(line, mark.at, mark.frame)
        if reply is not None:
            self._client.before_reply(reply.code)
            self._client.cue(self._conversation.reply(reply), mark)

    def _no_reply_line(self, octets: bytes, mark: Mark, offset: int) -> None:
        self._fault(offset, "a reply code", f"a line of {len(octets)} octets that has none", mark)
        if self._reply.begun:
            self._reply.add_text(octets)

    def _fault(self, offset: int, expected: str, got: str, mark: Mark) -> None:
        self._conversation.record.fault(_WHERE, offset, expected, got, mark.frame)
