"""The lookups of a run that are judged: all that are made already, and of the plain ones those that somebody will look at."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from wiretruth.engine.yielded import Yielded, every_lookup
from wiretruth.ledger.pairing import FORWARDING_TIME
from wiretruth.model.connection import Connection
from wiretruth.model.dns import Lookup
from wiretruth.witnesses.contact import is_mail

if TYPE_CHECKING:
    from array import array

    from wiretruth.engine.lookup_rows import PlainLookups
    from wiretruth.engine.screening import Screened

FEW = 1000
"""Lookups of which none is left out: not more than failures are told (``screening.MAX_NOTED``)."""

FAR_PAST = -(1 << 64)


@dataclass(slots=True)
class Needed:
    """What is judged, and what is said of the rest."""

    lookups: list[Lookup] = field(default_factory=list)
    heard: dict[str, "array[int]"] = field(default_factory=dict)
    """By resolver, when it answered lookups that are not among these; ascending."""
    replied: set[tuple[str, str]] = field(default_factory=set)
    """Vantage and address of hosts that such an answer reached."""
    others: int = 0
    """Lookups that are not among these."""
    others_answered: bool = False
    given_up: int = 0
    """Of the others, those that were dropped because there were too many, and not because nobody needs them."""
    forgotten_until: int = FAR_PAST
    """What was said of names up to then is not known as a whole, and none of it is judged."""

    @property
    def forgotten(self) -> bool:
        """Tell whether anything of what was said of names is not known."""
        return self.forgotten_until > FAR_PAST

    def drop_forgotten(self, slack: int) -> None:
        """Leave out what was said in the time of which not all is known: its context may be missing.

        Args:
            slack: nanoseconds by which what belongs together may be apart.
        """
        if self.forgotten:
            until = self.forgotten_until + slack
            kept = [x for x in self.lookups if x.at > until]
            self.others += len(self.lookups) - len(kept)
            self.given_up += len(self.lookups) - len(kept)
            self.lookups = kept


def needed(reads: list[Yielded], connections: Iterable[Connection], spared: Collection[str] = ()) -> Needed:
    """Choose the lookups to judge; *spared* are clients of whose lookups it is known that nobody has to look at them."""
    if sum(map(_size, reads)) <= FEW:
        return Needed([x for read in reads for x in every_lookup(read)])
    from wiretruth.engine.lookup_rows import PlainLookups  # noqa: PLC0415  (numpy is slow to load)
    from wiretruth.engine.screening import Screen  # noqa: PLC0415  (imports numpy)

    found = Needed()
    mail = _mail_hosts(connections)
    places = _places(reads)
    several = len(places) > 1
    for read in reads:
        plain = read.plain or PlainLookups([], [], [])
        screen = Screen(plain)
        _add(
            found,
            plain,
            screen.everything(read.lookups) if several else screen.screen(read.lookups, mail, spared),
            places,
        )
    found.drop_forgotten(FORWARDING_TIME if several else 0)
    return found


def _size(read: Yielded) -> int:
    plain = read.plain
    return len(read.lookups) + (len(plain) + plain.given_up if plain else 0)


def _add(found: Needed, plain: "PlainLookups", screened: "Screened", places: set[str]) -> None:
    found.lookups += screened.lookups
    found.heard.update(screened.heard)
    if len(places) == 1:
        found.replied.update((place, client) for client in screened.answered for place in places)
    found.others += screened.others + plain.given_up
    found.others_answered |= screened.others_answered
    found.given_up += screened.given_up + plain.given_up
    if plain.given_up:
        found.forgotten_until = max(found.forgotten_until, plain.given_up_until)
    if screened.forgotten:
        found.forgotten_until = max(found.forgotten_until, screened.forgotten_until)


def _places(reads: list[Yielded]) -> set[str]:
    """Every vantage that saw DNS: what is a drop between two of them can only be told from all that both saw."""
    places = {place for read in reads if read.plain for place in read.plain.places}
    return places | {x.vantage for read in reads for x in read.lookups}


def _mail_hosts(connections: Iterable[Connection]) -> set[str]:
    ends = (
        end
        for connection in connections
        if is_mail(connection)
        for sighting in connection.sightings
        for end in (sighting.client, sighting.server, sighting.reply_source)
    )
    return {end.address for end in ends if end is not None}
