"""PPP (RFC 1661): from its protocol field to an EtherType; address and control may stand before it (RFC 1662 §3.1)."""

from wiretruth.model.packet import Unread
from wiretruth.wire.damage import damaged, too_short

ETHERTYPE = 0x880B
"""PPP as a payload: RFC 2637, RFC 1701."""

_ADDRESS_AND_CONTROL = b"\xff\x03"

_ETHERTYPES = {0x0021: 0x0800, 0x0057: 0x86DD, 0x0281: 0x8847, 0x0283: 0x8848}
"""IPv4 (RFC 1332), IPv6 (RFC 5072), MPLS (RFC 3032)."""


def follow(frame: bytes, offset: int) -> tuple[int, int] | Unread:
    """Give the EtherType of what the PPP frame at *offset* carries, and where it begins.

    The protocol field has one octet where its compression was negotiated: an odd first octet tells (RFC 1661 §6.5).
    """
    if frame.startswith(_ADDRESS_AND_CONTROL, offset):
        offset += 2
    there = len(frame) - offset
    size = 1 if there and frame[offset] & 1 else 2
    if there < size:
        return damaged(too_short("ppp protocol", offset, size, there))
    protocol = int.from_bytes(frame[offset : offset + size])
    ethertype = _ETHERTYPES.get(protocol)
    return Unread(f"PPP 0x{protocol:04x}") if ethertype is None else (ethertype, offset + size)
