"""What logs hold of AUTH (RFC 4954): taken out before anything reads the line, so that nothing can quote it.

Mail software writes it where it complains of a line that it did not understand, or came too early, and where it was told to
write everything.
"""

import re
from typing import Final

WITHHELD: Final = "..."

_AUTH: Final = re.compile(r"\bAUTH\b", re.IGNORECASE)
_WORD: Final = re.compile(r"(?<![\w+/.@:-])[A-Za-z0-9+/]{4,}={0,2}(?![\w+/=@-]|[.:]\w)")
"""A word of base64 and of nothing else, so neither a host nor an address."""
_PLAIN: Final = re.compile(r"[A-Z]?[a-z]+\Z|[A-Z]+\Z|[A-Z]+-?[A-Z0-9]{0,3}\Z|[0-9]+\Z")
"""Words of a language, names of mechanisms, numbers: base64 of any length mixes its cases and digits."""


def withheld(text: str) -> str:
    """Give a line without the words behind AUTH that may be base64; any other line stays as it is."""
    if "AUTH" not in text and "auth" not in text:
        return text
    found = _AUTH.search(text)
    if found is None:
        return text
    return text[: found.end()] + _WORD.sub(_kept, text[found.end() :])


def _kept(word: re.Match[str]) -> str:
    return word[0] if _PLAIN.match(word[0]) else WITHHELD
