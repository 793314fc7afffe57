"""Frames in, whole packets out: decoding, the time window, fragments, and the count of what could not be read."""

from collections import defaultdict
from collections.abc import Iterator

from wiretruth.engine.settings import Settings
from wiretruth.engine.tally import InputTally, VantageTally
from wiretruth.engine.vantages import Vantages
from wiretruth.flow.fragments import Fragments
from wiretruth.model.frames import FrameBatch
from wiretruth.model.packet import Packet, Unread
from wiretruth.wire import decode, reassembled


class Tap:
    """One input's way from batches to packets."""

    def __init__(self, settings: Settings, label: str, path: str) -> None:
        self.vantages = Vantages(label, path)
        self.whole = InputTally()
        self.counts: dict[str, VantageTally] = defaultdict(VantageTally)
        self.fragments = Fragments()
        self._start = settings.start if settings.start is not None else -(1 << 63)
        self._end = settings.end if settings.end is not None else 1 << 63

    def receive(self, batch: FrameBatch) -> Iterator[Packet]:
        """Give the packets of a batch in the order of its frames; a fragmented datagram with its last fragment."""
        buffer = memoryview(batch.buffer)
        columns = zip(batch.offsets, batch.captured, batch.original, batch.times, batch.interface, strict=True)
        for number, (offset, captured, original, at, index) in enumerate(columns, batch.first_number):
            if not self._start <= at <= self._end:
                continue
            interface = batch.interfaces[index]
            self.whole.see(at)
            self.whole.link_types[interface.link_type] = None
            decoded = decode(
                buffer[offset : offset + captured],
                interface.link_type,
                vantage_of=self.vantages.naming(index, batch.interfaces),
                number=number,
                at=at,
                original=original,
            )
            packet = self._keep(decoded, cut=captured < original)
            if packet is not None:
                yield packet

    def _keep(self, decoded: Packet | Unread, cut: bool) -> Packet | None:
        if decoded.faults:
            self.whole.note(decoded.faults)
        if isinstance(decoded, Unread):
            self.whole.unread[decoded.kind] += 1
            return None
        self.counts[decoded.vantage].see(decoded, cut)
        if decoded.fragment is None:
            return decoded
        octets = self.fragments.receive(decoded)
        return None if octets is None else reassembled(decoded, octets)
