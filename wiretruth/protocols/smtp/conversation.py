"""What both sides share: what was said, what waits for a reply, and what a reply changes."""

from typing import NamedTuple

from wiretruth.model.frames import Mark
from wiretruth.model.smtp import Command, Reply, Step
from wiretruth.model.tls import TlsStart
from wiretruth.octets import printable
from wiretruth.protocols.smtp.commands import UNMISTAKABLE, UNREADABLE, CommandLine, parse_command
from wiretruth.protocols.smtp.pairing import Asked, Pairing
from wiretruth.protocols.smtp.paths import parse_path
from wiretruth.protocols.smtp.record import Record
from wiretruth.protocols.smtp.secrets import SecretMemory, mechanism
from wiretruth.protocols.smtp.transactions import Transactions

_REFUSED = 400
_TEXT_MAY_COME = 354
_CHALLENGE = 334
_OF_AUTH = frozenset({235, 334, 432, 534, 535, 538})
"""Codes that only AUTH gets (RFC 4954 §6, RFC 2554 §6), whichever command they seem to answer."""


class Cue(NamedTuple):
    """What a reply means for the octets that the client sends next."""

    reply: Reply
    asked: Asked | None
    """What it answers, if that is known."""


class Conversation:
    """One dialogue as it grows. The client's side puts commands in, the server's side replies."""

    __slots__ = (
        "_auth_open",
        "_auth_possible",
        "_challenged",
        "_secrets",
        "extensions",
        "greeting",
        "helo",
        "mechanisms",
        "missing_octets",
        "pairing",
        "record",
        "tls",
        "transactions",
    )

    def __init__(self, at: int, frame: int) -> None:
        self.record = Record()
        self.pairing = Pairing(at, frame)
        self.transactions = Transactions()
        self.greeting: Reply | None = None
        self.helo: str | None = None
        self.extensions: tuple[str, ...] = ()
        self.mechanisms: list[str] = []
        self.tls: TlsStart | None = None
        self.missing_octets = 0
        self._secrets = SecretMemory()
        self._auth_possible = True
        """AUTH was sent, or may have been where nobody saw it: a line that is no command may be its secret."""
        self._auth_open = False
        """AUTH was sent, and its last reply was not seen."""
        self._challenged = False
        """The server's last word was 334: whatever the client sends is a secret."""

    @property
    def challenged(self) -> bool:
        """The next line is the response to a challenge."""
        return self._challenged

    def line(self, octets: bytes, mark: Mark) -> tuple[CommandLine, Asked]:
        """Take one line that the client sent outside of message text."""
        if self._challenged or (self._auth_open and not UNMISTAKABLE.match(octets.strip())):
            self._challenged = False
            self._secrets.remember(octets)
            parsed = CommandLine(b"AUTH", b"", Step.AUTH, known=False)
            return parsed, self._expect(parsed, "AUTH", "", mark)
        parsed = parse_command(octets)
        if parsed.step is Step.AUTH:
            return parsed, self._expect(parsed, "AUTH", self._begin_auth(parsed.argument), mark)
        if not parsed.known and octets:
            self._secrets.remember(octets)
        verb = parsed.shown_verb if parsed.known or not self._auth_possible else UNREADABLE
        asked = self._expect(parsed, verb, parsed.shown_argument, mark)
        self._apply_command(parsed, asked, mark)
        return parsed, asked

    def withhold(self, octets: bytes) -> None:
        """Take a line that nobody can place: it is not shown, and no reply shall repeat it."""
        self.pairing.begin_later()
        self._secrets.remember(octets)

    def end_of_text(self, end: Asked, data: Asked | None) -> None:
        """The message text that *data* announced is complete, and the verdict is awaited."""
        self.pairing.expect(end, keep=not self.record.dropped)
        if data is not None:
            data.end = end

    def reply(self, reply: Reply) -> Cue:
        """Take one reply of the server."""
        asked = self.pairing.match(reply.code, reply.enhanced)
        if asked is None or asked.veiled or reply.code in _OF_AUTH:
            reply = self._secrets.veil(reply)
        self.record.note(reply)
        if reply.code == _CHALLENGE and not self.pairing.waits(Step.AUTH):
            self._challenged = self._auth_open = self._auth_possible = True
        if asked is not None:
            asked.reply = reply
            self._apply_reply(asked, reply)
        return Cue(reply, asked)

    def doubt(self, *, replies_lost: bool) -> None:
        """Octets of one side are missing."""
        self.pairing.doubt(replies_lost=replies_lost)
        if not replies_lost:
            self.transactions.may_have_missed_mail = self._auth_possible = True

    def _begin_auth(self, argument: bytes) -> str:
        self._auth_possible = self._auth_open = True
        name = mechanism(argument)
        self._secrets.remember(argument[len(name) :])
        if name and name not in self.mechanisms:
            self.mechanisms.append(name)
        return name

    def _expect(self, parsed: CommandLine, verb: str, argument: str, mark: Mark) -> Asked:
        command = Command(mark.at, mark.frame, verb, argument)
        asked = Asked(parsed.step, command, mark.at, mark.frame, veiled=not parsed.known)
        asked.optional = not parsed.verb and not parsed.argument
        self.pairing.expect(asked, keep=self.record.note(command))
        return asked

    def _apply_command(self, parsed: CommandLine, asked: Asked, mark: Mark) -> None:
        transactions = self.transactions
        match parsed.step:
            case Step.MAIL:
                path = parse_path(parsed.argument)
                asked.draft = transactions.mail(mark.at, mark.frame, path.mailbox)
            case Step.RCPT:
                path = parse_path(parsed.argument)
                asked.recipient = transactions.rcpt(mark.at, mark.frame, path.mailbox)
            case Step.DATA:
                asked.draft = transactions.open_draft(mark.at, mark.frame)
            case Step.EHLO:
                self.helo = printable(parsed.argument)
                transactions.reset()
            case _ if parsed.verb == b"RSET":
                transactions.reset()

    def _apply_reply(self, asked: Asked, reply: Reply) -> None:
        match asked.step:
            case Step.BANNER:
                self.greeting = reply
                self.transactions.may_have_missed_mail = False
                self._auth_possible = reply.code >= _REFUSED
            case Step.EHLO if reply.code < _REFUSED:
                self._introduced(asked, reply)
            case Step.AUTH if reply.code != _CHALLENGE and not self.pairing.waits(Step.AUTH):
                self._auth_open = False
            case Step.MAIL if asked.draft:
                self.transactions.mail_answered(asked.draft, reply)
            case Step.RCPT if asked.recipient:
                asked.recipient.reply = reply
            case Step.DATA:
                self._data_answered(asked, reply)
            case Step.END_OF_DATA if asked.draft:
                asked.draft.reply = reply

    def _introduced(self, asked: Asked, reply: Reply) -> None:
        if asked.command is not None and asked.command.verb == "EHLO":
            self.extensions = reply.lines[1:]

    def _data_answered(self, asked: Asked, reply: Reply) -> None:
        """A chunk that is taken says nothing yet; a chunk that is refused, and 354, are the reply to DATA."""
        if asked.draft is not None and (reply.code == _TEXT_MAY_COME or reply.code >= _REFUSED):
            asked.draft.data_reply = reply
        if asked.end is not None and reply.code >= _REFUSED:
            self._text_was_commands(asked.end)

    def _text_was_commands(self, end: Asked) -> None:
        """Text was sent behind a DATA that was refused: the server took each line of it for a command."""
        end.void = True
        if end.draft is not None:
            end.draft.ended_at = end.draft.ended_frame = None
        self.pairing.expect_noise()
