"""Connections whose sequence numbers a middlebox rewrites: known by what it leaves as it is.

A SYN proxy (netfilter's SYNPROXY, load balancers) keeps the client's number and answers with one of its own; firewalls that
draw all numbers anew (Cisco's "random sequence number") keep neither. Both leave the octets as they are, and so the relative
series: how far each side's stream went. A proxy that opens a connection of its own leaves the octets, too; its SYN is another
one, with another TSval and another identification, so that the two are not taken for one.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from itertools import combinations

from wiretruth.ledger.clocks import Clocks
from wiretruth.model.frames import NANOSECONDS
from wiretruth.model.sighting import Sighting
from wiretruth.model.smtp import Command, Dialogue
from wiretruth.model.ties import GUESSABLE, octets

HANDSHAKE_TIME = 3 * NANOSECONDS
"""A SYN proxy lets the SYN go on when the client has answered: a round trip, or with a SYN sent again a second more."""

MOST_SIGHTINGS = 16
"""Sightings of one connection, or of one lookup: a path with more vantages than this is not captured."""

MOST_ALIKE = 64
"""Sightings with the same mark that are held against each other: more share one only where somebody made it so."""

Group = list[Sighting]
_Mark = Callable[[Sighting], Hashable]


def join_renumbered(groups: list[Group], dialogues: Mapping[int, Dialogue], clocks: Clocks) -> tuple[list[Group], int]:
    """Join groups that are one connection under other sequence numbers.

    Args:
        groups: sightings tied by their numbers.
        dialogues: by the serial of their sighting.
        clocks: of the vantages.

    Returns:
        The groups, and how many sightings were left apart because several would fit.
    """
    if len({group[0].vantage for group in groups}) < 2:  # noqa: PLR2004 - one vantage sees each connection once
        return groups, 0
    joined = _Joined(groups, dialogues, clocks)
    for mark in (_asked_alike, _sent_alike):
        joined.by(mark)
    return joined.groups(), joined.ambiguous


class _Joined:
    """Groups, of which some turn out to be one."""

    def __init__(self, groups: list[Group], dialogues: Mapping[int, Dialogue], clocks: Clocks) -> None:
        self.ambiguous = 0
        self._groups: list[Group | None] = list(groups)
        self._dialogues = dialogues
        self._clocks = clocks

    def groups(self) -> list[Group]:
        return [group for group in self._groups if group is not None]

    def by(self, mark: _Mark) -> None:
        """Join the groups whose first sightings bear the same mark, where each fits one other only."""
        alike: dict[Hashable, list[int]] = {}
        for place, group in enumerate(self._groups):
            value = mark(group[0]) if group else None
            if value is not None:
                alike.setdefault(value, []).append(place)
        for places in alike.values():
            if 1 < len(places) <= MOST_ALIKE:
                self._join(places)

    def _join(self, places: list[int]) -> None:
        fitting = [(a, b) for a, b in combinations(places, 2) if self._fits(a, b)]
        met: dict[int, int] = {}
        for place in (p for pair in fitting for p in pair):
            met[place] = met.get(place, 0) + 1
        for a, b in fitting:
            one, other = self._groups[a], self._groups[b]
            if met[a] == met[b] == 1 and one is not None and other is not None:
                self._groups[a], self._groups[b] = one + other, None
        self.ambiguous += sum(1 for times in met.values() if times > 1)

    def _fits(self, a: int, b: int) -> bool:
        one, other = self._groups[a], self._groups[b]
        if one is None or other is None or len(one) + len(other) > MOST_SIGHTINGS:
            return False
        if {s.vantage for s in one} & {s.vantage for s in other}:
            return False
        near, far = one[0], other[0]
        moments = [self._clocks.common(s.vantage, s.opened.at) for s in (near, far)]
        if abs(moments[0] - moments[1]) > HANDSHAKE_TIME:
            return False
        if not (near.followed and far.followed) or octets(near) != octets(far) or 0 in octets(near):
            return False
        return self._said_alike(near, far)

    def _said_alike(self, one: Sighting, other: Sighting) -> bool:
        said = [self._dialogues.get(s.serial) for s in (one, other)]
        if said[0] is None or said[1] is None:
            return said[0] is said[1]
        return _shape(said[0]) == _shape(said[1])


def _asked_alike(sighting: Sighting) -> Hashable:
    """The client's number alone: what a SYN proxy keeps."""
    number = sighting.client_isn
    return number if number is not None and number >= GUESSABLE and sighting.server_isn is not None else None


def _sent_alike(sighting: Sighting) -> Hashable:
    """The SYN but for its numbers and addresses, which are another program's where it differs."""
    first = sighting.syns[0] if sighting.syns else None
    if first is None or (sighting.client_ts is None and not first.ip_id):
        return None
    return sighting.client_ts, first.ip_id, first.window


def _shape(dialogue: Dialogue) -> tuple[object, ...]:
    """Give who said what in which order; a line may have been edited, a step not."""
    return tuple(_steps(dialogue.events))


def _steps(events: Iterable[object]) -> Iterator[object]:
    for event in events:
        yield event.verb if isinstance(event, Command) else getattr(event, "code", None)
