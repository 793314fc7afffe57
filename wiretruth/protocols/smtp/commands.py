"""One command line (RFC 5321 §2.3.8, §4.1.1): its verb, its argument, and which of both may be shown."""

import re
from typing import NamedTuple

from wiretruth.model.smtp import Command, Step
from wiretruth.octets import printable
from wiretruth.protocols.smtp.paths import parse_path

UNREADABLE = "?"
"""The verb of a line that does not begin like a command: what it is, nobody can say, so nothing of it is shown."""

STEPS = {
    b"EHLO": Step.EHLO,
    b"HELO": Step.EHLO,
    b"MAIL": Step.MAIL,
    b"SEND": Step.MAIL,
    b"SOML": Step.MAIL,
    b"SAML": Step.MAIL,
    b"RCPT": Step.RCPT,
    b"DATA": Step.DATA,
    b"BDAT": Step.DATA,
    b"STARTTLS": Step.STARTTLS,
    b"AUTH": Step.AUTH,
    b"QUIT": Step.QUIT,
    b"RSET": Step.OTHER,
    b"NOOP": Step.OTHER,
    b"HELP": Step.OTHER,
    b"VRFY": Step.OTHER,
    b"EXPN": Step.OTHER,
    b"TURN": Step.OTHER,
    b"ETRN": Step.OTHER,
    b"ATRN": Step.OTHER,
    b"XCLIENT": Step.OTHER,
    b"XFORWARD": Step.OTHER,
    b"XEXCH50": Step.OTHER,
}
"""Verbs whose arguments hold no secret. Every other argument is dropped: it may be a password behind a mistyped AUTH."""

PATHS = (Step.MAIL, Step.RCPT)
"""Commands that name a mailbox."""

_VERB = re.compile(rb"(?:[A-Z][A-Z-]{1,13}[0-9]{0,2}|[A-Za-z][a-z-]{1,15})(?:[ \t]|\Z)")
"""A word that nobody mistakes for base64, which mixes its cases and digits: behind a hole it may be a password."""

UNMISTAKABLE = re.compile(
    rb"(?:MAIL FROM: ?<[^>]*>|RCPT TO: ?<[^>]+>|(?:MAIL FROM|RCPT TO): ?[^\s@<>]+@[^\s@<>]+\s*\Z"
    rb"|(?:EHLO|HELO)(?: [A-Z0-9\[][A-Z0-9.:_\[\]-]*)?\s*\Z"
    rb"|BDAT [0-9]{1,12}(?: LAST)?\s*\Z|(?:DATA|RSET|QUIT|NOOP|STARTTLS)\s*\Z|AUTH [A-Z0-9-]{3,20}(?:\s|\Z))",
    re.IGNORECASE,
)
"""Lines that are commands even where nobody knows what came before; hardly ever the text of a message."""

_CHUNK_SIZE = re.compile(rb"([0-9]{1,12})(?:[ \t]+(LAST))?[ \t]*\Z", re.IGNORECASE)
"""RFC 3030 §2; twelve digits are a terabyte, beyond which a server refuses the command and no chunk follows."""


class CommandLine(NamedTuple):
    """A command line, taken apart; octets as on the wire, blanks around them removed."""

    verb: bytes
    """Upper case; empty where the line does not begin like a command."""
    argument: bytes
    step: Step
    known: bool = False
    """One of :data:`STEPS`."""
    shown_verb: str = UNREADABLE
    """The verb as a report may show it."""
    shown_argument: str = ""
    """The argument, escaped, where it cannot hold a secret."""
    mailbox: str = ""
    """Of MAIL and RCPT: see ``paths``."""


_SHOWN = {verb: verb.decode("ascii") for verb in STEPS}
_ALONE = {
    verb: CommandLine(verb, b"", step, True, _SHOWN[verb])
    for verb, step in STEPS.items()
    if step not in (*PATHS, Step.AUTH)
}
"""Verbs with nothing around them, as most are said."""

_PLAIN_PATH = re.compile(rb"(?:MAIL FROM|RCPT TO):<(?!@)([!#-;=?-\[\]-~]{0,256})>(?: [ -\[\]-~]{0,99}[!-\[\]-~])?\Z")
"""A path as nearly all are written: neither blanks, quotes, escapes nor a source route in it, parameters in plain ASCII."""


def parse_command(line: bytes) -> CommandLine:
    """Take a command line apart. AUTH, in whatever spelling, keeps no argument but a mechanism's name.

    Args:
        line: without its line end; blanks in front and behind are tolerated, as servers do.
    """
    alone = _ALONE.get(line)
    if alone is not None:
        return alone
    plain = _PLAIN_PATH.match(line)
    if plain is None:
        return _parse_any(line)
    verb, argument = line[:4], line[5:]
    step = Step.MAIL if verb == b"MAIL" else Step.RCPT
    return CommandLine(verb, argument, step, True, _SHOWN[verb], argument.decode("ascii"), plain[1].decode("ascii"))


def _parse_any(line: bytes) -> CommandLine:
    line = line.strip()
    word, _, argument = line.partition(b" ")
    step = STEPS.get(word)
    if step is None:
        word, argument = _split(line)
        step = STEPS.get(word)
    if word.startswith(b"AUTH"):
        return CommandLine(b"AUTH", argument, Step.AUTH, shown_verb="AUTH")
    if step is not None:
        argument = argument.strip()
        mailbox = parse_path(argument).mailbox if step in PATHS else ""
        return CommandLine(word, argument, step, True, _SHOWN[word], printable(argument), mailbox)
    if _VERB.match(line):
        return CommandLine(word, argument, Step.OTHER, shown_verb=word.decode("ascii"))
    return CommandLine(b"", line, Step.OTHER)


def _split(line: bytes) -> tuple[bytes, bytes]:
    words = line.split(None, 1)
    if not words:
        return b"", b""
    word, argument = words[0].upper(), words[1] if len(words) > 1 else b""
    if word.startswith(b"AUTH"):
        return b"AUTH", line[4:].lstrip(b" \t=:")
    if word.startswith((b"MAIL:", b"RCPT:", b"MAILFROM:", b"RCPTTO:")):
        return word[:4], line[4:]
    return word, argument


def chunk_size(argument: bytes) -> tuple[int, bool] | None:
    """Read the argument of BDAT.

    Returns: octets of the chunk and whether it is the last; ``None`` where it is no BDAT a server would obey.
    Source: RFC 3030 §2.
    """
    found = _CHUNK_SIZE.match(argument)
    return (int(found.group(1)), found.group(2) is not None) if found else None


def binary_size(command: Command) -> int | None:
    """Tell how many octets Exchange sends behind a 354 that answers its own XEXCH50 (size first, MS-OXSMTP)."""
    if command.verb != "XEXCH50":
        return None
    found = re.match("[0-9]{1,9}", command.argument)
    return int(found.group()) if found else 0
