"""One attempt of a delivery as lines of a story: who was tried, how the connection fared, what was said."""

from collections.abc import Iterator
from typing import Final

from wiretruth.model.connection import Connection
from wiretruth.model.delivery import Attempt, ExpectedHost
from wiretruth.model.sighting import Sighting
from wiretruth.reports._text.dialogue import spelt_out, told
from wiretruth.reports._text.handshake import beginning, ending, silence
from wiretruth.reports._text.moment import Moment
from wiretruth.reports._text.page import Piece
from wiretruth.reports._text.style import DOUBTFUL, QUIET
from wiretruth.reports._words import count

PLACES: Final = 4
"""Other sightings of a connection that are told; the rest is counted."""


def attempt_moments(attempt: Attempt, expected: tuple[ExpectedHost, ...], *, in_full: bool) -> list[Moment]:
    """Tell the attempt in the order of time.

    Args:
        attempt: as observed.
        expected: the hosts that the delivery should try, to name the one that was tried.
        in_full: every line of the dialogue, and frame numbers.
    """
    connection = attempt.connection
    nearest = connection.nearest
    frame: list[Piece] = [(f" (frame {nearest.opened.frame})", QUIET)] if in_full else []
    opening: list[Piece] = ["tried ", *_server(connection, expected), ": ", beginning(nearest), *frame]
    moments = [Moment(attempt.at, opening, inner=False)]
    moments += (Moment(attempt.at, [words]) for words in _elsewhere(connection.sightings))
    if connection.dialogue:
        dialogue = connection.dialogue
        moments += spelt_out(dialogue) if in_full else told(dialogue, nearest.last.at)
    last_words = (ending(nearest), None if connection.dialogue else silence(nearest))
    moments += filter(None, last_words)
    return sorted(moments, key=lambda moment: moment.at)


def _server(connection: Connection, expected: tuple[ExpectedHost, ...]) -> Iterator[Piece]:
    address, port = connection.server
    known = next((host for host in expected if address in host.addresses), None)
    if known is None:
        yield str(connection.server)
        if any(host.addresses for host in expected):
            yield (", which no answer above names", DOUBTFUL)
        return
    rank = "" if known.preference is None else f" (MX {known.preference})"
    yield f"{known.name} [{address}]:{port}{rank}"


def _elsewhere(sightings: tuple[Sighting, ...]) -> Iterator[str]:
    near = (sightings[0].client, sightings[0].server)
    others = [sighting for sighting in sightings[1:] if (sighting.client, sighting.server) != near]
    for sighting in others[:PLACES]:
        yield f"seen at {sighting.vantage} as {sighting.client} to {sighting.server}"
    if len(others) > PLACES:
        yield f"and under other addresses {count(len(others) - PLACES, 'more time')}"
