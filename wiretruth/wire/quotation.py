"""The packet inside an ICMP error, read as far as it goes (RFC 792, RFC 1812 §4.3.2.3, RFC 4443 §2.4)."""

import struct

from wiretruth.model.frames import Fault
from wiretruth.model.packet import TCP, UDP, QuotedPacket
from wiretruth.wire import ipv6_extensions
from wiretruth.wire.addresses import ipv4_text, ipv6_text

IPV4_HEADER = 20
IPV6_HEADER = 40

_UDP_HEADER = 8
_PORTS_AND_SEQUENCE = 8

_ipv4 = struct.Struct("!BxHHHBBxx4s4s").unpack_from
_ipv6 = struct.Struct("!IHBB16s16s").unpack_from


def quoted_ipv4(octets: bytes, start: int, stop: int) -> QuotedPacket | None:
    """Read the IPv4 packet quoted between *start* and *stop*; ``None`` where its header is not all there."""
    if stop - start < IPV4_HEADER:
        return None
    first, length, ip_id, flags, ttl, protocol, source, destination = _ipv4(octets, start)
    header = (first & 0x0F) * 4
    if first >> 4 != 4 or header < IPV4_HEADER:  # noqa: PLR2004  the version
        return None
    if length >= header:
        stop = min(stop, start + length)
    quoted = QuotedPacket(ipv4_text(source), ipv4_text(destination), protocol, ttl, ip_id, length)
    return quoted if flags & 0x1FFF else _with_transport(quoted, octets, start + header, stop)


def quoted_ipv6(octets: bytes, start: int, stop: int) -> QuotedPacket | None:
    """Read the IPv6 packet quoted between *start* and *stop*; ``None`` where its header is not all there."""
    if stop - start < IPV6_HEADER:
        return None
    first, length, protocol, ttl, source, destination = _ipv6(octets, start)
    if first >> 28 != 6:  # noqa: PLR2004  the version
        return None
    if length:
        stop = min(stop, start + IPV6_HEADER + length)
    chain = ipv6_extensions.follow(octets, protocol, start + IPV6_HEADER, stop)
    quoted = QuotedPacket(ipv6_text(source), ipv6_text(destination), chain.protocol, ttl, None, IPV6_HEADER + length)
    if chain.fault or (chain.fragment and chain.fragment.offset):
        return quoted
    return _with_transport(quoted, octets, chain.position, stop)


def unquoted(version: str, octets: bytes, start: int, stop: int) -> Fault:
    """Say that an error quotes nothing that can be read, where it should quote a packet of this IP version."""
    head = octets[start : max(start, stop)][:1]
    got = f"{len(octets[start:stop])} octets" + (f" that begin with 0x{head.hex()}" if head else "")
    return Fault("icmp quotation", start, f"an {version} header", got)


def _with_transport(quoted: QuotedPacket, octets: bytes, start: int, stop: int) -> QuotedPacket:
    if quoted.protocol not in {TCP, UDP} or stop - start < 4:  # noqa: PLR2004  two ports
        return quoted
    source_port = int.from_bytes(octets[start : start + 2])
    destination_port = int.from_bytes(octets[start + 2 : start + 4])
    quoted = quoted._replace(source_port=source_port, destination_port=destination_port)
    if quoted.protocol == UDP:
        return quoted._replace(payload=octets[start + _UDP_HEADER : stop])
    if stop - start < _PORTS_AND_SEQUENCE:
        return quoted
    return quoted._replace(seq=int.from_bytes(octets[start + 4 : start + 8]))
