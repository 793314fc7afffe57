"""What both sides share: what was said, what waits for a reply, and what a reply changes."""

from collections.abc import Callable
from typing import ClassVar

from wiretruth.model.frames import Mark
from wiretruth.model.smtp import Command, Reply, Step
from wiretruth.model.tls import TlsStart
from wiretruth.protocols.smtp.commands import UNMISTAKABLE, UNREADABLE, CommandLine, parse_command
from wiretruth.protocols.smtp.pairing import OF_AUTH, Asked, Pairing
from wiretruth.protocols.smtp.record import Record
from wiretruth.protocols.smtp.secrets import SecretMemory, mechanism
from wiretruth.protocols.smtp.transactions import Transactions
from wiretruth.protocols.smtp.veiling import changed, is_delicate, silenced
from wiretruth.protocols.tls.server_flight import ServerFlightReader

MAX_MECHANISMS = 32
"""Mechanisms of AUTH kept of one dialogue: more than are registered for passwords; a flood of made-up ones is none."""

_REFUSED = 400
_TEXT_MAY_COME = 354
_CHALLENGE = 334


class Conversation:
    """One dialogue as it grows. The client's side puts commands in, the server's side replies."""

    __slots__ = (
        "_auth_open",
        "_auth_possible",
        "_challenged",
        "_delicate",
        "_secrets",
        "extensions",
        "flight",
        "greeting",
        "helo",
        "mechanisms",
        "missing_octets",
        "pairing",
        "record",
        "tls",
        "transactions",
        "withholds",
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
        self.flight: ServerFlightReader | None = None
        """Reads what the server says in the clear once TLS has begun."""
        self.missing_octets = 0
        self._secrets = SecretMemory()
        self._delicate: list[Reply] = []
        """Kept replies that may repeat a secret."""
        self.withholds = False
        """Something was said that no reply may repeat."""
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
            self._remember(octets)
            parsed = CommandLine(b"AUTH", b"", Step.AUTH)
            return parsed, self._expect(parsed, "AUTH", "", mark)
        parsed = parse_command(octets)
        if not parsed.known:
            return parsed, self._unknown(parsed, octets, mark)
        asked = self._expect(parsed, parsed.shown_verb, parsed.shown_argument, mark)
        apply = self._ON_COMMAND.get(parsed.step)
        if apply is not None:
            apply(self, parsed, asked)
        return parsed, asked

    def withhold(self, octets: bytes) -> None:
        """Take a line that nobody can place: it is not shown, and no reply shall repeat it."""
        self.pairing.begin_later()
        self._remember(octets)

    def end_of_text(self, end: Asked, data: Asked | None) -> None:
        """The message text that *data* announced is complete, and the verdict is awaited."""
        self.pairing.expect(end, keep=not self.record.dropped)
        if data is not None:
            data.end = end

    def reply(self, reply: Reply) -> Asked | None:
        """Take one reply of the server; gives what it answers, if that is known."""
        code = reply.code
        asked = self.pairing.match(code, reply.enhanced)
        if asked is None or asked.veiled or code in OF_AUTH:
            reply = self._secrets.veil(reply)
        delicate = is_delicate(code, asked)
        if asked is None and code in OF_AUTH:  # to what was not seen, or has not been
            reply = silenced(reply)
        lines = reply.lines
        kept = self.record.note(reply, len(lines[0]) if len(lines) == 1 else sum(map(len, lines)))
        if delicate:
            if kept:
                self._delicate.append(reply)
            else:
                reply = silenced(reply)
        if code == _CHALLENGE and not self.pairing.waits(Step.AUTH):
            self._challenged = self._auth_open = self._auth_possible = True
        if asked is not None:
            asked.reply = reply
            apply = self._ON_REPLY.get(asked.step)
            if apply is not None:
                apply(self, asked, reply)
        return asked

    def veiled(self, *, whole: bool) -> dict[int, Reply]:
        """Veil again what may repeat a secret, now that all is known; what it repeats where not all was seen, nobody knows.

        Returns: the replies that this changes, by the identity of what they were.
        """
        return changed(self._delicate, self._secrets.veil if whole else silenced) if self._delicate else {}

    def doubt(self, *, replies_lost: bool) -> None:
        """Octets of one side are missing."""
        self.pairing.doubt(replies_lost=replies_lost)
        if not replies_lost:
            self.transactions.may_have_missed_mail = self._auth_possible = True

    def _unknown(self, parsed: CommandLine, octets: bytes, mark: Mark) -> Asked:
        """AUTH, or what is no command known here: it may be a secret, and is not shown."""
        if parsed.step is Step.AUTH:
            return self._expect(parsed, "AUTH", self._begin_auth(parsed.argument), mark)
        if octets:
            self._remember(octets)
        asked = self._expect(parsed, UNREADABLE if self._auth_possible else parsed.shown_verb, "", mark)
        asked.optional = not parsed.verb and not parsed.argument
        return asked

    def _remember(self, octets: bytes) -> None:
        self.withholds = True
        self._secrets.remember(octets)

    def _begin_auth(self, argument: bytes) -> str:
        self._auth_possible = self._auth_open = True
        name = mechanism(argument)
        self._remember(argument[len(name) :])
        if name and name not in self.mechanisms and len(self.mechanisms) < MAX_MECHANISMS:
            self.mechanisms.append(name)
        return name

    def _expect(self, parsed: CommandLine, verb: str, argument: str, mark: Mark) -> Asked:
        at, frame = mark
        command = Command(at, frame, verb, argument)
        asked = Asked(parsed.step, command, at, frame, veiled=not parsed.known)
        kept = self.record.note(command, len(argument))
        if not kept:
            self.transactions.full = True
        self.pairing.expect(asked, keep=kept)
        return asked

    # What commands and replies change

    def _mail(self, parsed: CommandLine, asked: Asked) -> None:
        asked.draft = self.transactions.mail(asked.at, asked.frame, parsed.mailbox)

    def _rcpt(self, parsed: CommandLine, asked: Asked) -> None:
        asked.recipient = self.transactions.rcpt(asked.at, asked.frame, parsed.mailbox)

    def _data(self, _parsed: CommandLine, asked: Asked) -> None:
        asked.draft = self.transactions.open_draft(asked.at, asked.frame)

    def _ehlo(self, parsed: CommandLine, _asked: Asked) -> None:
        self.helo = parsed.shown_argument
        self.transactions.reset()

    def _other(self, parsed: CommandLine, _asked: Asked) -> None:
        if parsed.verb == b"RSET":
            self.transactions.reset()

    def _greeted(self, _asked: Asked, reply: Reply) -> None:
        self.greeting = reply
        self.transactions.may_have_missed_mail = False
        self._auth_possible = reply.code >= _REFUSED

    def _introduced(self, asked: Asked, reply: Reply) -> None:
        if reply.code < _REFUSED and asked.command is not None and asked.command.verb == "EHLO":
            self.extensions = reply.lines[1:]

    def _auth_answered(self, _asked: Asked, reply: Reply) -> None:
        if reply.code != _CHALLENGE and not self.pairing.waits(Step.AUTH):
            self._auth_open = False

    def _mail_answered(self, asked: Asked, reply: Reply) -> None:
        if asked.draft is not None:
            self.transactions.mail_answered(asked.draft, reply)

    def _rcpt_answered(self, asked: Asked, reply: Reply) -> None:
        if asked.recipient is not None:
            asked.recipient.reply = reply

    def _data_answered(self, asked: Asked, reply: Reply) -> None:
        """A chunk that is taken says nothing yet; a chunk that is refused, and 354, are the reply to DATA."""
        if asked.draft is not None and (reply.code == _TEXT_MAY_COME or reply.code >= _REFUSED):
            asked.draft.data_reply = reply
        if asked.end is not None and reply.code >= _REFUSED:
            self._text_was_commands(asked.end)

    def _message_answered(self, asked: Asked, reply: Reply) -> None:
        if asked.draft is not None:
            asked.draft.reply = reply

    def _text_was_commands(self, end: Asked) -> None:
        """Text was sent behind a DATA that was refused: the server took each line of it for a command."""
        end.void = True
        if end.draft is not None:
            end.draft.ended_at = end.draft.ended_frame = None
        self.pairing.expect_noise()

    _ON_COMMAND: ClassVar[dict[Step, Callable[["Conversation", CommandLine, Asked], None]]] = {
        Step.EHLO: _ehlo,
        Step.MAIL: _mail,
        Step.RCPT: _rcpt,
        Step.DATA: _data,
        Step.OTHER: _other,
    }
    _ON_REPLY: ClassVar[dict[Step, Callable[["Conversation", Asked, Reply], None]]] = {
        Step.BANNER: _greeted,
        Step.EHLO: _introduced,
        Step.AUTH: _auth_answered,
        Step.MAIL: _mail_answered,
        Step.RCPT: _rcpt_answered,
        Step.DATA: _data_answered,
        Step.END_OF_DATA: _message_answered,
    }
