"""The server's direction: replies, and nothing but replies (RFC 5321 §4.2)."""

from collections.abc import Sequence

from wiretruth.model.frames import Mark
from wiretruth.model.smtp import Reply
from wiretruth.protocols.smtp.client_side import ClientSide
from wiretruth.protocols.smtp.conversation import Conversation
from wiretruth.protocols.smtp.digest import DigestMaker
from wiretruth.protocols.smtp.lines import LineReader
from wiretruth.protocols.smtp.replies import ReplyAssembler, Said, parse_reply_line, read_tidy, remembered_tidy
from wiretruth.protocols.smtp.runs import mark_before

_WHERE = "SMTP reply"


class ServerSide:
    """Reads what the server sends, pairs it, and lets the client's side know."""

    __slots__ = ("_between", "_client", "_conversation", "_lines", "_lost", "_reply", "digest")

    def __init__(self, conversation: Conversation, client: ClientSide, *, digests: bool = True) -> None:
        self._conversation = conversation
        self._client = client
        self._lines = LineReader()
        self._reply = ReplyAssembler()
        self._between = True
        """No line and no reply is begun."""
        self.digest = DigestMaker(hashed=digests)
        """The measure of what could be read."""
        self._lost = True
        """The first line may be the rest of one that was not seen."""

    def receive_run(self, octets: bytes, ends: Sequence[int], marks: Sequence[Mark]) -> None:
        """Take the next octets (see ``runs``)."""
        if self._client.encrypted:
            if self._conversation.flight is not None and not self._conversation.flight.done:
                self._conversation.flight.receive(octets)
            return
        said = None
        if self._between:  # what may repeat a secret is not remembered beyond the dialogue
            said = read_tidy(octets) if self._conversation.withholds else remembered_tidy(octets)
        position = self._read_lines(octets, ends, marks) if said is None else self._hear(said, ends, marks)
        if position:
            self.digest.add(octets, position)

    def _hear(self, replies: tuple[Said, ...], ends: Sequence[int], marks: Sequence[Mark]) -> int:
        self._lost = False
        client, reply = self._client, self._conversation.reply
        position = 0
        for code, enhanced, lines, position in replies:
            mark = marks[0] if len(marks) == 1 else mark_before(position, ends, marks)
            client.before_reply(code)
            client.replied(code, reply(Reply(mark.at, mark.frame, code, enhanced, lines)), mark)
            if client.encrypted:
                break
        return position

    def _read_lines(self, octets: bytes, ends: Sequence[int], marks: Sequence[Mark]) -> int:
        position, end = 0, len(octets)
        while position < end and not self._client.encrypted:
            line, position = self._lines.read(octets, position)
            if line is not None:
                mark = mark_before(position, ends, marks)
                self._line(line, mark, self.digest.octets + position - self._lines.taken)
        self._between = not self._lines.length and not self._reply.begun
        return position

    def gap(self, length: int) -> None:
        """Octets are missing here."""
        if self._client.encrypted:
            if self._conversation.flight is not None:
                self._conversation.flight.end()
            return
        self.digest.miss()
        self._conversation.missing_octets += length
        self._conversation.doubt(replies_lost=True)
        self._lines.clear()
        self._reply.clear()
        self._lost = self._between = True

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
            self._client.replied(reply.code, self._conversation.reply(reply), mark)

    def _no_reply_line(self, octets: bytes, mark: Mark, offset: int) -> None:
        self._fault(offset, "a reply code", f"a line of {len(octets)} octets that has none", mark)
        if self._reply.begun:
            self._reply.add_text(octets)

    def _fault(self, offset: int, expected: str, got: str, mark: Mark) -> None:
        self._conversation.record.fault(_WHERE, offset, expected, got, mark.frame)
