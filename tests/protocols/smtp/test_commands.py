"""One command line: verb, argument, and what of it may be shown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wiretruth.model.smtp import Command, Step
from wiretruth.protocols.smtp.commands import UNMISTAKABLE, _parse_any, binary_size, chunk_size, parse_command


@pytest.mark.parametrize(
    ("line", "step", "verb", "argument"),
    [
        (b"EHLO mta.example.org", Step.EHLO, "EHLO", "mta.example.org"),
        (b"helo mta.example.org", Step.EHLO, "HELO", "mta.example.org"),
        (b"  Mail  FROM:<a@example.org> ", Step.MAIL, "MAIL", "FROM:<a@example.org>"),
        (b"RCPT\tTO:<a@example.org>", Step.RCPT, "RCPT", "TO:<a@example.org>"),
        (b"RCPT:<a@example.org>", Step.RCPT, "RCPT", ":<a@example.org>"),
        (b"data", Step.DATA, "DATA", ""),
        (b"BDAT 10 LAST", Step.DATA, "BDAT", "10 LAST"),
        (b"STARTTLS", Step.STARTTLS, "STARTTLS", ""),
        (b"QUIT\r", Step.QUIT, "QUIT", ""),
        (b"RSET", Step.OTHER, "RSET", ""),
        (b"VRFY \x1b[2J", Step.OTHER, "VRFY", "\\x1b[2J"),
        (b"XFORWARD NAME=a", Step.OTHER, "XFORWARD", "NAME=a"),
        (b"XYZZY secret", Step.OTHER, "XYZZY", ""),
        (b"PASS secret", Step.OTHER, "PASS", ""),
        (b"USER secret", Step.OTHER, "USER", ""),
        (b"XOAUTH2 secret", Step.OTHER, "XOAUTH2", ""),
        (b"BURL imap://bob:secret@example.net", Step.OTHER, "BURL", ""),
        (b"GET / HTTP/1.1", Step.OTHER, "GET", ""),
        (b"dXNlcg==", Step.OTHER, "?", ""),
        (b"thisisfartoolongforaverb", Step.OTHER, "?", ""),
        (b"\x16\x03\x01", Step.OTHER, "?", ""),
        (b"", Step.OTHER, "?", ""),
        (b"AUTH PLAIN secret", Step.AUTH, "AUTH", ""),
        (b"auth\tplain secret", Step.AUTH, "AUTH", ""),
        (b"AUTH=PLAIN secret", Step.AUTH, "AUTH", ""),
        (b"AUTHENTICATE PLAIN secret", Step.AUTH, "AUTH", ""),
    ],
)
def test_what_is_shown(line: bytes, step: Step, verb: str, argument: str) -> None:
    parsed = parse_command(line)

    assert (step, verb, argument) == (parsed.step, parsed.shown_verb, parsed.shown_argument)


@pytest.mark.parametrize(
    ("argument", "expected"),
    [
        (b"0", (0, False)),
        (b"86 LAST", (86, True)),
        (b"86 last ", (86, True)),
        (b"0 LAST", (0, True)),
        (b"", None),
        (b"-1", None),
        (b"12 FIRST", None),
        (b"18446744073709551616", None),
        (b"LAST", None),
    ],
)
def test_chunk_size(argument: bytes, expected: tuple[int, bool] | None) -> None:
    assert expected == chunk_size(argument)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (b"MAIL FROM:<a@example.org> SIZE=1", True),
        (b"mail from: <>", True),
        (b"RCPT TO:<a@example.org>", True),
        (b"RCPT TO:<>", False),
        (b"QUIT", True),
        (b"QUIT smoking", False),
        (b"DATA", True),
        (b"Data is the new oil", False),
        (b"EHLO mta.example.org", True),
        (b"HELO [192.0.2.1]", True),
        (b"Helo there, old friend", False),
        (b"Subject: MAIL FROM:<a@example.org>", False),
        (b"BDAT 5 LAST", True),
        (b"AUTH PLAIN x", True),
    ],
)
def test_lines_that_are_commands_anywhere(line: bytes, expected: bool) -> None:
    assert expected == bool(UNMISTAKABLE.match(line))


@pytest.mark.parametrize(
    ("verb", "argument", "expected"), [("XEXCH50", "812 2", 812), ("XEXCH50", "x", 0), ("NOOP", "812", None)]
)
def test_binary_size(verb: str, argument: str, expected: int | None) -> None:
    assert expected == binary_size(Command(0, 0, verb, argument))


WORDS = [
    b"MAIL FROM:",
    b"RCPT TO:",
    b"MAIL FROM: ",
    b"mail from:",
    b"RCPT TO",
    b"DATA",
    b"EHLO ",
    b"AUTH",
    b"RSET",
    b"MAIL",
]
PATHS = [
    b"<>",
    b"<a@example.org>",
    b"<@r:a@example.org>",
    b'<"a b"@example.org>',
    b"<a\\b@c>",
    b"<a@b",
    b"<a b>",
    b"<\xc3\xa9@b>",
]
TAILS = [b"", b" ", b" SIZE=1", b" SIZE=1 ", b"\t", b" a\\b", b" \xff", b"x", b">", b" " + b"x" * 600, b" <x>"]
PARTS = st.one_of(st.sampled_from(WORDS + PATHS + TAILS), st.binary(max_size=4))


@given(st.lists(PARTS, max_size=5))
def test_the_short_way_says_what_the_long_one_says(parts: list[bytes]) -> None:
    line = b"".join(parts)

    assert _parse_any(line) == parse_command(line)


@given(st.sampled_from(WORDS), st.sampled_from(PATHS), st.sampled_from(TAILS))
def test_the_short_way_of_a_path(word: bytes, path: bytes, tail: bytes) -> None:
    line = word + path + tail

    assert _parse_any(line) == parse_command(line)
