"""Frames in, whole packets out: decoding, the time window, fragments, and the count of what could not be read."""

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from wiretruth import discover
from wiretruth.columns.relevance import Relevance
from wiretruth.engine.settings import Settings
from wiretruth.engine.tally import MAX_FAULTS, InputTally, VantageTally
from wiretruth.engine.vantages import Vantages
from wiretruth.flow.fragments import Fragments
from wiretruth.model.frames import FrameBatch
from wiretruth.model.packet import Packet, Unread
from wiretruth.wire import decode, reassembled

if TYPE_CHECKING:
    from wiretruth.engine.lookup_store import LookupStore
    from wiretruth.engine.weaving import Weaving

WORTHWHILE = 256
"""Rows from which on columns are faster than decoding frame by frame; a pipe that trickles gives fewer at a time."""

WORTH_LOADING = 4096
"""Rows from which on they are so where numpy is not loaded yet, which takes as long as decoding some thousands."""


class Tap:
    """One input's way from batches to packets."""

    def __init__(
        self, settings: Settings, label: str, path: str, counts: dict[str, VantageTally], relevance: Relevance
    ) -> None:
        """Begin an input.

        Args:
            settings: the time window is in them.
            label: of the input, unique in the run.
            path: the input as the user named it.
            counts: of every vantage of the run, by label; this input's are added.
            relevance: tells which connections are followed, so that their packets are kept.
        """
        self.vantages = Vantages(label, path)
        self.whole = InputTally()
        self.fragments = Fragments()
        self.lookups: Callable[[], LookupStore] | None = None
        """Gives who takes plain lookups out of big batches."""
        self.weaving: Callable[[], Weaving] | None = None
        """Gives who takes connections out of them."""
        self._empty: dict[int, str] = {}
        """By link type: as what frames without octets are counted; of those that are damage, by one fault."""
        self._counts = counts
        self._relevance = relevance
        self._frame_by_frame = settings.frame_by_frame
        self._behind_big = False
        """The last batch was a big one: this may be the rest of its block, with more of the same connections."""
        self._start = settings.start if settings.start is not None else -(1 << 63)
        self._end = settings.end if settings.end is not None else 1 << 63

    def receive(self, batch: FrameBatch) -> Iterable[Packet]:
        """Give the packets of a batch in the order of its frames; a fragmented datagram with its last fragment.

        Of a big batch only those are given that may matter; all are counted.
        """
        least = WORTHWHILE if discover.loaded("numpy") else WORTH_LOADING
        big, behind_big = len(batch) >= least, self._behind_big
        self._behind_big = big
        if self._frame_by_frame or not (big or behind_big):
            return self._each(batch)
        return self._columns(batch)

    def _each(self, batch: FrameBatch) -> Iterator[Packet]:
        for row, at in enumerate(batch.times):
            if self._start <= at <= self._end:
                self.whole.see(at, batch.interfaces[batch.interface[row]].link_type)
                packet = self._decode(batch, row)
                if packet is not None:
                    yield packet

    def _columns(self, batch: FrameBatch) -> Iterator[Packet]:
        from wiretruth.engine.fast_lane import Bundling, FastLane  # noqa: PLC0415  (numpy is slow to load, and most files are small)

        lane = FastLane(batch, self._start, self._end)
        lane.count(self.whole)
        names: list[str] = []
        odd: dict[int, Packet] = {}
        for row in lane.odd():
            lane.name_places(self.vantages, row, names)
            packet = self._decode(batch, row)
            if packet is not None:
                odd[row] = packet
        lane.name_places(self.vantages, len(batch), names)
        lane.count_regular(names, self._counts)
        store = self.lookups() if self.lookups is not None else None
        bundling = None
        if self.weaving is not None:
            bundling = Bundling(self.weaving(), lambda row: self._again(batch, row))
        packets = lane.packets(self._relevance, names, odd.values(), store, bundling) | odd
        return map(packets.__getitem__, sorted(packets))

    def advance(self, now: int) -> None:
        """Let time pass: this input's vantages were watched until *now*, and no fragment that is older is waited for."""
        self.whole.watch(now)
        self.fragments.advance(now)

    def _decode(self, batch: FrameBatch, row: int) -> Packet | None:
        if not batch.captured[row] and self._passes_over(batch.interfaces[batch.interface[row]].link_type):
            return None
        read = self._read(batch, row)
        if not batch.captured[row] and isinstance(read, Unread) and len(read.faults) == 1:
            self._empty[batch.interfaces[batch.interface[row]].link_type] = read.kind
        return self._keep(read, cut=batch.captured[row] < batch.original[row])

    def _passes_over(self, link_type: int) -> bool:
        """Count a frame of which nothing was kept, once enough of its kind were told: a few octets can stand for millions."""
        kind = self._empty.get(link_type)
        if kind is None or len(self.whole.faults) < MAX_FAULTS:
            return False
        self.whole.unread[kind] += 1
        self.whole.faults_dropped += 1
        return True

    def _again(self, batch: FrameBatch, row: int) -> Packet:
        """Read a row that columns read as a segment, and counted."""
        crowded_out = self.vantages.crowded_out
        decoded = self._read(batch, row)
        self.vantages.crowded_out = crowded_out
        if isinstance(decoded, Unread):
            raise TypeError(decoded)
        return decoded

    def _read(self, batch: FrameBatch, row: int) -> Packet | Unread:
        offset, captured, original = batch.offsets[row], batch.captured[row], batch.original[row]
        index = batch.interface[row]
        return decode(
            memoryview(batch.buffer)[offset : offset + captured],
            batch.interfaces[index].link_type,
            vantage_of=self.vantages.naming(index, batch.interfaces),
            number=batch.first_number + row,
            at=batch.times[row],
            original=original,
        )

    def _keep(self, decoded: Packet | Unread, cut: bool) -> Packet | None:
        if decoded.faults:
            self.whole.note(decoded.faults)
        if isinstance(decoded, Unread):
            self.whole.unread[decoded.kind] += 1
            return None
        counts = self._counts.get(decoded.vantage)
        if counts is None:
            counts = self._counts[decoded.vantage] = VantageTally()
        counts.see(decoded, cut)
        if decoded.fragment is None:
            return decoded
        self.fragments.advance(decoded.at)
        octets = self.fragments.receive(decoded)
        if octets is None:
            return None
        whole = reassembled(decoded, octets)
        if whole.faults:
            self.whole.note(whole.faults)
        return whole
