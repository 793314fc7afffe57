"""One dialogue at two places: which lines somebody between them has changed."""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice, pairwise, zip_longest
from typing import Final, NamedTuple

from wiretruth.model.connection import Connection
from wiretruth.model.finding import Evidence
from wiretruth.model.smtp import Command, Dialogue, Reply

MOST: Final = 16
"""Edits told of one dialogue; who changes every line is known by the first ones."""

NOTHING: Final = "(nothing)"


class Edit(NamedTuple):
    """A line that was sent, and what became of it."""

    said_by: str
    """``server`` or ``client``."""
    sent: str
    arrived: str
    """Either may be :data:`NOTHING`."""
    sent_at: tuple[str, int]
    """Vantage and frame."""
    arrived_at: tuple[str, int]

    @property
    def of_starttls(self) -> bool:
        """Tell whether it takes STARTTLS away."""
        return self.said_by == "server" and "STARTTLS" in self.sent.upper() and "STARTTLS" not in self.arrived.upper()

    def evidence(self) -> Iterator[Evidence]:
        """Give both readings, the one that was sent first."""
        yield Evidence(f"the {self.said_by} sent: {self.sent}", self.sent_at[0], (self.sent_at[1],))
        yield Evidence(f"what arrived: {self.arrived}", self.arrived_at[0], (self.arrived_at[1],))


def edits_of(connection: Connection) -> list[Edit]:
    """Give the edits between the vantages that one connection passed; none where a capture lacks octets of it."""
    if not connection.elsewhere or connection.dialogue is None or any(_lacking(connection)):
        return []
    read = (connection.dialogue, *connection.elsewhere)
    return [edit for near, far in pairwise(read) for edit in edits(near, far)][:MOST]


def _lacking(connection: Connection) -> Iterator[bool]:
    for sighting in connection.sightings:
        for half in (sighting.from_client, sighting.from_server):
            yield half.conflicting_octets + half.missing_octets > 0


def edits(near: Dialogue, far: Dialogue) -> list[Edit]:
    """Give the edits between the client's side and the server's, line by line; empty where either was not read in whole."""
    if not (_whole(near) and _whole(far)):
        return []
    commands = _pairs(near, far, _commands)
    replies = _pairs(near, far, _replies)
    return list(islice([*commands, *replies], MOST))


def _whole(dialogue: Dialogue) -> bool:
    return not (dialogue.missing_octets or dialogue.events_dropped or dialogue.faults)


class _Said(NamedTuple):
    frame: int
    lines: tuple[str, ...]


_Reading = Callable[[Dialogue], Iterator[_Said]]


def _commands(dialogue: Dialogue) -> Iterator[_Said]:
    for event in dialogue.events:
        if isinstance(event, Command):
            yield _Said(event.frame, (f"{event.verb} {event.argument}".rstrip(),))


def _replies(dialogue: Dialogue) -> Iterator[_Said]:
    for event in dialogue.events:
        if isinstance(event, Reply):
            yield _Said(event.frame, tuple(f"{event.code} {line}".rstrip() for line in event.lines))


def _pairs(near: Dialogue, far: Dialogue, said: _Reading) -> Iterator[Edit]:
    """Hold one side's words at both places against each other; the words of the server come from afar.

    Words that the other place has as well, only not here, were not changed: one of the two was not read from its first
    octet, or not in order.
    """
    heard, heard_there = tuple(said(near)), tuple(said(far))
    known, known_there = ({x.lines for x in all_said} for all_said in (heard, heard_there))
    for here, there in zip(heard, heard_there, strict=False):
        if here.lines != there.lines:
            if here.lines in known_there or there.lines in known:
                return
            places = (near.vantage, here.frame), (far.vantage, there.frame)
            if said is _commands:
                yield from _changed("client", here.lines, there.lines, places)
            else:
                yield from _changed("server", there.lines, here.lines, (places[1], places[0]))


def _changed(
    said_by: str, sent: tuple[str, ...], arrived: tuple[str, ...], places: tuple[tuple[str, int], tuple[str, int]]
) -> Iterator[Edit]:
    gone, new = _without(sent, arrived), _without(arrived, sent)
    for one, other in zip_longest(gone, new, fillvalue=NOTHING):
        yield Edit(said_by, one, other, *places)


def _without(lines: Iterable[str], others: tuple[str, ...]) -> list[str]:
    known = set(others)
    return [line for line in lines if line not in known]
