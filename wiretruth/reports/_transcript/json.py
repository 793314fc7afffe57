"""Transcripts for a program: one document, one entry a line."""

from collections.abc import Iterator, Sequence
from typing import Final

from wiretruth.model.frames import NANOSECONDS
from wiretruth.reports._records.shape import Record, encoded, when
from wiretruth.reports._transcript.beat import Beat
from wiretruth.reports._transcript.transcript import Transcript

SCHEMA: Final = "wiretruth.transcript/1"

_MILLISECOND: Final = NANOSECONDS // 1000


def render(chosen: Sequence[Transcript], total: int, version: str) -> Iterator[str]:
    """Give the document in pieces.

    Args:
        chosen: what to tell.
        total: how many there are.
        version: of wiretruth.
    """
    tool = {"name": "wiretruth", "version": version}
    yield f'{{\n"schema": {encoded(SCHEMA)},\n"tool": {encoded(tool)},\n"total": {total},\n"transcripts": ['
    between = "\n"
    for transcript in chosen:
        yield between + encoded(record(transcript))
        between = ",\n"
    yield "]\n}\n"


def record(transcript: Transcript) -> Record:
    """Give one transcript."""
    seen, connection = transcript.sighting, transcript.connection
    beats = transcript.beats()
    before = [beats[0].at, *(beat.at for beat in beats)] if beats else []
    return {
        "number": transcript.number,
        "connection": connection.id,
        "vantage": seen.vantage,
        "client": str(seen.client),
        "server": str(seen.server),
        "at": when(seen.opened.at),
        "outcome": seen.outcome.value,
        "domains": list(transcript.domains),
        "recipients": list(transcript.recipients),
        "lines": [_line(beat, at) for beat, at in zip(beats, before, strict=False)],
        "notes": list(transcript.notes()),
    }


def _line(beat: Beat, previous: int) -> Record:
    return {
        "at": when(beat.at),
        "after_ms": max(beat.at - previous, 0) / _MILLISECOND,
        "frame": beat.frame,
        "from": beat.who.value,
        "kind": beat.kind,
        "text": list(beat.lines),
    }
