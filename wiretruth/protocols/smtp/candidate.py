"""A connection that may prove to be SMTP: its octets are held until that is known, then read, or let go."""

from collections.abc import Sequence

from wiretruth.model.frames import Mark
from wiretruth.model.packet import Endpoint
from wiretruth.model.smtp import Dialogue
from wiretruth.protocols.smtp.client_side import ClientSide
from wiretruth.protocols.smtp.dialogue import DialogueParser
from wiretruth.protocols.smtp.recognition import MAIL_PORTS, RECOGNITION_LIMIT, Recognition, Verdict, recognise
from wiretruth.protocols.smtp.server_side import ServerSide
from wiretruth.protocols.smtp.text import TextMeter

_Piece = tuple[bool, Mark, bytes | int]
"""From the client; when and in which frame; octets, or how many are missing."""

MAX_HELD_PIECES = 256
"""Pieces held of a connection nobody has recognised: a patient typist's greeting and commands, octet by octet."""

MAX_HELD_OCTETS = 16 * 1024
"""Octets held likewise: a segment may have some thousands, and few connections stay unrecognised behind the first."""

_NEED_MORE, _NOT = Recognition(Verdict.NEED_MORE), Recognition(Verdict.NOT)


class Candidate:
    """Recognises and reads one connection. Feed it everything; ask it at the end.

    On a mail port a client may send more than RECOGNITION_LIMIT octets before the server is heard (a capture that
    begins within a message); these are read on trust, and the dialogue is given only if the server proves it.
    """

    __slots__ = (
        "_digests",
        "_first",
        "_headers",
        "_held",
        "_held_octets",
        "_identity",
        "_parser",
        "_recognition",
        "_sides",
    )

    def __init__(
        self,
        serial: int,
        vantage: str,
        client: Endpoint,
        server: Endpoint,
        at: int,
        *,
        frame: int = 0,
        digests: bool = True,
        headers: bool = False,
    ) -> None:
        """Open a candidate; roles as presumed by whoever saw the connection open; *digests*, *headers* as in DialogueParser."""
        self._digests, self._headers = digests, headers
        self._identity = (serial, vantage, client, server, at, frame)
        self._first = [b"", b""]
        """First octets of the server and of the client."""
        self._held: list[_Piece] = []
        self._held_octets = 0
        self._recognition = _NEED_MORE
        self._parser: DialogueParser | None = None
        self._sides: tuple[ServerSide | ClientSide, ServerSide | ClientSide] | None = None
        """Of the parser, as the presumed server and client; once they are known to speak SMTP."""

    @property
    def recognition(self) -> Recognition:
        """What is known so far; with NOT, nothing more need be fed."""
        return self._recognition

    def receive(self, from_client: bool, at: int, frame: int, octets: bytes) -> None:
        """Take the next octets of one direction."""
        self.receive_run(from_client, octets, (len(octets),), (Mark(at, frame),))

    def receive_run(self, from_client: bool, octets: bytes, ends: Sequence[int], marks: Sequence[Mark]) -> None:
        """Take the next segments of one direction at once, joined: see ``DialogueParser.receive_run``.

        Until the protocol is known they are looked at one by one, so that the verdict does not depend on the joining.
        """
        if self._sides is not None:
            self._sides[from_client].receive_run(octets, ends, marks)
        else:
            self._receive_unknown(from_client, octets, ends, marks)

    def pass_text(self, meter: TextMeter, octets: int, mark: Mark, *, ended: bool) -> None:
        """Take message text that was measured before, of a dialogue that is known to be SMTP: see ``ClientSide.pass_text``."""
        if self._parser is not None:
            self._parser.sides[True].pass_text(meter, octets, mark, ended=ended)

    def gap(self, from_client: bool, at: int, frame: int, length: int) -> None:
        """Octets of one direction are missing and will never come."""
        self._pass((from_client, Mark(at, frame), length))

    def finish(self, at: int) -> Dialogue | None:
        """Give the dialogue; ``None`` where this was not recognised as SMTP."""
        proven = self._recognition.verdict in (Verdict.SMTP, Verdict.IMPLICIT_TLS)
        return self._parser.finish(at) if proven and self._parser else None

    def _receive_unknown(self, from_client: bool, octets: bytes, ends: Sequence[int], marks: Sequence[Mark]) -> None:
        start = 0
        for taken, end in enumerate(ends, 1):
            if self._recognition.verdict is not Verdict.NEED_MORE:
                break
            piece = octets[start:end]
            self._look(from_client, piece)
            self._pass((from_client, marks[taken - 1], piece))
            start = end
        if self._sides is not None and start < len(octets):
            rest = [end - start for end in ends if end > start]
            self._sides[from_client].receive_run(octets[start:], rest, marks[-len(rest) :])

    def _look(self, from_client: bool, octets: bytes) -> None:
        first = self._first
        if len(first[from_client]) >= RECOGNITION_LIMIT:
            return
        first[from_client] += octets[: RECOGNITION_LIMIT - len(first[from_client])]
        self._recognition = recognise(first[True], first[False], self._identity[3].port)
        if self._recognition.verdict is Verdict.NOT or (self._parser and self._recognition.reversed):
            self._recognition, self._parser, self._held = _NOT, None, []
        elif self._recognition.verdict is not Verdict.NEED_MORE:
            self._first = [b"", b""]
            sides = self._start().sides
            self._sides = sides[::-1] if self._recognition.reversed else sides

    def _start(self) -> DialogueParser:
        if self._parser is not None:
            return self._parser
        serial, vantage, client, server, at, frame = self._identity
        if self._recognition.reversed:
            client, server = server, client
        implicit = self._recognition.verdict is Verdict.IMPLICIT_TLS
        parser = self._parser = DialogueParser(
            serial,
            vantage,
            client,
            server,
            at,
            frame=frame,
            implicit_tls=implicit,
            digests=self._digests,
            headers=self._headers,
        )
        held, self._held = self._held, []
        for piece in held:
            self._feed(parser, piece)
        return parser

    def _pass(self, piece: _Piece) -> None:
        if self._parser is not None:
            self._feed(self._parser, piece)
        elif self._recognition.verdict is Verdict.NEED_MORE:
            self._hold(piece)

    def _hold(self, piece: _Piece) -> None:
        self._held.append(piece)
        self._held_octets += len(piece[2]) if isinstance(piece[2], bytes) else 0
        if self._held_octets <= MAX_HELD_OCTETS and len(self._held) <= MAX_HELD_PIECES:
            return
        if self._identity[3].port in MAIL_PORTS:
            self._start()
        else:
            self._recognition, self._held = _NOT, []

    def _feed(self, parser: DialogueParser, piece: _Piece) -> None:
        from_client, mark, what = piece
        from_client ^= self._recognition.reversed
        if isinstance(what, bytes):
            parser.receive_run(from_client, what, (len(what),), (mark,))
        else:
            parser.gap(from_client, mark.at, mark.frame, what)
