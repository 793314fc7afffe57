"""Header sections: kept where they are asked for, and nothing behind them ever."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.protocols.smtp.script import CLIENT, SERVER
from wiretruth.model.smtp import Header
from wiretruth.protocols.smtp.dialogue import DialogueParser
from wiretruth.protocols.smtp.headers import MAX_SECTION, MAX_SECTIONS, HeaderReader, Room

ENVELOPE = b"MAIL FROM:<a@example.org>\r\nRCPT TO:<b@example.net>\r\n"
MESSAGE = b"Subject: one\r\n two\r\nFrom: <a@example.org>\r\n\r\nBody: secret\r\n.\r\n"


def read(*pieces: bytes, stuffed: bool = True) -> Header:
    reader = HeaderReader(Room(), stuffed=stuffed)
    for piece in pieces:
        reader.read(piece, 0, len(piece))
    return reader.header()


@pytest.mark.parametrize(
    ("octets", "lines", "whole"),
    [
        (b"A: 1\r\n\tfolded\r\nB : 2\r\n\r\nC: body\r\n", ("A: 1", " folded", "B : 2"), True),
        (b"A: 1\n\nC: body\n", ("A: 1",), True),
        (b"A: 1\r\nnobody's field\r\nC: body\r\n", ("A: 1",), True),
        (b"\r\nC: body\r\n", (), True),
        (b" folded: of nothing\r\nC: body\r\n", (), True),
        (b"A: 1\r\n  \r\nC: body\r\n", ("A: 1",), True),
        (b"A: 1\r\n.\r\n", ("A: 1",), True),
        (b"..A: stuffed\r\n", (".A: stuffed",), False),
        (b"A: 1\r\nB: half", ("A: 1",), False),
        (b"A: \x1b[2J\xff\r\n", ("A: \\x1b[2J\\xff",), False),
        (b"", (), False),
    ],
)
def test_lines(octets: bytes, lines: tuple[str, ...], whole: bool) -> None:
    assert Header(lines, whole) == read(octets) == read(*(octets[i : i + 1] for i in range(len(octets))))


def test_dots_of_chunks_are_their_own() -> None:
    assert (".A: 1",) == read(b".A: 1\r\n", stuffed=False).lines


def test_what_is_missing_ends_it() -> None:
    reader = HeaderReader(Room(), stuffed=True)
    reader.read(b"A: 1\r\nB: ", 0, 9)
    reader.miss()
    reader.read(b"C: 3\r\n\r\n", 0, 8)

    assert Header(("A: 1",), False) == reader.header()


@pytest.mark.parametrize("piece", [b"A: 1\r\n" * 40_000, b"A: " + b"x" * 200_000, b"A: 1\r\n" + b" x" * 90_000])
def test_a_section_is_bounded(piece: bytes) -> None:
    header = read(piece, b"\r\n\r\n")

    assert sum(map(len, header.lines)) <= MAX_SECTION
    assert not header.whole


def test_a_dialogue_is_bounded() -> None:
    room = Room()
    readers = [HeaderReader(room, stuffed=True) for _ in range(30)]
    for reader in readers:
        reader.read(b"A: 1\r\n" * 10_000, 0, 60_000)

    assert sum(len(line) for reader in readers for line in reader.header().lines) <= MAX_SECTIONS
    assert () == readers[-1].header().lines


@given(st.binary(max_size=200), st.lists(st.integers(1, 30), min_size=1, max_size=5))
def test_no_segmentation_and_no_octets_matter(octets: bytes, widths: list[int]) -> None:
    octets = octets.replace(b"\x01", b"\r\nA: ").replace(b"\x02", b"\r\n")
    pieces, position, turn = [], 0, 0
    while position < len(octets):
        width = widths[turn % len(widths)]
        pieces.append(octets[position : position + width])
        position, turn = position + width, turn + 1

    assert read(octets) == read(*pieces)


def dialogue(*said: tuple[bool, bytes | int], headers: bool = True) -> list[Header | None]:
    parser = DialogueParser(1, "here", CLIENT, SERVER, 0, headers=headers)
    parser.receive(False, 0, 0, b"220 mail.example.net ESMTP\r\n")
    for at, (from_client, octets) in enumerate(said):
        if isinstance(octets, int):
            parser.gap(from_client, at, at, octets)
        else:
            parser.receive(from_client, at, at, octets)
    return [transaction.header for transaction in parser.finish(99).transactions]


KEPT = Header(("Subject: one", " two", "From: <a@example.org>"), True)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (((True, ENVELOPE + b"DATA\r\n"), (False, b"250 a\r\n250 b\r\n354 go\r\n"), (True, MESSAGE)), [KEPT]),
        (((True, ENVELOPE + b"DATA\r\n" + MESSAGE), (False, b"250 a\r\n250 b\r\n354 go\r\n")), [KEPT]),
        (((True, ENVELOPE + b"BDAT 65 LAST\r\n" + MESSAGE[:-3] + b"Q" * 30),), [KEPT]),
        (
            (
                (True, ENVELOPE + b"BDAT 10\r\nSubject: o"),
                (True, b"BDAT 7\r\nne\r\n tw"),
                (True, b"BDAT 40\r\n" + MESSAGE[17:57]),
            ),
            [KEPT],
        ),
        (((True, ENVELOPE + b"BDAT 10\r\nSubje"), (True, 5), (True, b"BDAT 6\r\nA: 1\r\n")), [Header((), False)]),
        (((True, ENVELOPE + b"BDAT 10\r\nSubje"), (True, 99), (True, b"BDAT 6\r\nA: 1\r\n")), [Header((), False)]),
        (((True, ENVELOPE + b"DATA\r\n" + MESSAGE), (False, b"250 a\r\n550 b\r\n554 no\r\n")), [None]),
        (((True, ENVELOPE + b"DATA\r\nA: 1\r\n"), (False, b"250 a\r\n550 b\r\n554 no\r\n")), [None]),
        (((True, b"A: 1\r\nB: 2\r\nC: 3\r\n.\r\n"),), []),
        (
            ((True, ENVELOPE + b"DATA\r\n"), (False, b"250 a\r\n250 b\r\n354 go\r\n"), (True, b"A: 1\r\n"), (True, 7),
             (True, b"B: 2\r\n.\r\n")),
            [Header(("A: 1",), False)],
        ),
    ],
)  # fmt: skip
def test_messages(said: tuple[tuple[bool, bytes | int], ...], expected: list[Header | None]) -> None:
    """Behind DATA and in chunks; not behind a refusal, not behind a gap, and not where nobody saw a message begin."""
    assert expected == dialogue(*said)


def test_nobody_asked() -> None:
    said = (True, ENVELOPE + b"DATA\r\n"), (False, b"250 a\r\n250 b\r\n354 go\r\n"), (True, MESSAGE)

    assert [None] == dialogue(*said, headers=False)
