"""A run is its segments: joining changes nothing of a dialogue, not a mark, however the streams were cut."""

import random
from pathlib import Path
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.protocols.smtp.recorded import Piece, Reader, feed, feed_runs
from tests.protocols.smtp.script import CLIENT, FOLDER, SERVER, Turn, read
from tests.protocols.smtp.test_against_tshark import files
from tests.protocols.smtp.wire_tap import recordings
from wiretruth.errors import InputError
from wiretruth.model.frames import Mark
from wiretruth.model.packet import Endpoint
from wiretruth.protocols.smtp.candidate import Candidate
from wiretruth.protocols.smtp.dialogue import DialogueParser
from wiretruth.protocols.smtp.runs import mark_before

ROOT: Final = Path(__file__).resolve().parents[3]
CORPUS: Final = ROOT.parent / "shared" / "corpus"
SCRIPTS: Final = sorted(path.stem for path in FOLDER.glob("*.txt"))
ODD: Final = Endpoint("198.51.100.10", 10025)
IMPLICIT: Final = Endpoint("198.51.100.10", 465)

COMMANDS: Final = [b"EHLO x", b"MAIL FROM:<a@b>", b"RCPT TO:<c@d>", b"DATA", b"BDAT 9", b"BDAT 5 LAST", b"BDAT 0 LAST"]
OTHERS: Final = [
    b"AUTH LOGIN",
    b"AUTH PLAIN AGEAYg==",
    b"STARTTLS",
    b"RSET",
    b"QUIT",
    b"XEXCH50 5 1",
    b"aHVudGVyMg==",
    b"",
]
REPLIES: Final = [
    b"250 2.1.0 Ok",
    b"250-x",
    b"354 go",
    b"334 x",
    b"220 x ESMTP",
    b"421 x",
    b"550 5.1.1 x",
    b"235 x",
    b"503 n",
]
TEXT: Final = [
    b".",
    b"..",
    b"..x",
    b"text",
    b"x" * 700,
    b"\n.",
    b"\x16\x03\x01\x00\x05\x01\x00\x00\x01\x03",
    b" ",
    b"\xff\x00",
]
SEEDS: Final = st.integers(0, 1 << 32)
TALK: Final = st.lists(
    st.one_of(
        st.tuples(st.just(True), st.sampled_from(COMMANDS + OTHERS + TEXT), st.sampled_from([b"\r\n", b"\n", b""])),
        st.tuples(st.just(False), st.sampled_from(REPLIES), st.sampled_from([b"\r\n", b"\r\n", b"\n", b""])),
        st.tuples(st.booleans(), st.binary(max_size=20), st.just(b"\r\n")),
    ),
    max_size=40,
)


def cut(script: list[Turn], choice: random.Random) -> list[Piece]:
    """Cut turns anywhere, each piece with a mark of its own."""
    pieces: list[Piece] = []

    def add(turn: Turn, octets: bytes, missing: int) -> None:
        pieces.append(Piece(turn.from_client, Mark(len(pieces) + 1, 1000 + len(pieces)), octets, missing))

    for turn in script:
        if turn.missing:
            add(turn, b"", turn.missing)
        rest = turn.octets
        while rest:
            width = choice.choice((1, 2, 5, 20, 100, 2000))
            add(turn, rest[:width], 0)
            rest = rest[width:]
    return pieces


def readers() -> list[Reader]:
    return [
        *(Candidate(1, "here", CLIENT, server, 0) for server in (SERVER, ODD, IMPLICIT)),
        Candidate(1, "here", SERVER, CLIENT, 0),
        DialogueParser(1, "here", CLIENT, SERVER, 0),
        DialogueParser(1, "here", CLIENT, SERVER, 0, implicit_tls=True),
    ]


def check(pieces: list[Piece], choice: random.Random) -> None:
    """However neighbours are joined, every reader reads what it reads piece by piece."""
    for likely in (1.0, 0.5):
        for one, another in zip(readers(), readers(), strict=True):
            feed(one, pieces)
            feed_runs(another, pieces, lambda: choice.random() < likely)  # noqa: B023 - asked at once

            assert one.finish(99_999) == another.finish(99_999)


def test_marks() -> None:
    marks = [Mark(n, n) for n in range(3)]

    assert [0, 0, 1, 1, 1, 2] == [mark_before(position, [2, 5, 6], marks).at for position in range(1, 7)]


@pytest.mark.parametrize("name", SCRIPTS)
@pytest.mark.parametrize("seed", range(3))
def test_transcripts(name: str, seed: int) -> None:
    choice = random.Random(seed)

    check(cut(read(name)[0], choice), choice)


@given(TALK, SEEDS)
def test_anything_at_all(talk: list[tuple[bool, bytes, bytes]], seed: int) -> None:
    choice = random.Random(seed)
    script = [Turn(side, octets + end, choice.choice((0, 0, 0, 0, 0, 0, 0, 9))) for side, octets, end in talk]

    check(cut(script, choice), choice)


@given(
    st.lists(st.sampled_from([b".", b"\r", b"\n", b"\r\n", b"a" * 9, b"\r\n.\r\n", b"\n.\n"]), max_size=40),
    SEEDS,
)
def test_message_text(parts: list[bytes], seed: int) -> None:
    """The mark of the end is that of the final line feed, wherever the text was cut."""
    choice = random.Random(seed)
    mail = b"EHLO x\r\nMAIL FROM:<a@b>\r\nRCPT TO:<c@d>\r\nDATA" + choice.choice((b"\r\n", b"\n"))
    replies = b"250 x\r\n250 2.1.0 Ok\r\n250 2.1.5 Ok\r\n354 go\r\n"
    end = Turn(True, b"\r\n.\r\nQUIT\r\n")
    script = [Turn(False, b"220 x\r\n"), Turn(True, mail), Turn(False, replies), Turn(True, b"".join(parts)), end]

    check(cut([*script, Turn(False, b"250 x\r\n221 x\r\n")], choice), choice)


def captures() -> list[Path]:
    return sorted((ROOT / "pcaps").glob("*/*.pcap*")) + [CORPUS / file for file in files() if (CORPUS / file).is_file()]


@pytest.mark.shared
def test_captures() -> None:
    """Every connection of every capture, as its segments came."""
    choice = random.Random(7)
    heard = 0
    for path in captures():
        try:
            connections = recordings(path)
        except InputError:
            continue
        for opened, pieces in connections:
            one, another, third = (
                Candidate(1, "here", opened.client, opened.server, 0, digests=digests)
                for digests in (True, True, False)
            )
            feed(one, pieces)
            feed_runs(another, pieces, lambda: True)
            feed_runs(third, pieces, lambda: choice.random() < 0.5)
            expected, unhashed = one.finish(0), third.finish(0)
            heard += expected is not None

            assert expected == another.finish(0), path
            assert (expected and expected.events) == (unhashed and unhashed.events), path
    assert heard > 100
