"""Internationalised domain names: what an A-label says, shown beside it, so that nobody is led astray (RFC 5890, RFC 3492).

What is shown never stands alone: the A-label is the name. A label whose letters come from scripts that no language mixes is
shown with the foreign letters escaped (Unicode Technical Standard 39, highly restrictive profile).
"""

import functools
import unicodedata

_PREFIX = "xn--"
_LONGEST = 63
"""Octets of a label (RFC 1035 §2.3.4)."""
MAX_REMEMBERED = 4096
"""Labels whose reading is remembered: a report names the same hosts again and again."""

_TOGETHER = (
    frozenset({"LATIN", "HIRAGANA", "KATAKANA", "CJK"}),
    frozenset({"LATIN", "HANGUL", "CJK"}),
    frozenset({"LATIN", "BOPOMOFO", "CJK"}),
)
"""Scripts that one language writes side by side."""
_INVISIBLE = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u3164\uffa0").union(
    map(chr, range(0xFE00, 0xFE10)), map(chr, range(0xE0100, 0xE01F0))
)
"""Letters and marks that show nothing (Unicode's Default_Ignorable_Code_Point)."""
_LETTERS = frozenset({"Ll", "Lo", "Lm", "Mn", "Mc", "Nd"})
"""What IDNA 2008 allows (RFC 5892 §2.1), nearly."""


def readable(name: str) -> str | None:
    r"""Give a name as its owner writes it: ``bücher.example`` for ``xn--bcher-kva.example``.

    Returns: ``None`` where the name has no A-label, or none that is valid. Letters of a mixed label are escaped as
    ``\u0430``; a label in another script than Latin has the script named behind the whole name.
    """
    labels = name.split(".")
    shown = [_label(label.lower()) for label in labels]
    if not any(shown):
        return None
    words = ".".join(text[0] if text else label for label, text in zip(labels, shown, strict=True))
    scripts = dict.fromkeys(text[1] for text in shown if text and text[1])
    return f"{words}, {' and '.join(scripts)}" if scripts else words


def beside(name: str) -> str:
    """Give a name, what it says beside it where it is internationalised: ``xn--… (bücher.example)``."""
    shown = readable(name) if _PREFIX in name.lower() else None
    return f"{name} ({shown})" if shown else name


@functools.lru_cache(maxsize=MAX_REMEMBERED)
def _label(label: str) -> tuple[str, str] | None:
    """Give the reading of an A-label, and its script where that is not Latin."""
    text = _decoded(label)
    if text is None:
        return None
    scripts = {script for character in text if (script := _script(character))}
    foreign = scripts - {"LATIN"}
    if not foreign:
        return text, ""
    if len(scripts) == 1:
        script = next(iter(scripts))
        return text, script if script == "CJK" else script.capitalize()
    if any(scripts <= together for together in _TOGETHER):
        return text, ""
    return "".join(c if c.isascii() else _escaped(c) for c in text), "scripts mixed"


def _decoded(label: str) -> str | None:
    if not label.startswith(_PREFIX) or len(label) > _LONGEST:
        return None
    try:
        text = label[len(_PREFIX) :].encode("ascii").decode("punycode")
    except (UnicodeError, ValueError, OverflowError):
        return None
    if not text.isprintable() or not _INVISIBLE.isdisjoint(text):
        return None
    again = _PREFIX + text.encode("punycode").decode("ascii")
    if again != label or not text or text.isascii() or unicodedata.normalize("NFC", text) != text:
        return None
    if unicodedata.category(text[0]).startswith("M"):
        return None
    return text if all(c == "-" or unicodedata.category(c) in _LETTERS for c in text) else None


def _script(character: str) -> str:
    """Give the script of a letter as its Unicode name begins; nothing for digits, hyphens and marks."""
    if not character.isalpha():
        return ""
    return unicodedata.name(character, "UNNAMED").split()[0]


def _escaped(character: str) -> str:
    code = ord(character)
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"  # noqa: PLR2004 - the basic multilingual plane
