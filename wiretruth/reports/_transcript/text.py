"""Transcripts for a person: time, wait, who, and what."""

from collections.abc import Iterator, Sequence
from typing import Final

from wiretruth.model.durations import duration
from wiretruth.model.frames import NANOSECONDS
from wiretruth.reports._options import Options
from wiretruth.reports._text.clock import Clock
from wiretruth.reports._text.page import Line, ink, line
from wiretruth.reports._text.style import BAD, DOUBTFUL, QUIET
from wiretruth.reports._transcript.beat import Beat, Who
from wiretruth.reports._transcript.transcript import Transcript
from wiretruth.reports._words import second

SILENCE: Final = 5 * NANOSECONDS
"""From here on a wait for the next word is told as a silence: servers do look up a name or scan a message for a while."""

_LAST: Final = ("fin", "rst")
_TURNS: Final = ("connected", *_LAST)
_MILLISECOND: Final = 1_000_000
_MINUTE: Final = 60 * NANOSECONDS
_LEAD: Final = 24
"""Columns before the words: time, wait, who."""
_SPEAKER: Final = {Who.CLIENT: "C: ", Who.SERVER: "S: "}


def render(chosen: Sequence[Transcript], total: int, options: Options) -> Iterator[str]:
    """Give transcripts line by line, wrapped and coloured as the options say.

    Args:
        chosen: what to tell.
        total: how many there are.
        options: width and colour.
    """
    for place, transcript in enumerate(chosen):
        yield from ink(_told(transcript, total, first=place == 0), options)


def _told(transcript: Transcript, total: int, *, first: bool) -> Iterator[Line]:
    if not first:
        yield line("")
    seen = transcript.sighting
    day = second(seen.opened.at).date()
    clock = Clock(day)
    yield line(
        (f"Dialogue {transcript.number} of {total}: {seen.client} -> {seen.server}, {day.isoformat()} (UTC)", "bold")
    )
    yield from (line((words, QUIET), lead="  ") for words in _about(transcript))
    previous: int | None = None
    spoken: Beat | None = None
    for beat in transcript.beats():
        if spoken is not None and (beat.said or beat.kind in _LAST) and beat.at - spoken.at >= SILENCE:
            yield _silence(spoken, beat.at)
        yield from _lines(beat, clock, previous)
        previous = beat.at
        if beat.said or beat.kind in _TURNS:
            spoken = None if beat.kind in _LAST else beat
    for note in transcript.notes():
        yield line((f"({note})", DOUBTFUL), lead=" " * _LEAD)


def _about(transcript: Transcript) -> Iterator[str]:
    """Say whose mail it was, and where it was seen."""
    connection, seen = transcript.connection, transcript.sighting
    if transcript.domains:
        to = f", to {', '.join(transcript.meant)}" if transcript.meant else ""
        yield f"mail for {', '.join(transcript.domains)}{to}"
    yield f"seen at {seen.vantage}, frames {seen.opened.frame} to {seen.last.frame}"
    if seen.reply_source is not None:
        yield f"answered by {seen.reply_source}"
    for other in connection.sightings:
        if other is not seen and (other.client, other.server) != (seen.client, seen.server):
            yield f"at {other.vantage} it is {other.client} -> {other.server}"


def _lines(beat: Beat, clock: Clock, previous: int | None) -> Iterator[Line]:
    style = "" if not beat.bad else (DOUBTFUL if beat.lines[0].startswith("4") and beat.kind == "reply" else BAD)
    who = _SPEAKER[beat.who] if beat.said else "-- "
    for place, words in enumerate(beat.lines):
        time = f"{clock(beat.at)} {_wait(beat.at, previous):>7} " if not place else " " * (_LEAD - 3)
        yield line((words, style if beat.said or beat.bad else QUIET), lead=f"{time}{who}")


def _silence(since: Beat, until: int) -> Line:
    waited = "client" if since.who is Who.SERVER else "server"
    words = f"{duration(until - since.at)} of silence: the {waited} was waited for"
    return line((words, DOUBTFUL), lead=" " * (_LEAD - 3) + "-- ")


def _wait(at: int, previous: int | None) -> str:
    """Say how long after the line before, in seven columns; nothing under a millisecond."""
    waited = 0 if previous is None else at - previous
    if waited < _MILLISECOND:
        return ""
    if waited < NANOSECONDS:
        return f"+{waited // _MILLISECOND}ms"
    if waited < 2 * _MINUTE:
        return f"+{waited / NANOSECONDS:.1f}s"
    minutes, seconds = divmod(waited // NANOSECONDS, 60)
    hours, minutes = divmod(minutes, 60)
    return f"+{hours}h{minutes:02}m" if hours else f"+{minutes}m{seconds:02}s"
