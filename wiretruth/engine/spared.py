"""What is said of the faultless sessions that are not made."""

from dataclasses import dataclass

from wiretruth.engine.judgement import unfiltered
from wiretruth.engine.yielded import Yielded


@dataclass(frozen=True, slots=True)
class Spared:
    """Sessions that nobody has to look at."""

    count: int = 0
    deliveries: int = 0
    """Theirs; all were accepted."""
    first: int | None = None
    """When the first of them was opened."""
    looked_up: bool = False
    """The client of that one had looked up where it was meant to go."""
    clients: frozenset[str] = frozenset()


def spare(reads: list[Yielded], *, alone: bool) -> Spared:
    """Make the faultless sessions that somebody has to look at, and give the others up.

    Args:
        reads: every input.
        alone: nothing but the captures is a witness, and no part of the report is asked for.
    """
    spared = Spared()
    for read in reads:
        if read.sessions is None or not len(read.sessions):
            continue
        from wiretruth.engine.sparing import CONSIDERED, Sparing  # noqa: PLC0415  (imports numpy)

        one_place = len(reads) == 1 and len(read.vantages) == 1
        sparing = Sparing(read, read.sessions)
        wanted = sparing.wanted() if alone and one_place and unfiltered() <= CONSIDERED else sparing.everything()
        for sighting, dialogue in read.sessions.made(sparing.by_chunk(wanted)):
            read.sightings.append(sighting)
            read.dialogues[sighting.serial] = dialogue
        spared = sparing.spared(wanted)
        read.sessions = None
    return spared
