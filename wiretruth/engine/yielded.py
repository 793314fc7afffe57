"""What one input gave, when it has been read to its end: everything that judging needs of it, and nothing that reading needed."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from wiretruth.engine.tally import InputTally, VantageTally
from wiretruth.flow.outline import Outline
from wiretruth.model.dns import Lookup
from wiretruth.model.files import Files
from wiretruth.model.frames import Fault, Vantage
from wiretruth.model.sighting import Sighting
from wiretruth.model.smtp import Dialogue

if TYPE_CHECKING:
    from wiretruth.engine.lookup_rows import PlainLookups
    from wiretruth.engine.session_rows import Sessions


@dataclass(frozen=True, slots=True)
class Ending:
    """What the format of an input said of it at its end."""

    format: str = ""
    faults: tuple[Fault, ...] = ()
    cut_off: bool = False
    kernel_drops: int | None = None
    files: Files | None = None
    """Where the input is several files: which of its frames stands in which."""


@dataclass(slots=True)
class Yielded:
    """One input, read."""

    label: str
    path: str
    """As the user named it."""
    whole: InputTally
    vantages: tuple[Vantage, ...] = ()
    """In the order of their first frames."""
    counts: dict[str, VantageTally] = field(default_factory=dict)
    """By label of the vantage."""
    ending: Ending = Ending()
    sightings: list[Sighting] = field(default_factory=list)
    others: list[Sighting | Outline] = field(default_factory=list)
    """Of connections that are no mail, unless they turn out to be the same as one that is."""
    dialogues: dict[int, Dialogue] = field(default_factory=dict)
    """By the serial of their sighting."""
    lookups: list[Lookup] = field(default_factory=list)
    plain: "PlainLookups | None" = None
    """Lookups that are not made yet, if there are any; gone when those that are needed have been made."""
    sessions: "Sessions | None" = None
    """Connections with which nothing was wrong, none of them made yet; gone when those that are needed have been made."""
    replied: set[tuple[str, str]] = field(default_factory=set)
    """Vantage and address of hosts that packets were seen to reach there."""
    dropped: int = 0
    """Sightings that were counted and not kept."""
    evicted: dict[str, int] = field(default_factory=dict)
    """How much each bounded table gave up, by what it is."""


def every_lookup(read: Yielded) -> Iterator[Lookup]:
    """Give the lookups of an input, those included that are not made yet."""
    yield from read.lookups
    if read.plain is not None:
        yield from read.plain.lookups()
