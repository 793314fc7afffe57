"""Replies out of reply lines, well formed and not."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wiretruth.model.smtp import Reply
from wiretruth.protocols.smtp.replies import (
    MAX_REPLY_LINES,
    ReplyAssembler,
    ReplyLine,
    make_reply,
    parse_reply_line,
    read_tidy,
    remembered_tidy,
)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (b"250 Ok", ReplyLine(250, "Ok", last=True, well_formed=True)),
        (b"250-Ok", ReplyLine(250, "Ok", last=False, well_formed=True)),
        (b"250", ReplyLine(250, "", last=True, well_formed=True)),
        (b"250 ", ReplyLine(250, "", last=True, well_formed=True)),
        (b"250OK", ReplyLine(250, "OK", last=True, well_formed=False)),
        (b"250\tOK", ReplyLine(250, "\\x09OK", last=True, well_formed=False)),
        (b"354 \x1b[2J", ReplyLine(354, "\\x1b[2J", last=True, well_formed=True)),
        (b"2500 OK", None),
        (b"99 no", None),
        (b"150 no", None),
        (b"600 no", None),
        (b" 250 no", None),
        (b"hello", None),
        (b"", None),
    ],
)
def test_a_line(line: bytes, expected: ReplyLine | None) -> None:
    assert expected == parse_reply_line(line)


@pytest.mark.parametrize(
    ("text", "enhanced"),
    [
        ("2.1.0 Ok", "2.1.0"),
        ("4.7.25", "4.7.25"),
        ("5.1.1234 no", None),
        ("3.1.0 no", None),
        ("see 5.1.1", None),
        ("5.1.1<bob>", None),
    ],
)
def test_enhanced_status(text: str, enhanced: str | None) -> None:
    assert enhanced == make_reply(0, 0, 250, (text,)).enhanced


def add_all(lines: list[bytes]) -> list[Reply]:
    assembler, replies = ReplyAssembler(), []
    for at, octets in enumerate(lines):
        line = parse_reply_line(octets)
        if line is None:
            assembler.add_text(octets)
        elif reply := assembler.add(line, at, at):
            replies.append(reply)
    return replies


def test_many_lines_are_one_reply_at_the_time_of_the_last() -> None:
    expected = [Reply(2, 2, 250, None, ("mx.example.net", "SIZE 10", "DSN"))]

    assert expected == add_all([b"250-mx.example.net", b"250-SIZE 10", b"250 DSN"])


def test_the_last_code_counts() -> None:
    assert [Reply(1, 1, 554, "2.0.0", ("2.0.0 a", "b"))] == add_all([b"250-2.0.0 a", b"554 b"])


def test_wrapped_text_is_kept() -> None:
    assert [Reply(2, 2, 250, None, ("a", "wrapped", "b"))] == add_all([b"250-a", b"wrapped", b"250 b"])


def test_a_reply_without_end_is_bounded() -> None:
    (reply,) = add_all([b"250-x"] * 1000 + [b"text"] * 1000 + [b"250 y"])

    assert ("x",) * MAX_REPLY_LINES == reply.lines


LINES = [
    b"250 2.1.0 Ok",
    b"250-mx.example.net",
    b"250-SIZE 10",
    b"250",
    b"250-",
    b"354 go",
    b"250OK",
    b"text",
    b"\xff\\",
    b"250 a\rb",
]
ENDS = [b"\r\n", b"\r\n", b"\r\n", b"\n", b""]


@given(st.lists(st.tuples(st.sampled_from(LINES), st.sampled_from(ENDS)), max_size=6))
def test_what_is_tidy_is_what_its_lines_say(said: list[tuple[bytes, bytes]]) -> None:
    """Read at once or line by line; and what is not tidy is left to the lines."""
    octets = b"".join(line + end for line, end in said)
    tidy = read_tidy(octets)
    lines = [parse_reply_line(line) for line, _ in said]
    if tidy is None:
        assert (
            any(end != b"\r\n" or b"\r" in line for line, end in said)
            or any(line is None or not line.well_formed for line in lines)
            or any(a.code != b.code for a, b in itertools.pairwise(filter(None, lines)) if not a.last)
            or not said
            or (lines[-1] is not None and not lines[-1].last)
        )
    else:
        assert [r._replace(at=0, frame=0) for r in add_all([line for line, _ in said])] == [
            Reply(0, 0, r.code, r.enhanced, r.lines) for r in tidy
        ]
        assert len(octets) == (tidy[-1].end if tidy else 0)


def test_what_is_remembered_is_bounded() -> None:
    """Neither many lines nor long ones are remembered."""
    assert read_tidy(b"250-x\r\n" * MAX_REPLY_LINES + b"250 x\r\n") is None
    assert read_tidy(b"250 " + b"x" * 600 + b"\r\n") is None
    assert remembered_tidy.cache_parameters()["maxsize"] is not None
