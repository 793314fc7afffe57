"""What a connection tracking table says: one entry, both of its tuples."""

from dataclasses import dataclass
from typing import NamedTuple

from wiretruth.model.packet import Endpoint


class FlowTuple(NamedTuple):
    """Who sends to whom in one direction, as the kernel expects it on the wire."""

    source: Endpoint
    destination: Endpoint

    def __str__(self) -> str:
        return f"{self.source} > {self.destination}"


@dataclass(frozen=True, slots=True)
class Translation:
    """One entry of a connection tracking table, or one event about it.

    Whether it translates is told by comparing the tuples alone: flags and marks differ between kernels and tools.
    """

    source: str
    """The file, as the user named it."""
    line: int
    protocol: int
    """IP protocol number."""
    original: FlowTuple
    """The first packet, before any translation."""
    reply: FlowTuple
    """The answers as this host expects them, before they are translated back."""
    state: str | None
    """``ESTABLISHED``, ``SYN_RECV`` …; ``None`` for protocols without states."""
    flags: tuple[str, ...] = ()
    """``ASSURED``, ``UNREPLIED`` …"""
    event: str | None = None
    """``NEW``, ``UPDATE``, ``DESTROY``; ``None`` for an entry of a table."""
    at: int | None = None
    """When the event was seen, in nanoseconds since the Unix epoch; ``None`` where the line does not say."""
    timeout: int | None = None
    """Seconds that the entry has left to live."""
    mark: int | None = None

    @property
    def reached(self) -> Endpoint:
        """Who is really reached: the sender of the answers."""
        return self.reply.source

    @property
    def leaves_as(self) -> Endpoint:
        """Whom the reached host sees: the addressee of the answers."""
        return self.reply.destination

    @property
    def destination_translated(self) -> bool:
        """DNAT, REDIRECT, or another translation of the destination."""
        return self.reached != self.original.destination

    @property
    def source_translated(self) -> bool:
        """SNAT, MASQUERADE, or another translation of the source."""
        return self.leaves_as != self.original.source
