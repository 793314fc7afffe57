"""Sentences as Markdown: plain words as they are, everything that could mean something else as code.

Code is where nothing means anything: no markup, no HTML, no mention of ``@somebody``, no ``#4`` that becomes a link to an
issue, no address that becomes a link. GitHub, GitLab and Jira make links of text after Markdown is read, so that a backslash
does not keep them from it; and names and addresses read well as code.

Source: CommonMark 0.31.2 §6.1 (code spans), §4.5 (fenced code blocks); GitHub Flavored Markdown §6.9 (autolinks).
"""

import re
from typing import Final

from wiretruth.reports._words import harmless

_PLAIN: Final = re.compile(
    r"[A-Za-z]+(?:['-][A-Za-z]+)*"
    r"|\d{1,6}(?:\.\d{1,3})?%?|\d{1,3}(?:,\d{3})+"
    r"|\d\d:\d\d:\d\d(?:\.\d{3})?|\d{4}-\d\d-\d\d"
)
"""Words, numbers, moments."""
_OPENING: Final = "(\"'"
_CLOSING: Final = ")\"',;:.?!"
_NUMBERED: Final = re.compile(r"\d+[.)](?= |$)")
"""What begins a list at the beginning of a line."""
_HASH: Final = re.compile(r"[a-f]{7,}", re.IGNORECASE)
"""What a forge could take for the name of a commit."""
_BACKTICKS: Final = re.compile(r"`+")


def prose(text: str) -> str:
    """Write a sentence; what is not a plain word, number or moment becomes code."""
    told: list[str] = []
    held: list[str] = []
    for token in harmless(text).split(" "):
        before, core, behind = _parts(token)
        if _is_plain(core):
            told += [*_release(held), f"{_escaped(before)}{core}{_escaped(behind)}"]
            continue
        if before:
            told += _release(held)
        held.append(core)
        if before or behind:
            told.append(f"{_escaped(before)}{code(' '.join(held))}{_escaped(behind)}")
            held.clear()
    sentence = " ".join([*told, *_release(held)])
    return _NUMBERED.sub(lambda found: code(found[0]), sentence, count=1) if _NUMBERED.match(sentence) else sentence


def code(text: str) -> str:
    """Write text as a code span, whatever backticks it holds."""
    shown = harmless(text)
    fence = "`" * (_longest(shown) + 1)
    padding = " " if shown.startswith("`") or shown.endswith("`") else ""
    return f"{fence}{padding}{shown}{padding}{fence}" if shown.strip() else ""


def block(text: str, language: str = "") -> str:
    """Write lines as a fenced block."""
    fence = "`" * max(_longest(text) + 1, 3)
    return f"{fence}{language}\n{text.rstrip()}\n{fence}\n"


def _release(held: list[str]) -> list[str]:
    released = [code(" ".join(held))] if held else []
    held.clear()
    return released


def _parts(token: str) -> tuple[str, str, str]:
    """Give the punctuation before a word, the word, and the punctuation behind it; an address keeps both of its brackets."""
    core = token.lstrip(_OPENING if "]" in token else f"{_OPENING}[")
    before = token[: len(token) - len(core)]
    core = core.rstrip(_CLOSING if "[" in token else f"{_CLOSING}]")
    return before, core, token[len(before) + len(core) :]


def _escaped(signs: str) -> str:
    return signs.replace("[", r"\[").replace("]", r"\]")


def _is_plain(word: str) -> bool:
    return not word or (_PLAIN.fullmatch(word) is not None and _HASH.fullmatch(word) is None)


def _longest(text: str) -> int:
    return max((len(run) for run in _BACKTICKS.findall(text)), default=0)
