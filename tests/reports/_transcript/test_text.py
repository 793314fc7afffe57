"""Transcripts for a person."""

import pytest
from hypothesis import given

from tests.protocols.smtp.script import CLIENT, SERVER
from tests.protocols.smtp.test_dialogue import PIECES
from tests.reports import scenes
from wiretruth.model.connection import Connection
from wiretruth.model.frames import NANOSECONDS
from wiretruth.protocols.smtp.dialogue import DialogueParser
from wiretruth.reports._options import Options
from wiretruth.reports._transcript.text import _wait, render
from wiretruth.reports._transcript.transcript import Transcript, transcripts


def told(width: int = 80, *, colour: bool = False) -> str:
    every = transcripts(scenes.seed())
    return "".join(render(every, len(every), Options(width=width, colour=colour)))


def test_a_line_has_time_wait_and_who() -> None:
    lines = told().splitlines()

    assert lines[0] == f"Dialogue 1 of 1: {scenes.CLIENT} -> {scenes.SERVER}, 2026-11-20 (UTC)"
    assert "18:29:43.289         S: 220 relay.other.example ESMTP" in lines
    assert "                     S: 250-PIPELINING" in lines


@pytest.mark.parametrize("width", [80, 100, 120])
def test_lines_keep_the_width(width: int) -> None:
    assert width >= max(map(len, told(width).splitlines()))


def test_colour_changes_no_word() -> None:
    assert "\x1b[" in told(colour=True)
    assert "\x1b" not in told()


@pytest.mark.parametrize(
    ("waited", "words"),
    [
        (None, ""),
        (999_999, ""),
        (-5, ""),
        (250_400_000, "+250ms"),
        (1_200_000_000, "+1.2s"),
        (260 * NANOSECONDS, "+4m20s"),
        (3_900 * NANOSECONDS, "+1h05m"),
    ],
)
def test_waits(waited: int | None, words: str) -> None:
    assert words == _wait(10 + (waited or 0), None if waited is None else 10)


@pytest.mark.parametrize(("after", "silent"), [(4, []), (31, ["31.0 s of silence: the server was waited for"])])
def test_a_silence_is_told_in_its_place(after: int, silent: list[str]) -> None:
    parser = DialogueParser(1, "here", CLIENT, SERVER, scenes.at(0))
    parser.receive(False, scenes.at(1), 10, b"220 mail.example.net ESMTP\r\n")
    parser.receive(True, scenes.at(2), 11, b"EHLO mta.corp.example\r\n")
    parser.receive(False, scenes.at(2) + after * NANOSECONDS, 12, b"250 mail.example.net\r\n")
    one = Transcript(1, Connection((scenes.sighting(when=scenes.at(0)),), parser.finish(0)))
    lines = [line[24:] for line in "".join(render([one], 1, Options())).splitlines()]

    assert ["EHLO mta.corp.example", *silent, "250 mail.example.net"] == lines[lines.index("EHLO mta.corp.example") :][
        : 2 + len(silent)
    ]


@given(PIECES)
def test_hostile_octets_stay_harmless(pieces: list[tuple[bool, bytes, int]]) -> None:
    """Whatever was said, each line is printable."""
    parser = DialogueParser(1, "here", CLIENT, SERVER, 0, headers=True)
    parser.receive(False, 0, 0, b"220 mail\x1b[2J.example.net ESMTP \xe2\x80\xae\r\n")
    for at, (from_client, octets, missing) in enumerate(pieces, 1):
        parser.receive(from_client, at, at, octets + b"\x1b]0;x\x07\r\n" * (missing % 2))
    one = Transcript(1, Connection((scenes.sighting(),), parser.finish(99)))

    assert [] == [row for row in "".join(render([one], 1, Options())).split("\n") if not row.isprintable()]
