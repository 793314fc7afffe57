"""UDP datagrams (RFC 768)."""

import struct

from wiretruth.model.frames import Fault
from wiretruth.model.packet import UdpDatagram
from wiretruth.wire.damage import too_short

HEADER = 8

_unpack = struct.Struct("!HHH").unpack_from

_new = tuple.__new__


def decode(octets: bytes, start: int, stop: int, length: int) -> tuple[UdpDatagram | None, tuple[Fault, ...]]:
    """Read the datagram at *start*.

    A length of 0 means all that the packet holds (RFC 2675 §4, and segmentation offload). A shorter one than the packet
    cuts the payload; one that cannot be true is a fault, and the packet's own length counts.

    Args:
        octets: the frame.
        start: where the UDP header begins.
        stop: where the captured octets of the packet end.
        length: octets that the datagram, header included, had on the wire by the IP header.
    """
    if stop - start < HEADER:
        return None, (too_short("udp header", start, HEADER, stop - start),)
    source, destination, stated = _unpack(octets, start)
    faults: tuple[Fault, ...] = ()
    if stated != length and stated:
        if HEADER <= stated < length:
            length = stated
            stop = min(stop, start + length)
        else:
            faults = (Fault("udp length", start + 4, f"0, or {HEADER} to {length} octets", f"{stated} octets"),)
    return _new(UdpDatagram, (source, destination, octets[start + HEADER : stop], length - HEADER)), faults
