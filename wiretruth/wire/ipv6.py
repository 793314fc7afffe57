"""IPv6 packets (RFC 8200)."""

import struct
from typing import NamedTuple

from wiretruth.model.frames import Fault
from wiretruth.model.packet import (
    ICMPV6,
    TCP,
    UDP,
    Direction,
    Fragment,
    IcmpMessage,
    Packet,
    TcpSegment,
    UdpDatagram,
    Unread,
)
from wiretruth.wire import icmpv6, tcp, udp
from wiretruth.wire.addresses import ipv6_text
from wiretruth.wire.damage import damaged, too_short
from wiretruth.wire.fragment import piece
from wiretruth.wire.ipv6_extensions import EXTENSIONS, follow
from wiretruth.wire.seen import Seen

VERSION = 6
HEADER = 40

READERS = {TCP: tcp.decode, UDP: udp.decode, ICMPV6: icmpv6.decode}
"""Transports that are read inside IPv6."""


class Payload(NamedTuple):
    """What a packet holds behind its extension headers."""

    protocol: int
    transport: TcpSegment | UdpDatagram | IcmpMessage | None
    fragment: Fragment | None
    faults: tuple[Fault, ...]


_unpack = struct.Struct("!IHBB16s16s").unpack_from
_new = tuple.__new__


def decode(octets: bytes, start: int, room: int, direction: Direction, seen: Seen) -> Packet | Unread:
    """Read the packet at *start*.

    Args:
        octets: the frame, as far as it was captured.
        start: where the IP header begins.
        room: octets that the frame had on the wire from *start* on.
        direction: which way the frame went.
        seen: vantage, number and time of the frame.
    """
    there = len(octets) - start
    if there < HEADER:
        return damaged(too_short("ipv6 header", start, HEADER, there))
    first, length, protocol, hop_limit, source, destination = _unpack(octets, start)
    if first >> 28 != VERSION:
        return damaged(Fault("ipv6 version", start, "6", str(first >> 28)))
    faults: tuple[Fault, ...] = ()
    # A payload length of 0: a jumbo payload (RFC 2675), or segmentation offload.
    length = length + HEADER if length else room
    end = start + length
    if length > room:
        got = f"{length - HEADER} octets"
        faults = (Fault("ipv6 payload length", start + 4, f"at most {room - HEADER} octets", got),)
        end = start + room
    begin = start + HEADER
    stop = min(len(octets), end)
    transport = fragment = None
    more: tuple[Fault, ...] = ()
    if protocol in READERS:
        transport, more = READERS[protocol](octets, begin, stop, end - begin)
    elif protocol in EXTENSIONS:
        protocol, transport, fragment, more = payload(octets, protocol, begin, stop, end)
    vantage, number, at = seen
    # Straight to tuple: the named constructor costs a tenth of the whole decoding.
    return _new(Packet, (
        vantage, number, at, ipv6_text(source), ipv6_text(destination), protocol, hop_limit,
        None, True, length, transport, fragment, direction, faults + more,
    ))  # fmt: skip


def payload(octets: bytes, protocol: int, begin: int, stop: int, end: int) -> Payload:
    """Read what stands behind the extension headers that may begin at *begin*.

    Args:
        octets: the frame, or the payload of a reassembled datagram.
        protocol: of the header at *begin*.
        begin: where the first header behind the fixed one begins.
        stop: where the captured octets of the packet end.
        end: where the packet ended on the wire.
    """
    protocol, begin, header, fault = follow(octets, protocol, begin, stop)
    if fault is not None:
        return Payload(protocol, None, None, (fault,))
    if header is not None:
        return Payload(protocol, None, *piece(octets, begin, stop, end - begin, header))
    if protocol not in READERS:
        return Payload(protocol, None, None, ())
    transport, faults = READERS[protocol](octets, begin, stop, end - begin)
    return Payload(protocol, transport, None, faults)
