"""SMTP as it was said (RFC 5321): commands, replies, transactions, dialogues.

All text is printable: octets that a terminal or a page could mistake for something else are escaped where it is parsed.
Arguments of AUTH, and every line of its exchange, are gone before anything here is made.
"""

import enum
from dataclasses import dataclass
from typing import NamedTuple

from wiretruth.model.frames import Fault
from wiretruth.model.packet import Endpoint
from wiretruth.model.tls import TlsStart

_POSITIVE = 2
"""First digit of a reply that accepts (RFC 5321 §4.2.1)."""


class Step(enum.StrEnum):
    """Where in a dialogue something happened; the values are what reports say."""

    CONNECT = "connect"
    BANNER = "banner"
    EHLO = "EHLO"
    STARTTLS = "STARTTLS"
    AUTH = "AUTH"
    MAIL = "MAIL"
    RCPT = "RCPT"
    DATA = "DATA"
    END_OF_DATA = "end of data"
    QUIT = "QUIT"
    OTHER = "another command"


class Command(NamedTuple):
    """One command line; ``verb`` in upper case, ``argument`` escaped (``""`` for AUTH's secrets)."""

    at: int
    frame: int
    verb: str
    argument: str


class Reply(NamedTuple):
    """One reply, all its lines (RFC 5321 §4.2)."""

    at: int
    """When its last line was complete."""
    frame: int
    code: int
    enhanced: str | None
    """RFC 3463 status of the first line, e.g. ``4.1.8``."""
    lines: tuple[str, ...]
    """Text behind the code, one entry a line, escaped; the enhanced status is left in place."""


class Exchange(NamedTuple):
    """What the client did and what the server said to it."""

    step: Step
    command: Command | None
    """``None`` for the banner, and for the end of the message text."""
    asked: int
    """When the reply began to be awaited: the command, the final dot, or the handshake."""
    asked_frame: int
    reply: Reply | None
    """``None``: none was seen before the dialogue ended."""


class ForwardPath(NamedTuple):
    """One recipient of a transaction (RFC 5321 §3.3)."""

    mailbox: str
    """Without the angle brackets; escaped."""
    at: int
    frame: int
    reply: Reply | None


class Header(NamedTuple):
    """The header section of a message, where it was asked for (RFC 5322 §2.2)."""

    lines: tuple[str, ...]
    """As they were sent, folded ones too; escaped, tabs as blanks."""
    whole: bool
    """Its end was seen, and all before it."""


class Transaction(NamedTuple):
    """One mail transaction: MAIL, RCPT…, DATA or BDAT (RFC 5321 §3.3, RFC 3030)."""

    at: int
    frame: int
    reverse_path: str
    """Without the angle brackets; ``""`` for the null path of a bounce."""
    mail_reply: Reply | None
    forward_paths: tuple[ForwardPath, ...]
    data_reply: Reply | None
    """To the DATA command itself (354 or a refusal)."""
    octets: int
    """Message text seen, after dot-unstuffing, without the final dot."""
    ended_at: int | None
    """When the final dot, or the last BDAT chunk, was complete; ``None`` if it never was."""
    ended_frame: int | None
    reply: Reply | None
    """To the end of data: the verdict on the message."""
    abandoned: bool = False
    """RSET, a new EHLO, or the end of the dialogue came before any message text."""
    header: Header | None = None
    """``None``: nobody asked for it, or no message was seen."""


class StreamDigest(NamedTuple):
    """The reassembled octets of one direction before TLS."""

    octets: int
    sha256: str | None
    """``None`` where octets are missing, or nobody asked for it."""


@dataclass(frozen=True, slots=True)
class Dialogue:
    """One SMTP session as one vantage saw it."""

    serial: int
    """The sighting it belongs to."""
    vantage: str
    client: Endpoint
    server: Endpoint
    at: int
    greeting: Reply | None
    """The reply that opened the session, whatever its code."""
    helo: str | None
    """Argument of the last EHLO or HELO."""
    extensions: tuple[str, ...]
    """Lines of the last EHLO reply behind its first, escaped."""
    events: tuple[Command | Reply, ...]
    """In the order seen, at most MAX_EVENTS (see ``events_dropped``)."""
    exchanges: tuple[Exchange, ...]
    transactions: tuple[Transaction, ...]
    tls: TlsStart | None
    auth: tuple[str, ...]
    """Mechanisms that AUTH named in clear text, in upper case; never more than the mechanism."""
    client_stream: StreamDigest
    server_stream: StreamDigest
    missing_octets: int = 0
    """Octets lost to the capture inside the readable part."""
    events_dropped: int = 0
    faults: tuple[Fault, ...] = ()

    @property
    def greeting_name(self) -> str | None:
        """The host name that the server gave in its greeting, or in its EHLO reply."""
        for reply in (self.greeting, self._ehlo_reply()):
            if reply and reply.code // 100 == _POSITIVE and reply.lines and (words := reply.lines[0].split()):
                return words[0]
        return None

    def _ehlo_reply(self) -> Reply | None:
        replies = [x.reply for x in self.exchanges if x.step is Step.EHLO and x.reply]
        return replies[-1] if replies else None
