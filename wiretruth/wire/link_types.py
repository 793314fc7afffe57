"""Which reader of the plug room ``links/`` takes a link type."""

import functools
from collections.abc import Callable, Mapping

from wiretruth import discover
from wiretruth.model.packet import LinkFrame, Unread

LinkDecoder = Callable[[bytes], LinkFrame | Unread]
"""Finds the network packet in the captured octets of a frame; damage is ``Unread`` with a fault."""


@functools.cache
def decoders() -> Mapping[int, LinkDecoder]:
    """List the readers by LINKTYPE number (tcpdump.org/linktypes.html)."""
    rooms = discover.modules("wiretruth.wire.links")
    return {number: room.decode for room in rooms for number in room.LINK_TYPES}
