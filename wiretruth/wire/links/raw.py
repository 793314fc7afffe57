"""No link header: the frame is the IP packet."""

from wiretruth.model.frames import Fault
from wiretruth.model.packet import LinkFrame, Unread
from wiretruth.wire.damage import damaged, too_short

LINK_TYPES = (101, 228, 229, 12, 14)
"""LINKTYPE_RAW, _IPV4, _IPV6, and DLT_RAW as some systems number it in files."""

_BY_VERSION = {4: LinkFrame(0x0800, 0), 6: LinkFrame(0x86DD, 0)}


def decode(frame: bytes) -> LinkFrame | Unread:
    """Tell the IP version by the packet's first four bits."""
    if not frame:
        return damaged(too_short("ip header", 0, 1, 0))
    version = frame[0] >> 4
    found = _BY_VERSION.get(version)
    return found or damaged(Fault("ip version", 0, "4 or 6", str(version)))
