"""The mail data of one transaction as it passes: text after DATA, or the chunks of BDAT. Measured, never kept."""

from wiretruth.model.frames import Mark
from wiretruth.model.smtp import Step
from wiretruth.protocols.smtp.conversation import Conversation
from wiretruth.protocols.smtp.headers import HeaderReader, Room
from wiretruth.protocols.smtp.pairing import Asked
from wiretruth.protocols.smtp.text import TextMeter
from wiretruth.protocols.smtp.transactions import Draft

_REFUSED = 400


class MessageReader:
    """Follows the text or the chunk at hand to its end, and tells the conversation when it is complete."""

    __slots__ = ("_chunk_last", "_chunk_left", "_conversation", "_data", "_gap", "_header", "_meter", "_room", "sure")

    def __init__(self, conversation: Conversation, *, headers: bool = False) -> None:
        self._conversation = conversation
        self._room = Room() if headers else None
        """For header sections, where somebody asks for them."""
        self._header: HeaderReader | None = None
        self._data: Asked | None = None
        """The DATA or BDAT that this belongs to; ``None`` where it was not seen."""
        self._meter = TextMeter()
        self._gap = False
        self._chunk_left = 0
        self._chunk_last = False
        self.sure = True
        """A 354 or a DATA was seen; else only the shape of the lines speaks for message text."""

    @property
    def _draft(self) -> Draft | None:
        return self._data.draft if self._data else self._conversation.transactions.current

    @property
    def chunk_left(self) -> int:
        """Octets of the chunk that are still to come."""
        return self._chunk_left

    @property
    def ended_unseen(self) -> bool:
        """The end may have passed in octets that are missing."""
        return self._gap and self.sure

    @property
    def looks_ended(self) -> bool:
        """The last octets are an end, if the server takes a bare LF for a line end."""
        return self._meter.looks_ended

    def begin_text(self, data: Asked | None, *, bare: bool, sure: bool) -> None:
        """Message text begins with the next octet, at the start of a line."""
        self._data, self.sure, self._gap = data, sure, False
        self._meter = TextMeter(bare=bare)
        self._header = None
        if sure and self._draft is not None:
            self._draft.text_begun = True
            self._begin_header(self._draft, stuffed=True)

    def read_text(self, octets: bytes, start: int) -> int | None:
        """Read on; gives where the octets behind the final dot begin, once it is there: the text is to be ended then."""
        end = self._meter.read(octets, start)
        if self._header is not None:
            self._header.read(octets, start, len(octets) if end is None else end)
        return end

    def measured(self, meter: TextMeter) -> None:
        """The text so far was read by another one."""
        self._meter = meter

    def miss(self) -> None:
        """Octets are missing."""
        self._meter.miss()
        self._gap = True
        if self._header is not None:
            self._header.miss()

    def trust_end(self, mark: Mark) -> None:
        """The server replied: what looked like the end was the end."""
        self._meter.trust_end()
        self.end_text(mark, seen=True)

    def end_text(self, mark: Mark, *, seen: bool) -> None:
        """The text is complete; *seen* where its final dot was.

        Behind a DATA that was refused there is no message: the server takes each line for a command.
        """
        draft, data = self._draft, self._data
        refused = data is not None and data.reply is not None and data.reply.code >= _REFUSED
        if draft is not None:
            draft.octets = self._meter.octets
            draft.text_begun = True
            if seen and not refused:
                draft.end(mark.at, mark.frame)
        if not refused:
            self._conversation.end_of_text(Asked(Step.END_OF_DATA, None, mark.at, mark.frame, draft=draft), data)
        self._conversation.transactions.reset()
        self._data = None

    def lone_dot(self, mark: Mark) -> None:
        """A dot alone on a line, where nobody knows what came before: the end of a text that was not seen."""
        self.begin_text(None, bare=False, sure=False)
        self.end_text(mark, seen=True)

    def cut_short(self) -> None:
        """No more of the text will come."""
        if self.sure and self._draft is not None:
            self._draft.octets = self._meter.octets

    def begin_chunk(self, command: Asked | None, size: int, *, last: bool) -> None:
        """A chunk begins with the next octet; without a *command*, octets that are no message."""
        self._data, self._chunk_left, self._chunk_last = command, size, last
        self._header = None
        if command is not None and command.draft is not None:
            command.draft.text_begun = True
            self._begin_header(command.draft, stuffed=False)

    def read_chunk(self, octets: bytes, start: int, mark: Mark) -> int:
        """Read on; gives where it stopped, which is the end of the chunk once nothing of it is left."""
        taken = min(self._chunk_left, len(octets) - start)
        if self._header is not None:
            self._header.read(octets, start, start + taken)
        if self._data is not None and self._data.draft is not None:
            self._data.draft.octets += taken
        self.take_chunk(taken, mark)
        return start + taken

    def take_chunk(self, length: int, mark: Mark) -> None:
        """So many octets of the chunk have passed, seen or not."""
        self._chunk_left -= length
        if not self._chunk_left and self._chunk_last and self._data is not None:
            self._conversation.pairing.completed(self._data, mark.at, mark.frame)
            if self._data.draft is not None:
                self._data.draft.end(mark.at, mark.frame)
            self._conversation.transactions.reset()

    def _begin_header(self, draft: Draft, *, stuffed: bool) -> None:
        """The chunks of a message have one header section."""
        if self._room is not None:
            draft.header = draft.header or HeaderReader(self._room, stuffed=stuffed)
            self._header = draft.header
