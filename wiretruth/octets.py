"""Hostile octets: reading them within bounds, and quoting them so that no terminal, page or log can be harmed."""

import functools
import re
import unicodedata
from collections.abc import Iterator

PRINTABLE_LIMIT = 512
"""Longest text that is shown of anything that came from the wire; RFC 5321 §4.5.3.1.5 allows 512 octets to a reply line."""

_SAFE = frozenset(chr(code) for code in range(0x20, 0x7F)) - {"\\"}
_MARKS = ("Mn", "Me", "Mc")
_UNSAFE = frozenset("…\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u2800\u3164\uffa0").union(
    map(chr, range(0xFE00, 0xFE10)), map(chr, range(0xE0100, 0xE01F0))
)
"""What counts as printable and shows nothing (Unicode's Default_Ignorable_Code_Point), and our own mark of a cut."""
_PIECE = re.compile(
    rb"[ -\[\]-~]+"  # plain ASCII
    rb"|[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"  # RFC 3629 §4, nearly
    rb"|[\x00-\xff]"
)

MAX_MARKS = 3
"""Combining marks kept behind one character: no language writes more, and a pile of them covers other lines."""


def printable(octets: bytes, limit: int = PRINTABLE_LIMIT) -> str:
    r"""Give *octets* as text that is safe to show anywhere.

    UTF-8 is kept where it is valid and printable; everything else (control characters, C1 controls, bidirectional
    overrides, invisible fillers, piled up or leading combining marks, invalid octets, the backslash and the ellipsis
    themselves) becomes ``\xNN``, octet by octet, so that nothing is ambiguous.

    Args:
        octets: as they came from the wire.
        limit: the most octets shown; what is cut is counted behind an ellipsis.
    """
    kept = octets[:limit]
    cut = len(octets) - len(kept)
    text = kept.decode("ascii") if kept.isascii() else None
    if text is None or not text.isprintable() or "\\" in text:
        text = "".join(_pieces(kept))
    return f"{text}… ({cut} more octets)" if cut else text


def _pieces(octets: bytes) -> Iterator[str]:
    """Cut into safe pieces: each a run of ASCII, one character, or one escaped octet."""
    marks = MAX_MARKS
    for found in _PIECE.finditer(octets):
        octet_or_more = found.group()
        piece = _escaped(octet_or_more) if octet_or_more.isascii() else _character(octet_or_more)
        if piece[0] not in _SAFE and unicodedata.category(piece[0]) in _MARKS:
            marks += 1
            yield piece if marks <= MAX_MARKS else _hexadecimal(octet_or_more)
        else:
            marks = 0
            yield piece


def _escaped(ascii_run: bytes) -> str:
    text = ascii_run.decode("ascii")
    return text if text[0] in _SAFE else _hexadecimal(ascii_run)


@functools.lru_cache(maxsize=4096)
def _character(octets: bytes) -> str:
    """Keep one printable character; escape anything else (``str.isprintable`` refuses controls and formats)."""
    try:
        text = octets.decode("utf-8")
    except UnicodeDecodeError:
        return _hexadecimal(octets)
    return text if text.isprintable() and text not in _UNSAFE else _hexadecimal(octets)


def _hexadecimal(octets: bytes) -> str:
    return "".join(f"\\x{octet:02x}" for octet in octets)
