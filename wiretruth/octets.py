"""Hostile octets: reading them within bounds, and quoting them so that no terminal, page or log can be harmed."""

import functools

PRINTABLE_LIMIT = 512
"""Longest text that is shown of anything that came from the wire; RFC 5321 §4.5.3.1.5 allows 512 octets to a reply line."""

_SAFE = {code: chr(code) for code in range(0x20, 0x7F) if chr(code) != "\\"}


def printable(octets: bytes, limit: int = PRINTABLE_LIMIT) -> str:
    r"""Give *octets* as text that is safe to show anywhere.

    UTF-8 is kept where it is valid and printable; everything else (control characters, C1 controls, bidirectional
    overrides, invalid octets, the backslash itself) becomes ``\xNN``, octet by octet, so that nothing is ambiguous.

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


def _pieces(octets: bytes) -> list[str]:
    pieces: list[str] = []
    position = 0
    while position < len(octets):
        safe = _SAFE.get(octets[position])
        if safe is not None:
            pieces.append(safe)
            position += 1
            continue
        width = _utf8_width(octets[position])
        chunk = octets[position : position + width]
        pieces.append(_quote(chunk))
        position += len(chunk)
    return pieces


_LEADS = ((0xF0, 4), (0xE0, 3), (0xC0, 2))
"""Least lead octet of UTF-8 sequences of each width (RFC 3629 §3)."""


def _utf8_width(lead: int) -> int:
    return next((width for least, width in _LEADS if lead >= least), 1)


@functools.lru_cache(maxsize=4096)
def _quote(chunk: bytes) -> str:
    """Keep one printable UTF-8 character; escape anything else (``str.isprintable`` refuses controls and formats)."""
    if len(chunk) > 1:
        try:
            text = chunk.decode("utf-8")
        except UnicodeDecodeError:
            return f"\\x{chunk[0]:02x}" + "".join(_pieces(chunk[1:]))
        if len(text) == 1 and text.isprintable():
            return text
    return "".join(f"\\x{octet:02x}" for octet in chunk)
