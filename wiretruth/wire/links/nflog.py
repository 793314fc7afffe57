"""Packets that a rule of Linux' firewall logged (LINKTYPE_NFLOG): fields of type and length, one of them the IP packet."""

import struct

from wiretruth.model.frames import Fault
from wiretruth.model.packet import LinkFrame, Unread
from wiretruth.wire.damage import damaged, too_short

LINK_TYPES = (239,)
"""LINKTYPE_NFLOG."""

HEADER = 4
MAX_FIELDS = 64
"""Fields looked at: the kernel writes some fifteen kinds, each once."""

_PAYLOAD = 9
_ETHERTYPES = {2: 0x0800, 10: 0x86DD}
"""By Linux' address family; a packet logged on a bridge (7) begins at its network header too, but says not which."""

_FIELDS = {order: struct.Struct(f"{order}HH") for order in "<>"}


def decode(frame: bytes) -> LinkFrame | Unread:
    """Find the network packet among the fields."""
    if len(frame) < HEADER:
        return damaged(too_short("nflog header", 0, HEADER, len(frame)))
    ethertype = _ETHERTYPES.get(frame[0])
    if ethertype is None:
        return Unread(f"NFLOG family {frame[0]}")
    field = _FIELDS[_order(frame)]
    position = HEADER
    for _ in range(MAX_FIELDS):
        if len(frame) < position + field.size:
            return Unread("NFLOG without a packet")
        length, kind = field.unpack_from(frame, position)
        if kind == _PAYLOAD:
            return LinkFrame(ethertype, position + field.size)
        if length < field.size:
            return damaged(Fault("nflog field", position, f"at least {field.size} octets", f"{length} octets"))
        position += length + -length % 4
    return damaged(Fault("nflog field", position, f"at most {MAX_FIELDS} fields", "another one"))


def _order(frame: bytes) -> str:
    """Tell the byte order of whoever captured by the length of the first field, which is small."""
    first = frame[HEADER : HEADER + 2]
    return "<" if int.from_bytes(first, "little") <= int.from_bytes(first) else ">"
