"""What must not be shown: the secrets of AUTH (RFC 4954), remembered only to notice a reply that repeats them."""

import base64
import binascii
import re

from wiretruth.model.smtp import Reply
from wiretruth.octets import printable
from wiretruth.protocols.smtp.replies import make_reply

MAX_REMEMBERED = 64
"""Pieces of secrets remembered of one dialogue: an exchange of AUTH has fewer than ten."""

_MECHANISM = re.compile(rb"[A-Z0-9_-]{1,20}\Z")
_REGISTERED = frozenset(
    b"PLAIN LOGIN CRAM-MD5 DIGEST-MD5 NTLM XOAUTH XOAUTH2 OAUTHBEARER GSSAPI EXTERNAL ANONYMOUS SCRAM-SHA-1 "
    b"SCRAM-SHA-1-PLUS SCRAM-SHA-256 SCRAM-SHA-256-PLUS SCRAM-SHA-512 GS2-KRB5 KERBEROS_V4 MSN CRAM-SHA1 OTP".split()
)
_PIECE = re.compile(rb"[\x21-\x7e\x80-\xff]{3,512}")
_WORD = re.compile(r"[^\s\"'<>(),:;!?]{3,}")
_BASE64 = re.compile(rb"[A-Za-z0-9+/]{4,}={0,2}")


def mechanism(argument: bytes) -> str:
    """Give the mechanism that AUTH names, in upper case; ``""`` where the word may as well be a secret.

    Source: RFC 4422 §3.1: a mechanism name is 1 to 20 upper-case letters, digits, hyphens and underscores.
    """
    words = re.split(rb"[\s=]", argument.strip(), maxsplit=1)
    word = words[0]
    if word.upper() in _REGISTERED:
        word = word.upper()
    return word.decode("ascii") if _MECHANISM.match(word) else ""


class SecretMemory:
    """Pieces of the lines that were withheld; held while the dialogue lasts, and never handed out."""

    __slots__ = ("_pieces",)

    def __init__(self) -> None:
        self._pieces: list[str] = []

    def remember(self, octets: bytes) -> None:
        """Note what a withheld line says, as it stands and decoded."""
        for encoded in _BASE64.findall(octets):
            for decoded in _decode(encoded):
                self._note(decoded)
        self._note(octets)

    def veil(self, reply: Reply) -> Reply:
        """Take out of a reply the lines that repeat a secret, and all that a 334 says (it may name the user)."""
        if reply.code == 334:  # noqa: PLR2004 - RFC 4954's own number
            return Reply(reply.at, reply.frame, reply.code, None, ("",))
        if not self._pieces or not any(self._told_in(line) for line in reply.lines):
            return reply
        lines = tuple("" if self._told_in(line) else line for line in reply.lines)
        return make_reply(reply.at, reply.frame, reply.code, lines)._replace(enhanced=reply.enhanced)

    def _told_in(self, line: str) -> bool:
        """A name may stand within a longer piece (NTLM strings follow one another), or a piece within the line."""
        folded = line.casefold()
        words = _WORD.findall(folded)
        return any(piece in folded or any(word in piece for word in words) for piece in self._pieces)

    def _note(self, octets: bytes) -> None:
        self._pieces += [printable(piece).casefold() for piece in _PIECE.findall(octets)[:8]]
        del self._pieces[:-MAX_REMEMBERED]


def _decode(encoded: bytes) -> list[bytes]:
    padded = encoded.rstrip(b"=")
    try:
        decoded = base64.b64decode(padded + b"=" * (-len(padded) % 4))
    except binascii.Error:
        return []
    return [decoded, decoded.replace(b"\0", b"")]
