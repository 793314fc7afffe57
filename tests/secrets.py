"""Sessions in which somebody signs in, for tests that nothing of it is told: who says what, and what must be found nowhere."""

import base64
import hashlib
import hmac
import itertools
from collections.abc import Iterator
from typing import Final, NamedTuple

USER: Final = "bobby-Xw7vK"
PASSWORD: Final = "hunter2-Zq9xW"  # noqa: S105 - it opens nothing
TOKEN: Final = "ya29-Vt8Rm4kJ0pLq2"  # noqa: S105 - nor does this
_CHALLENGE: Final = b"<1896.697170952@mail1.example.net>"


class Turn(NamedTuple):
    """What one side says."""

    from_client: bool
    line: str


def base64_of(words: bytes | str) -> str:
    """Give words as AUTH sends them."""
    return base64.b64encode(words.encode() if isinstance(words, str) else words).decode()


def _ntlm(kind: int, *strings: str) -> str:
    """A message of NTLM: its strings in UTF-16, one behind the other (MS-NLMP §2.2.1)."""
    body = b"".join(s.encode("utf-16-le") for s in strings)
    return base64_of(b"NTLMSSP\0" + kind.to_bytes(4, "little") + bytes(52) + body)


_DIGEST: Final = hmac.new(PASSWORD.encode(), _CHALLENGE, hashlib.md5).hexdigest()
_PLAIN: Final = base64_of(f"\0{USER}\0{PASSWORD}")
_CRAM: Final = base64_of(f"{USER} {_DIGEST}")
_ERROR: Final = base64_of('{"status":"401"}')
_BEARER: Final = base64_of(f"user={USER}@example.net\1auth=Bearer {TOKEN}\1\1")

EXCHANGES: Final[dict[str, tuple[str, ...]]] = {
    "PLAIN at once": (f"C AUTH PLAIN {_PLAIN}",),
    "PLAIN when asked": ("C AUTH PLAIN", "S 334 ", f"C {_PLAIN}"),
    "PLAIN as some write it": (f"C auth plain={_PLAIN}",),
    "LOGIN": ("C AUTH LOGIN", "S 334 VXNlcm5hbWU6", f"C {base64_of(USER)}", "S 334 UGFzc3dvcmQ6", f"C {base64_of(PASSWORD)}"),
    "LOGIN with the user at once": (f"C AUTH LOGIN {base64_of(USER)}", "S 334 UGFzc3dvcmQ6", f"C {base64_of(PASSWORD)}"),
    "CRAM-MD5": ("C AUTH CRAM-MD5", f"S 334 {base64_of(_CHALLENGE)}", f"C {_CRAM}"),
    "XOAUTH2 at once": (f"C AUTH XOAUTH2 {_BEARER}", f"S 334 {_ERROR}", "C "),
    "XOAUTH2 when asked": ("C AUTH XOAUTH2", "S 334 ", f"C {_BEARER}"),
    "NTLM": ("C AUTH NTLM", "S 334 ", f"C {_ntlm(1)}", f"S 334 {_ntlm(2, 'CORP')}", f"C {_ntlm(3, 'CORP', USER, PASSWORD)}"),
    "NTLM at once": (f"C AUTH NTLM {_ntlm(1)}", f"S 334 {_ntlm(2, 'CORP')}", f"C {_ntlm(3, 'CORP', USER, PASSWORD)}"),
}  # fmt: skip
"""By mechanism, and by how its words go."""
ENDINGS: Final = (
    "S 235 2.7.0 welcome",
    "S 535-5.7.8 {user} is not let in|S 535 5.7.8 by {secret}",
    "S 535 5.7.8 no: {line}",
    "S 454 4.7.0 later",
)
"""What the server says at last: some repeat what they were told."""


def session(exchange: str, ending: str) -> list[Turn]:
    """Give a whole session: greeting, AUTH, an envelope, a message."""
    told = next(secret for begin, secret in _TOLD.items() if exchange.startswith(begin))
    line = max(EXCHANGES[exchange], key=lambda turn: len(turn) * turn.startswith("C")).split()[-1]
    blocks = [
        "S 220 mail1.example.net ESMTP", "C EHLO mta.corp.example", "S 250-mail1.example.net|S 250 AUTH PLAIN LOGIN",
        *EXCHANGES[exchange], ending.format(user=USER, secret=told, line=line),
        "C MAIL FROM:<alice@corp.example>", "S 250 2.1.0 Ok", "C RCPT TO:<bert@example.net>", "S 250 2.1.5 Ok",
        "C DATA", "S 354 go on", "C Subject: x|C |C y|C .", "S 250 2.0.0 queued", "C QUIT", "S 221 2.0.0 Bye",
    ]  # fmt: skip
    return [Turn(block[0] == "C", "".join(f"{said[2:]}\r\n" for said in block.split("|"))) for block in blocks]


_TOLD: Final = {"PLAIN": PASSWORD, "LOGIN": PASSWORD, "CRAM": _DIGEST, "XOAUTH2": TOKEN, "NTLM": PASSWORD}
"""What each mechanism tells, so that a server can repeat it."""


def forms(secret: str) -> Iterator[str]:
    """Give what would give a secret away: itself, and what base64 makes of it wherever in a longer text it stands."""
    yield secret
    wide = secret.encode("utf-16-le")
    yield "\\x00".join(secret)
    for octets, before in itertools.product((secret.encode(), wide), range(3)):
        encoded = base64_of(bytes(before) + octets).rstrip("=")
        mixed = (before + len(octets)) % 3 > 0
        yield encoded[before + (before > 0) : len(encoded) - mixed]


NEEDLES: Final = tuple(form for secret in (USER, PASSWORD, TOKEN, _DIGEST) for form in forms(secret))


def given_away(text: str) -> list[str]:
    """Give the needles that a text holds, in whatever case."""
    folded = text.casefold()
    return [needle for needle in NEEDLES if needle.casefold() in folded]
