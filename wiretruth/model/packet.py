"""One frame, decoded: what ``wire/`` makes of it and ``flow/`` and ``protocols/`` read.

Addresses are text in canonical form (``192.0.2.1``, ``2001:db8::1``); sizes are octets.
"""

import enum
from typing import NamedTuple

from wiretruth.model.frames import Fault

ICMP, TCP, UDP, ICMPV6 = 1, 6, 17, 58
"""IP protocol numbers that wiretruth reads (IANA protocol-numbers)."""


class Endpoint(NamedTuple):
    """An address and a port."""

    address: str
    port: int

    def __str__(self) -> str:
        return f"[{self.address}]:{self.port}" if ":" in self.address else f"{self.address}:{self.port}"


class TcpFlag(enum.IntFlag):
    """RFC 9293 §3.1 control bits."""

    FIN = 0x01
    SYN = 0x02
    RST = 0x04
    PSH = 0x08
    ACK = 0x10
    URG = 0x20


class TcpSegment(NamedTuple):
    """RFC 9293 §3.1."""

    source_port: int
    destination_port: int
    seq: int
    ack: int
    flags: int
    """Bits of :class:`TcpFlag` (plain ``int``: comparing enums costs)."""
    window: int
    """As on the wire, not scaled."""
    payload: bytes
    """The captured octets of the payload."""
    length: int
    """Octets of payload that the segment had on the wire; more than ``len(payload)`` where the capture cut it."""
    mss: int | None = None
    """Maximum segment size option; SYN only."""
    window_scale: int | None = None
    sack_permitted: bool = False
    sack: tuple[tuple[int, int], ...] = ()
    """Blocks (left edge, right edge), RFC 2018."""
    ts_value: int | None = None
    """Timestamps option, RFC 7323."""
    ts_echo: int | None = None


class UdpDatagram(NamedTuple):
    """RFC 768."""

    source_port: int
    destination_port: int
    payload: bytes
    length: int
    """Octets of payload on the wire."""


class QuotedPacket(NamedTuple):
    """The packet that an ICMP error quotes, as far as the quotation goes (RFC 792, RFC 1812 §4.3.2.3, RFC 4443)."""

    source: str
    destination: str
    protocol: int
    ttl: int
    """As it was where the error was made."""
    ip_id: int | None
    ip_length: int
    """Total length that the quoted IP header states."""
    source_port: int | None = None
    destination_port: int | None = None
    seq: int | None = None
    """TCP sequence number, where eight octets of the segment are quoted."""
    payload: bytes = b""
    """What is quoted behind a UDP header (enough of a DNS query to know its id)."""


class IcmpMessage(NamedTuple):
    """RFC 792, RFC 4443. Errors quote a packet; everything else has ``quoted`` ``None``."""

    type: int
    code: int
    mtu: int | None
    """Next-hop MTU of "fragmentation needed" (RFC 1191) and "packet too big" (RFC 4443)."""
    quoted: QuotedPacket | None


class Fragment(NamedTuple):
    """The packet is a piece of a datagram (RFC 791, RFC 8200 §4.5): its transport cannot be read alone."""

    identification: int
    offset: int
    """Octets from the start of the datagram's payload."""
    more: bool
    """More fragments follow."""
    payload: bytes
    """This piece, without the IP header."""


class Direction(enum.IntEnum):
    """Which way a frame went at the capturing host, where the link layer tells."""

    UNKNOWN = 0
    IN = 1
    OUT = 2


class Packet(NamedTuple):
    """One IP packet in one frame."""

    vantage: str
    number: int
    """Frame number within its input, from 1."""
    at: int
    """Nanoseconds since the Unix epoch."""
    source: str
    destination: str
    protocol: int
    """IP protocol number of the last header that was understood."""
    ttl: int
    """Time to live or hop limit."""
    ip_id: int | None
    """IPv4 identification; ``None`` in IPv6."""
    dont_fragment: bool
    """True for all of IPv6."""
    ip_length: int
    """Total length, IP header included, as on the wire."""
    transport: TcpSegment | UdpDatagram | IcmpMessage | None
    """``None``: a fragment, another protocol, or damage (see ``faults``)."""
    fragment: Fragment | None = None
    direction: Direction = Direction.UNKNOWN
    faults: tuple[Fault, ...] = ()


class LinkFrame(NamedTuple):
    """What the link layer says of a frame: where the network packet begins, and by which interface it passed."""

    ethertype: int
    """EtherType of the payload (0x0800, 0x86dd, 0x0806 …); 0 where none applies."""
    offset: int
    """Where the payload begins in the frame."""
    direction: Direction = Direction.UNKNOWN
    interface_index: int | None = None
    """Kernel interface index (SLL2); a vantage of its own."""


class Unread(NamedTuple):
    """A frame that holds no IP packet wiretruth can read; counted, never lost silently."""

    kind: str
    """What it is, for the coverage of the report: ``ARP``, ``EtherType 0x88cc``, ``link type 147``, ``damaged`` …"""
    faults: tuple[Fault, ...] = ()
