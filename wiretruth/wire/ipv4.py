"""IPv4 packets (RFC 791). Options are skipped; checksums are not judged."""

import struct
from typing import NamedTuple

from wiretruth.model.frames import Fault
from wiretruth.model.packet import (
    ICMP,
    TCP,
    UDP,
    Direction,
    IcmpMessage,
    Packet,
    TcpSegment,
    UdpDatagram,
    Unread,
)
from wiretruth.wire import authentication, icmp, tcp, udp
from wiretruth.wire.addresses import ipv4_text
from wiretruth.wire.damage import damaged, too_short
from wiretruth.wire.fragment import FragmentHeader, piece
from wiretruth.wire.seen import Seen

VERSION = 4
HEADER = 20

_DONT_FRAGMENT, _MORE_FRAGMENTS, _OFFSET = 0x4000, 0x2000, 0x1FFF
_IN_PIECES = _MORE_FRAGMENTS | _OFFSET

READERS = {TCP: tcp.decode, UDP: udp.decode, ICMP: icmp.decode}
"""Transports that are read inside IPv4."""


class Payload(NamedTuple):
    """What a packet holds."""

    protocol: int
    """Behind an authentication header, where there is one."""
    begin: int
    """Where the header of that protocol begins."""
    transport: TcpSegment | UdpDatagram | IcmpMessage | None
    faults: tuple[Fault, ...]


_unpack = struct.Struct("!BxHHHBBxx4s4s").unpack_from
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
        return damaged(too_short("ipv4 header", start, HEADER, there))
    first, length, ip_id, flags, ttl, protocol, source, destination = _unpack(octets, start)
    header = (first & 0x0F) * 4
    if first >> 4 != VERSION or header < HEADER or 0 < length < header:
        return damaged(_impossible(start, first, header, length))
    faults: tuple[Fault, ...] = ()
    end = start + (length or room)  # 0: segmentation offload, the packet was too long for the field
    if length > room:
        faults = (Fault("ipv4 total length", start + 2, f"at most {room} octets", f"{length} octets"),)
        end = start + room
    begin = start + header
    stop = min(len(octets), end)
    transport = fragment = None
    more: tuple[Fault, ...] = ()
    if flags & _IN_PIECES:
        place = FragmentHeader(ip_id, (flags & _OFFSET) * 8, bool(flags & _MORE_FRAGMENTS))
        fragment, more = piece(octets, begin, stop, end - begin, place)
    elif protocol in READERS:
        transport, more = READERS[protocol](octets, begin, stop, end - begin)
    elif protocol == authentication.PROTOCOL:
        protocol, _, transport, more = payload(octets, protocol, begin, stop, end)
    vantage, number, at = seen
    # Straight to tuple: the named constructor costs a tenth of the whole decoding.
    return _new(Packet, (
        vantage, number, at, ipv4_text(source), ipv4_text(destination), protocol, ttl,
        ip_id, bool(flags & _DONT_FRAGMENT), length or room, transport, fragment, direction, faults + more,
    ))  # fmt: skip


def payload(octets: bytes, protocol: int, begin: int, stop: int, end: int) -> Payload:
    """Read what stands behind an authentication header that may begin at *begin*.

    Args:
        octets: the frame, or the payload of a reassembled datagram.
        protocol: of the header at *begin*.
        begin: where the first header behind the IP header begins.
        stop: where the captured octets of the packet end.
        end: where the packet ended on the wire.
    """
    faults: tuple[Fault, ...] = ()
    if protocol == authentication.PROTOCOL:
        protocol, begin, faults = authentication.skip(octets, begin, stop)
    if faults or protocol not in READERS:
        return Payload(protocol, begin, None, faults)
    transport, faults = READERS[protocol](octets, begin, stop, end - begin)
    return Payload(protocol, begin, transport, faults)


def _impossible(start: int, first: int, header: int, length: int) -> Fault:
    """Say which field of a header cannot be true."""
    if first >> 4 != VERSION:
        return Fault("ipv4 version", start, "4", str(first >> 4))
    if header < HEADER:
        return Fault("ipv4 header length", start, f"{HEADER} to 60 octets", f"{header} octets")
    return Fault("ipv4 total length", start + 2, f"at least {header} octets", f"{length} octets")
