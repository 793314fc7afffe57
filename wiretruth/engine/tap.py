"""Frames in, whole packets out: decoding, the time window, fragments, and the count of what could not be read."""

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

    def __init__(self, settings: Settings, label: str, path: str, counts: dict[str, VantageTally]) -> None:
        """Begin an input.

        Args:
            settings: the time window is in them.
            label: of the input, unique in the run.
            path: the input as the user named it.
            counts: of every vantage of the run, by label; this input's are added.
        """
        self.vantages = Vantages(label, path)
        self.whole = InputTally()
        self.fragments = Fragments()
        self._counts = counts
        self._start = settings.start if settings.start is not None else -(1 << 63)
        self._end = settings.end if settings.end is not None else 1 << 63

    def receive(self, batch: FrameBatch) -> Iterator[Packet]:
        """Give the packets of a batch in the order of its frames; a fragmented datagram with its last fragment."""
        buffer = memoryview(batch.buffer)
        whole, naming, interfaces = self.whole, self.vantages.naming, batch.interfaces
        columns = zip(batch.offsets, batch.captured, batch.original, batch.times, batch.interface, strict=True)
        for number, (offset, captured, original, at, index) in enumerate(columns, batch.first_number):
            if not self._start <= at <= self._end:
                continue
            link_type = interfaces[index].link_type
            whole.see(at, link_type)
            decoded = decode(
                buffer[offset : offset + captured],
                link_type,
                vantage_of=naming(index, interfaces),
                number=number,
                at=at,
                original=original,
            )
            packet = self._keep(decoded, cut=captured < original)
            if packet is not None:
                yield packet

    def advance(self, now: int) -> None:
        """Let time pass: this input's vantages were watched until *now*, and no fragment that is older is waited for."""
        self.whole.watch(now)
        self.fragments.advance(now)

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
        return None if octets is None else reassembled(decoded, octets)
