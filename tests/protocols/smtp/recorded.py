"""What two directions deliver, piece by piece; fed to a reader one by one, or with neighbours joined into runs."""

from collections.abc import Callable, Iterable, Iterator
from itertools import accumulate
from typing import NamedTuple

from wiretruth.model.frames import Mark
from wiretruth.protocols.smtp.candidate import Candidate
from wiretruth.protocols.smtp.dialogue import DialogueParser


class Piece(NamedTuple):
    """One segment of a direction; without *octets*, so many *missing* ones."""

    from_client: bool
    mark: Mark
    octets: bytes
    missing: int = 0


Reader = Candidate | DialogueParser
Ask = Callable[[], bool]
"""Whether a piece is to be joined to the one before."""


def feed(reader: Reader, pieces: Iterable[Piece]) -> None:
    """One by one."""
    for from_client, (at, frame), octets, missing in pieces:
        if missing:
            reader.gap(from_client, at, frame, missing)
        else:
            reader.receive(from_client, at, frame, octets)


def feed_runs(reader: Reader, pieces: Iterable[Piece], join: Ask) -> None:
    """By runs."""
    for run in runs(pieces, join):
        from_client, mark, _, missing = run[0]
        if missing:
            reader.gap(from_client, mark.at, mark.frame, missing)
            continue
        ends = list(accumulate(len(p.octets) for p in run))
        reader.receive_run(from_client, b"".join(p.octets for p in run), ends, [p.mark for p in run])


def runs(pieces: Iterable[Piece], join: Ask) -> Iterator[list[Piece]]:
    """Put neighbours of one direction together, where *join* says so."""
    run: list[Piece] = []
    for piece in pieces:
        joinable = run and not piece.missing and not run[-1].missing and run[-1].from_client == piece.from_client
        if run and not (joinable and join()):
            yield run
            run = []
        run.append(piece)
    if run:
        yield run
