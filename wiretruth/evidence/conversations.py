"""What tells that packets belong together: both directions of an exchange share a key, and an error has the key of what it quotes."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from wiretruth.model.connection import Connection, TiedLookup
from wiretruth.model.packet import TCP, UDP, Endpoint, IcmpMessage, Packet, QuotedPacket, TcpSegment, UdpDatagram
from wiretruth.model.report import Report

DNS: int = 53


class Key(NamedTuple):
    """A TCP connection, or the datagrams that one DNS exchange is made of, whichever way they go."""

    protocol: int
    low: Endpoint
    high: Endpoint
    id: int | None = None
    """Of the DNS message; ``None`` where nobody knows, and for TCP."""


def key(protocol: int, one: Endpoint, other: Endpoint, id: int | None = None) -> Key:  # noqa: A002 - RFC 1035's name
    """Give the key of an exchange between two ends."""
    return Key(protocol, min(one, other), max(one, other), id)


def key_of(packet: Packet) -> Key | None:
    """Give the key of a packet; ``None`` where it belongs to no exchange that can be told."""
    transport = packet.transport
    if isinstance(transport, TcpSegment):
        return key(TCP, *_ends(packet, transport))
    if isinstance(transport, UdpDatagram):
        return key(UDP, *_ends(packet, transport), _dns_id(transport.payload))
    if isinstance(transport, IcmpMessage) and transport.quoted is not None:
        return _quoted(transport.quoted)
    return None


def hosts_of(packet: Packet) -> frozenset[str]:
    """Give the addresses that a packet speaks of: its own, and those of a packet that it quotes."""
    hosts = {packet.source, packet.destination}
    if isinstance(packet.transport, IcmpMessage) and packet.transport.quoted is not None:
        hosts |= {packet.transport.quoted.source, packet.transport.quoted.destination}
    return frozenset(hosts)


def of_connection(connection: Connection) -> Iterator[Key]:
    """Give the keys of a connection at every place where it was seen."""
    for sighting in connection.sightings:
        yield key(TCP, sighting.client, sighting.server)
        if sighting.reply_source is not None:
            yield key(TCP, sighting.client, sighting.reply_source)


def of_lookup(tied: TiedLookup) -> Iterator[Key]:
    """Give the keys of a lookup at every place where it was seen."""
    for lookup in tied.sightings:
        protocol, id_ = (UDP, lookup.id) if lookup.transport == "udp" else (TCP, None)
        yield key(protocol, lookup.client, lookup.resolver, id_)
        if lookup.reply_source is not None:
            yield key(protocol, lookup.client, lookup.reply_source, id_)


def tied(report: Report, keys: Iterable[Key]) -> frozenset[Key]:
    """Add to keys those of the same connections and lookups at other places."""
    wanted = frozenset(keys)
    groups = [frozenset(of_connection(one)) for one in report.connections]
    groups += [frozenset(of_lookup(one)) for one in report.lookups]
    return wanted.union(*(group for group in groups if group & wanted))


def of_deliveries(report: Report, keys: frozenset[Key]) -> frozenset[Key]:
    """Add to keys those of all lookups and attempts of the deliveries that they are part of."""
    found = keys
    for delivery in report.deliveries:
        lookups = (*delivery.lookups, *delivery.deciding)
        parts = [k for attempt in delivery.attempts for k in of_connection(attempt.connection)]
        parts += [k for lookup in lookups for k in of_lookup(lookup)]
        if not keys.isdisjoint(parts):
            found = found.union(parts)
    return found


def _ends(packet: Packet, transport: TcpSegment | UdpDatagram) -> tuple[Endpoint, Endpoint]:
    return (
        Endpoint(packet.source, transport.source_port),
        Endpoint(packet.destination, transport.destination_port),
    )


def _quoted(quoted: QuotedPacket) -> Key | None:
    if quoted.source_port is None or quoted.destination_port is None:
        return None
    ends = Endpoint(quoted.source, quoted.source_port), Endpoint(quoted.destination, quoted.destination_port)
    return key(quoted.protocol, *ends, _dns_id(quoted.payload) if quoted.protocol == UDP else None)


def _dns_id(payload: bytes) -> int | None:
    return int.from_bytes(payload[:2]) if len(payload) > 1 else None
