"""Connections of mail that are kept in columns while they go on, each in a slot. Imports numpy."""

import numpy as np

from wiretruth.columns.dns import Hashes
from wiretruth.columns.steady import CLIENT, FIRST, FRAME, SERVER, UNDER_WAY, State, empty
from wiretruth.columns.view import Numbers
from wiretruth.flow.recent import REMEMBERED
from wiretruth.protocols.smtp.faultless import Facts
from wiretruth.protocols.smtp.talk import Talk

_FIRST = 1024


class Slots:
    """What is known of each."""

    def __init__(self) -> None:
        """Begin with free ones."""
        self.state = empty(_FIRST)
        self.hash: Hashes = np.zeros(_FIRST, np.uint64)
        self.talks: dict[int, Talk] = {}
        self.facts: dict[int, Facts] = {}
        """Of those that are closed, after a dialogue of the usual shape."""
        self.recent: dict[int, bytearray] = {}
        """Fingerprints of the last packets."""
        self._free = list(range(_FIRST))[::-1]
        self._under_way: State = np.zeros(0, UNDER_WAY)

    def __len__(self) -> int:
        return len(self.talks)

    def all(self) -> Numbers:
        """Give the slots that are taken."""
        return np.fromiter(self.talks, np.int64, len(self.talks))

    def frame(self, slot: int) -> int:
        """Give the frame in which a connection began."""
        return int(self.state["marks"][slot, CLIENT, FIRST, FRAME])

    def client_isn(self, slot: int) -> int:
        """Give its first sequence number."""
        return int(self.state["isn"][slot, CLIENT])

    def rests(self, slot: int) -> bool:
        """Tell whether it may be silent for long and go on."""
        return slot not in self.facts and int(self.state["established"][slot, FRAME]) >= 0

    def asking(self) -> Numbers:
        """Give those of which one SYN is all that was seen."""
        some = self.all()
        packets = self.state["packets"][some]
        asking: Numbers = some[(packets[:, CLIENT] == 1) & (packets[:, SERVER] == 0)]
        return asking

    def take(self, hashed: int) -> int:
        """Take a slot for a new connection."""
        if not self._free:
            size = len(self.state)
            self.state = np.concatenate((self.state, empty(size)))
            self.hash = np.concatenate((self.hash, np.zeros(size, np.uint64)))
            self._free = list(range(size, 2 * size))[::-1]
        slot = self._free.pop()
        self.hash[slot] = hashed
        self.talks[slot], self.recent[slot] = Talk(), bytearray()
        return slot

    def free(self, slot: int) -> None:
        """Give a slot back."""
        del self.talks[slot], self.recent[slot]
        self.facts.pop(slot, None)
        self.state[slot] = empty(1)[0]
        self._free.append(slot)

    def remember(self, slot: int, packets: memoryview, width: int) -> None:
        """Remember fingerprints of *width* octets each, as many as ``flow.recent`` does."""
        recent = self.recent[slot]
        recent += packets
        del recent[: -REMEMBERED * width]

    def take_under_way(self, slots: Numbers) -> State:
        """Take out the segments that some connections have under way; their slots become places among *slots*."""
        place = np.full(len(self.state), -1)
        old = np.flatnonzero(slots >= 0)
        place[slots[old]] = old
        of = place[self._under_way["slot"]]
        mine: State = self._under_way[of >= 0]
        mine["slot"] = of[of >= 0]
        self._under_way = self._under_way[of < 0]
        return mine

    def put_under_way(self, segments: State, slots: Numbers) -> None:
        """Put such segments back, or new ones."""
        segments = segments.copy()
        segments["slot"] = slots[segments["slot"]]
        self._under_way = np.concatenate((self._under_way, segments))

    def under_way_of(self, slot: int) -> State:
        """Take out the segments that one connection has under way."""
        mine = self._under_way["slot"] == slot
        found: State = self._under_way[mine]
        self._under_way = self._under_way[~mine]
        return found
