"""Is this SMTP? By content, on any port; a mail port is a hint that lets less evidence suffice (RFC 5321 §3.1, §4.3.1).

What the first octets of a direction look like is a view. Two views, one of each side, give the verdict: see the table
``_VERDICTS``. FTP, POP3, IMAP, HTTP, SSH, NNTP and LMTP speak in lines as well, and must not be taken for SMTP.
"""

import enum
import itertools
import re
from typing import NamedTuple

from wiretruth.protocols.smtp.replies import is_reply_line
from wiretruth.protocols.tls.client_hello import looks_like_tls

MAIL_PORTS = frozenset((25, 465, 587, 2525))
IMPLICIT_TLS_PORT = 465

RECOGNITION_LIMIT = 2048
"""Octets of each direction within which SMTP shows itself: a greeting and a few commands."""


class Verdict(enum.Enum):
    """What the first octets of a connection say."""

    SMTP = enum.auto()
    IMPLICIT_TLS = enum.auto()
    """TLS from the first octet, on a mail port."""
    NOT = enum.auto()
    NEED_MORE = enum.auto()


class Recognition(NamedTuple):
    """The verdict, and whether client and server were guessed the wrong way round."""

    verdict: Verdict
    reversed: bool = False


class _Client(enum.Enum):
    SILENT = enum.auto()
    HELLO = enum.auto()
    """EHLO or HELO."""
    PATHS = enum.auto()
    """MAIL FROM:<…> or RCPT TO:<…>, or two commands in a row: nothing else speaks so."""
    COMMAND = enum.auto()
    """A command that other protocols have as well."""
    UNKNOWN = enum.auto()
    FOREIGN = enum.auto()
    """What a client of another protocol says."""


class _Server(enum.Enum):
    SILENT = enum.auto()
    GREETING = enum.auto()
    """220, as FTP says it, too."""
    SMTP = enum.auto()
    """A greeting or a reply that only SMTP has."""
    REPLY = enum.auto()
    """Some reply code and text."""
    UNKNOWN = enum.auto()
    FOREIGN = enum.auto()


_FOREIGN_CLIENT = re.compile(
    rb"(?:LHLO|USER|PASS|FEAT|SYST|PORT|PASV|EPSV|CAPA|APOP|STLS|AUTH (?:TLS|SSL)|MODE READER|GROUP|ARTICLE|CONNECT|SSH-"
    rb"|GET|POST|PUT|HEAD|OPTIONS|PRI|[A-Z0-9.]{1,12} (?:CAPABILITY|LOGIN|SELECT|AUTHENTICATE|NOOP|ID|STARTTLS))"
    rb"(?:[ \r\n-]|\Z)",
    re.IGNORECASE,
)
_HELLO = re.compile(rb"\s*(?:EHLO|HELO)(?:\s|\Z)", re.IGNORECASE)
_PATH = re.compile(rb"\s*(?:MAIL\s+FROM|RCPT\s+TO)\s*:\s*<[^>]*>", re.IGNORECASE)
_COMMAND = re.compile(
    rb"\s*(?:MAIL|RCPT|DATA|RSET|VRFY|EXPN|BDAT|STARTTLS|AUTH|QUIT|NOOP|HELP|XCLIENT|XFORWARD|ETRN)(?:[ :]|\r?\Z)",
    re.IGNORECASE,
)
_FOREIGN_SERVER = re.compile(rb"\+OK|-ERR|\* (?:OK|BYE|PREAUTH)|HTTP/|SSH-|RFB |220[ -].*\bL[Mm][Tt][Pp]\b")
_SMTP_REPLY = re.compile(
    rb"(?:[245][0-9]{2}[ -](?!.*\bFTP\b).*[\s(]E?SMTP(?:[\s),;/]|\Z)|250[ -]2\.[0-9]\.[0-9]{1,3} "
    rb"|354[ -].*(?:\.|mail|message|data)|[45][0-9]{2}[ -][45]\.[0-9]\.[0-9]{1,3} "
    rb"|250-(?:SIZE|PIPELINING|8BITMIME|STARTTLS|ENHANCEDSTATUSCODES|DSN|CHUNKING)\b)",
    re.IGNORECASE,
)
_GREETING = re.compile(rb"220(?:[ -]|\r?\Z)")
_LMTP = re.compile(rb"LHLO\b", re.IGNORECASE)
_BINARY = re.compile(rb"[\x00-\x08\x0e-\x1f]")
_REPLY_START = re.compile(rb"[2-5](?:[0-9](?:[0-9](?:[ -].*)?)?)?\Z", re.DOTALL)
_PLAIN_GREETING = re.compile(rb"220 (?!.*L[Mm])[^\n]*\n\Z")
"""What nearly every connection to a mail port begins with, and what no other rule here makes anything else of."""

_SMTP = Recognition(Verdict.SMTP)
_LINES = 8
"""Lines looked at: in a capture that starts midstream the first ones may be cut or be message text."""

_HINTED = {
    _Server.GREETING: Verdict.SMTP,
    _Server.SMTP: Verdict.SMTP,
    _Server.REPLY: Verdict.SMTP,
    _Server.FOREIGN: Verdict.NOT,
}
"""On a mail port the server's word decides; while it is silent, a command of the client does."""

_HINTED_CLIENT = dict.fromkeys((_Client.HELLO, _Client.PATHS, _Client.COMMAND), Verdict.SMTP)

_VERDICTS = {
    (_Client.HELLO, _Server.GREETING): Verdict.SMTP,
    (_Client.HELLO, _Server.REPLY): Verdict.SMTP,
    (_Client.HELLO, _Server.SMTP): Verdict.SMTP,
    (_Client.PATHS, _Server.SILENT): Verdict.SMTP,
    (_Client.PATHS, _Server.GREETING): Verdict.SMTP,
    (_Client.PATHS, _Server.REPLY): Verdict.SMTP,
    (_Client.PATHS, _Server.SMTP): Verdict.SMTP,
    (_Client.PATHS, _Server.UNKNOWN): Verdict.SMTP,
    (_Client.COMMAND, _Server.SMTP): Verdict.SMTP,
    (_Client.SILENT, _Server.SMTP): Verdict.SMTP,
    (_Client.UNKNOWN, _Server.SMTP): Verdict.SMTP,
}
"""On any other port; what is not here needs more, and a FOREIGN side is NOT."""


def recognise(client: bytes, server: bytes, server_port: int) -> Recognition:
    """Judge a connection by the first octets of its two directions.

    Args:
        client: what the presumed client sent first, up to RECOGNITION_LIMIT octets.
        server: likewise what the presumed server sent.
        server_port: of the presumed server; a hint only.
    """
    hinted = server_port in MAIL_PORTS
    if hinted and not client and _PLAIN_GREETING.match(server):
        return _SMTP
    if hinted and _is_implicit_tls(client, server, server_port):
        return Recognition(Verdict.IMPLICIT_TLS)
    if _turned(client, server):
        return Recognition(_judge(server, client, hinted=False), reversed=True)
    verdict = _judge(client, server, hinted=hinted)
    if verdict is Verdict.NEED_MORE and not hinted and max(len(client), len(server)) >= RECOGNITION_LIMIT:
        verdict = Verdict.NOT
    return Recognition(verdict)


def _is_implicit_tls(client: bytes, server: bytes, server_port: int) -> bool:
    """On port 465 the client may speak alone; elsewhere the server must agree, it may yet send a greeting."""
    if server and not looks_like_tls(server):
        return False
    return bool(looks_like_tls(client or server) and (server or server_port == IMPLICIT_TLS_PORT))


def _judge(client: bytes, server: bytes, *, hinted: bool) -> Verdict:
    client_view, server_view = _view_client(client), _view_server(server)
    if _LMTP.match(client):
        return Verdict.NOT
    if hinted:
        return _HINTED.get(server_view) or _HINTED_CLIENT.get(client_view, Verdict.NEED_MORE)
    if client_view is _Client.FOREIGN or server_view is _Server.FOREIGN:
        return Verdict.NOT
    return _VERDICTS.get((client_view, server_view), Verdict.NEED_MORE)


def _turned(client: bytes, server: bytes) -> bool:
    """The presumed client replies, and the presumed server commands."""
    replies, commands = _view_server(client), _view_client(server)
    if replies is _Server.SMTP and client[:3].isdigit():
        return not server or commands in (_Client.HELLO, _Client.PATHS, _Client.COMMAND)
    return commands is _Client.PATHS and replies in (_Server.REPLY, _Server.GREETING, _Server.SILENT)


def _view_client(octets: bytes) -> _Client:
    lines = _whole_lines(octets)
    if _FOREIGN_CLIENT.match(octets) or _BINARY.search(octets):
        return _Client.FOREIGN
    if any(_PATH.match(a) and _PATH.match(b) for a, b in itertools.pairwise(lines)):
        return _Client.PATHS
    return _view_command(lines) if lines else _Client.SILENT


def _view_command(lines: list[bytes]) -> _Client:
    if _PATH.match(lines[0]):
        return _Client.PATHS
    if _HELLO.match(lines[0]):
        return _Client.PATHS if len(lines) > 1 and _COMMAND.match(lines[1]) else _Client.HELLO
    return _Client.COMMAND if _COMMAND.match(lines[0]) else _Client.UNKNOWN


def _view_server(octets: bytes) -> _Server:
    lines = _whole_lines(octets)
    replies = [is_reply_line(line) for line in lines[:2]]
    if _FOREIGN_SERVER.match(octets) or (_BINARY.search(octets) and not any(replies)):
        return _Server.FOREIGN
    if any(_SMTP_REPLY.match(line) for line in lines):
        return _Server.SMTP
    if any(replies):
        return _Server.GREETING if _GREETING.match(lines[0]) else _Server.REPLY
    return _Server.UNKNOWN if lines or (octets and not _REPLY_START.match(octets)) else _Server.SILENT


def _whole_lines(octets: bytes) -> list[bytes]:
    return octets[:RECOGNITION_LIMIT].split(b"\n", _LINES)[:-1]
