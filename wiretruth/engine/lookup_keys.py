"""Keys of DNS of what was read one by one: the same as those of columns. Imports numpy."""

from collections.abc import Iterator
from ipaddress import ip_address

import numpy as np

from wiretruth.columns.dns import ENDS, MAPPED, Hashes, client_hash, key_hash
from wiretruth.model.packet import UDP, Endpoint, IcmpMessage, Packet, UdpDatagram
from wiretruth.protocols.dns.recognition import is_lookup


def concerned(packet: Packet) -> Iterator[tuple[Endpoint, int | None]]:
    """Give the clients and ids of DNS that a packet may belong to; ``None`` for an id that an ICMP error does not quote."""
    transport = packet.transport
    if isinstance(transport, UdpDatagram):
        source = Endpoint(packet.source, transport.source_port)
        destination = Endpoint(packet.destination, transport.destination_port)
        if is_lookup(transport.payload, source, destination):
            yield source, int.from_bytes(transport.payload[:2])
            yield destination, int.from_bytes(transport.payload[:2])
    elif isinstance(transport, IcmpMessage) and transport.quoted is not None and transport.quoted.protocol == UDP:
        quoted = transport.quoted
        head = quoted.payload[:2]
        client = Endpoint(quoted.source, quoted.source_port or 0)
        yield client, int.from_bytes(head) if len(head) > 1 else None


def table_of(ends: list[tuple[int, ...]]) -> Hashes:
    """Put ends into columns."""
    return np.array(ends, np.uint64).reshape(-1, ENDS)


def keys_of(ends: list[tuple[int, ...]]) -> Hashes:
    """Give the key of each."""
    table = table_of(ends)
    return key_hash(client_hash(table), table)


def ends_of(place: int, client: Endpoint, identity: int) -> tuple[int, ...]:
    """Give what keys are made of, of one message that was read one by one; who was asked is not told."""
    parsed = ip_address(client.address)
    number = int(parsed) if parsed.version == 6 else int(parsed) | MAPPED  # noqa: PLR2004  (the version is its own name)
    return number >> 64, number & 0xFFFFFFFFFFFFFFFF, 0, 0, client.port << 48 | identity << 16 | place
