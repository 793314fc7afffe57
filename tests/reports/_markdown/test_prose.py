"""Sentences as Markdown: read by somebody else's parser, they say what they said, and nothing in them means anything."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from tests.reports.scenes import TRAP
from wiretruth.reports._markdown.prose import block, code, prose
from wiretruth.reports._words import harmless

READER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
LINKS_OF_FORGES = re.compile(r"@\w|#\d|https?:|www\.|!\d|\b[A-Z]+-\d|\b[0-9a-f]{7,}\b")
"""Mentions, issues, addresses, tickets and commits that a forge makes links of, wherever they stand outside code."""
HOSTILE = [
    TRAP, "@team look", "#4", "https://example.net/x", "www.example.net", "[a](http://x)", "![a](http://x)", "*a*", "__a__", "~~a~~",
    "`a`", "``", "a ` b `` c", "| a | b |", "- a", "+ a", "1. a", "1) a", "> a", "# a", "=== a", "--- a", "```", "~~~ a", "&lt;b&gt;",
    r"\x1b[2J", "<http://example.net>", "[x]: http://example.net", "GH-12", "deadbeef", "{code}", "[~user]", "!image.png!", "a  b", " a",
    "\x1b[31m", "$x$", ":smile:", "[4.1.8: policy does not allow this mail]", "\\",
]  # fmt: skip


def outside_code(markdown: str) -> str:
    """Give the text that stands outside code, as a reader sees it."""
    (_, inline, _) = READER.parse(f"x {markdown}")
    return "".join(t.content for t in inline.children or [] if t.type == "text")


def shown(markdown: str) -> str:
    (_, inline, _) = READER.parse(f"x {markdown}")
    return "".join(t.content for t in inline.children or [])[2:]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("mail for example.net went to 192.0.2.66:25", "mail for `example.net` went to `192.0.2.66:25`"),
        ("meant for mail.example.net [198.51.100.10]:25 and", "meant for `mail.example.net [198.51.100.10]:25` and"),
        ("3 lookups lost (A x.example, AAAA x.example)", "3 lookups lost (A `x.example`, AAAA `x.example`)"),
        ("after 6.0 s at 18:29:43.289 on 2026-11-20", "after 6.0 s at 18:29:43.289 on 2026-11-20"),
        ("1,200 packets, 12% lost", "1,200 packets, 12% lost"),
        ("the host's don't-fragment flag", "the host's don't-fragment flag"),
        ("[4.1.8: the domain]", r"\[`4.1.8`: the domain\]"),
        ("", ""),
    ],
)
def test_names_are_code_and_words_are_words(text: str, expected: str) -> None:
    assert expected == prose(text)


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_means_anything(text: str) -> None:
    """One paragraph of text and code, at the beginning of a line too; and nothing outside code that a forge would link."""
    alone = READER.parse(prose(text))
    tokens = {t.type for t in alone} | {t.type for t in (alone[1].children or [])} if len(alone) > 1 else set()

    assert tokens <= {"paragraph_open", "inline", "paragraph_close", "text", "code_inline"}
    assert not LINKS_OF_FORGES.search(outside_code(prose(text)))


@given(st.text())
def test_it_says_what_it_said(text: str) -> None:
    """Spaces apart, which Markdown folds."""
    assert harmless(text).split() == shown(prose(text)).split()


@given(st.text(alphabet="`ab \\<>*_[]()#-+1.@&|~!\"'"))
def test_signs_stay_signs(text: str) -> None:
    (_, inline, _) = READER.parse(f"x {prose(text)}")

    assert {t.type for t in inline.children or []} <= {"text", "code_inline"}
    assert text.split() == shown(prose(text)).split()


@given(st.text())
def test_a_code_span_holds_anything(text: str) -> None:
    assert harmless(text).strip() == shown(code(text)).strip()


@given(st.lists(st.text(alphabet="`~ab<"), min_size=1))
def test_a_block_holds_anything(lines: list[str]) -> None:
    text = "\n".join([*lines, "end"])
    (fence,) = READER.parse(block(text, "text"))

    assert ("fence", f"{text}\n") == (fence.type, fence.content)
