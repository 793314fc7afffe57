"""What witnesses say. Each statement has a time and the frames or lines it rests on."""

from dataclasses import dataclass
from typing import NamedTuple

from wiretruth.model.connection import Connection, TiedLookup
from wiretruth.model.delivery import Delivery
from wiretruth.model.dns import ResourceRecord
from wiretruth.model.frames import Mark
from wiretruth.model.log import JudgedLine
from wiretruth.model.packet import Endpoint


class Contact(NamedTuple):
    """Who reached whom on the way of mail, and how it ended."""

    at: int
    connection: Connection


class Resolution(NamedTuple):
    """This client was told this about this name, until then; or was told nothing."""

    at: int
    """When the client was told, or when it asked in vain."""
    until: int
    """When the answer's time to live ran out (the shortest of the records that the answer needs)."""
    client: str
    """Address of who asked."""
    resolver: str
    """Address of who was asked."""
    name: str
    """The name asked for, compared form."""
    type: str
    rcode: str | None
    canonical: str
    """The name at the end of the CNAME chain, compared form; ``name`` where there is none."""
    addresses: tuple[str, ...]
    """From A and AAAA records at the end of the chain."""
    exchanges: tuple[tuple[int, str], ...]
    """MX: (preference, exchange in compared form), most preferred first, wire order among equals."""
    records: tuple[ResourceRecord, ...]
    """The answer section."""
    came_along: tuple[str, ...]
    """Addresses in the additional section: told, though not asked for."""
    referral: bool
    """NOERROR without an answer, from a server that only points elsewhere: not an answer."""
    lookup: TiedLookup

    @property
    def answered(self) -> bool:
        """The name exists and records of the type were given."""
        return bool(self.addresses or self.exchanges)


class EncryptedDns(NamedTuple):
    """Connections of one client to one resolver whose questions and answers no capture shows."""

    client: str
    resolver: Endpoint
    connections: int
    first: Mark


@dataclass(frozen=True, slots=True)
class Survey:
    """What one vantage was able to see: the measure against which every silence is weighed."""

    at: int
    vantage: str
    path: str
    packets: int
    first: int
    """First packet, in nanoseconds since the Unix epoch."""
    last: int
    watched_from: int
    """First frame of the input, of whatever kind and vantage: it was watching by then."""
    watched_until: int
    seen_octets: int
    missing_octets: int
    """Stream octets acknowledged and never seen."""
    cut_frames: int
    """Frames kept shorter than they were (snap length)."""
    kernel_drops: int | None
    """Packets that the capturing host says it dropped; ``None`` where the format does not say."""
    cut_off: bool
    """The file ends within a packet."""
    two_sided: int
    """TCP connections with packets in both directions."""
    one_sided: int
    """TCP connections that show one direction only although the other must have existed."""
    damaged_frames: int
    unknown_links: tuple[tuple[str, int], ...]
    """Link or network protocols that wiretruth does not read, with their number of frames."""
    encrypted: tuple[EncryptedDns, ...] = ()
    """DNS over TLS, or over HTTPS to resolvers known for it, in the order first seen."""

    @property
    def loss(self) -> float:
        """Share of the stream octets known to have passed that the capture does not hold, 0.0 to 1.0."""
        known = self.seen_octets + self.missing_octets
        return self.missing_octets / known if known else 0.0


class Settled(NamedTuple):
    """A delivery is complete, as far as this run will ever know."""

    at: int
    delivery: Delivery


Statement = Contact | Resolution | Survey | Settled | JudgedLine
