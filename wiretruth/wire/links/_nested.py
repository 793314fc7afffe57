"""A frame of another link type inside: what stands before it says which."""

import dataclasses

from wiretruth.model.packet import LinkFrame, Unread
from wiretruth.wire.link_types import decoders

NESTING = frozenset({149, 192, 258})
"""Link types that have frames of others inside: none of them stands inside another."""


def decode(frame: bytes, link_type: int, offset: int) -> LinkFrame | Unread:
    """Find the network packet of the frame of *link_type* that begins at *offset*."""
    reader = None if link_type in NESTING else decoders().get(link_type)
    if reader is None:
        return Unread(f"link type {link_type}")
    found = reader(frame[offset:])
    if isinstance(found, LinkFrame):
        return found._replace(offset=found.offset + offset)
    faults = tuple(dataclasses.replace(fault, offset=fault.offset + offset) for fault in found.faults)
    return found._replace(faults=faults)
