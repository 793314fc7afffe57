"""Counting what each vantage could see: the basis of its survey."""

from bisect import insort
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from wiretruth.model.frames import Fault, Vantage
from wiretruth.model.packet import Packet
from wiretruth.model.sighting import Sighting
from wiretruth.model.statements import Survey

MAX_FAULTS = 100
"""Faults kept for the report; the rest is counted."""


@dataclass(slots=True)
class VantageTally:
    """Running counts of one vantage."""

    packets: int = 0
    first: int | None = None
    last: int = 0
    seen_octets: int = 0
    missing_octets: int = 0
    cut_octets: int = 0
    """Of the connections that are followed: of the others no octets are missed."""
    cut_frames: int = 0
    two_sided: int = 0
    one_sided: int = 0
    damaged: int = 0

    def see(self, packet: Packet, cut: bool) -> None:
        """Count one packet."""
        self.packets += 1
        if self.first is None or packet.at < self.first:
            self.first = packet.at
        self.last = max(self.last, packet.at)
        self.cut_frames += cut
        self.damaged += bool(packet.faults)

    def see_all(self, packets: int, first: int, last: int, cut_frames: int) -> None:
        """Count packets without damage: how many, the times of the earliest and of the latest, how many were cut."""
        self.packets += packets
        self.first = first if self.first is None else min(self.first, first)
        self.last = max(self.last, last)
        self.cut_frames += cut_frames

    def settle(self, sighting: Sighting) -> None:
        """Count a finished connection."""
        client, server = sighting.from_client, sighting.from_server
        self.seen_octets += client.octets + server.octets
        self.missing_octets += client.missing_octets + server.missing_octets
        self.cut_octets += client.cut_octets + server.cut_octets
        if client.packets and server.packets:
            self.two_sided += 1
        elif client.octets or server.octets or client.acknowledged_octets or server.acknowledged_octets:
            self.one_sided += 1


@dataclass(slots=True)
class InputTally:
    """Running counts of one input."""

    frames: int = 0
    first: int | None = None
    last: int | None = None
    """Of the frames; see :attr:`watched_until`."""
    watched_until: int | None = None
    """When it was last known that nothing more had come: live, this is later than the last frame."""
    faults_dropped: int = 0
    unread: Counter[str] = field(default_factory=Counter)
    faults: list[Fault] = field(default_factory=list)
    link_types: dict[int, None] = field(default_factory=dict)

    def see(self, at: int, link_type: int) -> None:
        """Count one frame."""
        self.frames += 1
        self.link_types[link_type] = None
        if self.first is None or at < self.first:
            self.first = at
        if self.last is None or at > self.last:
            self.last = at
            self.watch(at)

    def see_all(self, frames: int, first: int, last: int, link_types: Iterable[int]) -> None:
        """Count frames: how many, the times of the earliest and of the latest, their link types in order."""
        self.frames += frames
        self.link_types.update(dict.fromkeys(link_types))
        self.first = first if self.first is None else min(self.first, first)
        if self.last is None or last > self.last:
            self.last = last
            self.watch(last)

    def watch(self, now: int) -> None:
        """Note that the input was watched until *now*."""
        if self.watched_until is None or now > self.watched_until:
            self.watched_until = now

    def note(self, faults: tuple[Fault, ...]) -> None:
        """Keep the first faults by their frames, whatever the order in which they are found; count the rest."""
        for fault in faults:
            if len(self.faults) == MAX_FAULTS:
                self.faults_dropped += 1
                if place(fault) >= place(self.faults[-1]):
                    continue
                del self.faults[-1]
            insort(self.faults, fault, key=place)


def place(fault: Fault) -> tuple[int, int, str, str, str]:
    """Give what orders damage: by frame, then by offset."""
    return fault.frame or 0, fault.offset, fault.where, fault.expected, fault.got


def survey(
    vantage: Vantage, counts: VantageTally, whole: InputTally, cut_off: bool, kernel_drops: int | None
) -> Survey:
    """Give a vantage's survey. Octets that only the snap length cut are no loss: their packets were seen."""
    return Survey(
        at=counts.last,
        vantage=vantage.label,
        path=vantage.path,
        packets=counts.packets,
        first=counts.first or 0,
        last=counts.last,
        watched_from=whole.first or 0,
        watched_until=whole.watched_until or 0,
        seen_octets=counts.seen_octets,
        missing_octets=max(counts.missing_octets - counts.cut_octets, 0),
        cut_frames=counts.cut_frames,
        kernel_drops=kernel_drops,
        cut_off=cut_off,
        two_sided=counts.two_sided,
        one_sided=counts.one_sided,
        damaged_frames=counts.damaged,
        unknown_links=tuple(sorted(whole.unread.items())),
    )
