"""TCP segments in bulk: those of one connection side by side, as plain columns."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from wiretruth.model.frames import Mark
from wiretruth.model.packet import Endpoint, Packet


@dataclass(frozen=True, slots=True)
class SegmentRows:
    """Segments of many connections, those of each one together and in the order of the capture."""

    octets: memoryview
    """Holds the payloads; must not be kept beyond the handling of the batch."""
    by_high: list[bool]
    """Sent by the higher end; see :attr:`Bundle.high`."""
    plain: list[bool]
    """ACK or PSH and ACK, a window that is open, whole, and no selective acknowledgement."""
    ending: list[bool]
    """FIN and ACK, with PSH or not; no octets, a window that is open, and no selective acknowledgement."""
    seq: list[int]
    ack: list[int]
    length: list[int]
    """Octets of payload."""
    begin: list[int]
    """Where the payload begins in :attr:`octets`."""
    marks: list[Mark]
    headers: list[int]
    """Octets of the headers of IP and TCP."""
    ttl: list[int]
    dont_fragment: list[bool]
    fingerprints: memoryview
    """Of :attr:`fingerprint` octets each, as ``flow.recent`` wants them."""
    fingerprint: int
    packet: Callable[[int], Packet]
    """Makes the packet of a row."""


class Bundle(NamedTuple):
    """The segments of one connection in a batch: rows from :attr:`start` to before :attr:`stop`."""

    vantage: str
    low: Endpoint
    high: Endpoint
    """The end whose address and port, as numbers, are the greater ones."""
    start: int
    stop: int
    version: int
    """Of IP: 4 or 6."""
    ttls: tuple[int, int] | None
    """Of the lower and of the higher end, where neither changed; 0 for an end that sent nothing."""
    fragmentable: bool
    """Some packet with octets might be fragmented on its way."""


class Sketch(NamedTuple):
    """The segments of one connection in a batch, where they are few, hold no octets and open or end the connection."""

    key: tuple[str, str, int, str, int]
    """As ``flow.keys`` has it."""
    rows: bytes
    """The packets as rows of ``flow.outline``."""
    client_isn: int | None
    """Sequence number of the SYN among them; it is the first row."""
