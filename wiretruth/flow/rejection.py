"""ICMP errors about a connection."""

from wiretruth.model.packet import Endpoint, IcmpMessage, Packet, QuotedPacket
from wiretruth.model.sighting import Rejection


def rejection(packet: Packet, message: IcmpMessage, quoted: QuotedPacket, *, of_syn: bool) -> Rejection:
    """Give the record of an ICMP error that quotes a TCP segment."""
    return Rejection(
        at=packet.at,
        frame=packet.number,
        sender=packet.source,
        version=6 if packet.ip_id is None else 4,
        type=message.type,
        code=message.code,
        mtu=message.mtu,
        quoted_source=Endpoint(quoted.source, quoted.source_port or 0),
        quoted_destination=Endpoint(quoted.destination, quoted.destination_port or 0),
        quoted_ttl=quoted.ttl,
        of_syn=of_syn,
        quoted_id=quoted.ip_id,
    )
