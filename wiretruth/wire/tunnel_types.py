"""Which reader of the plug room ``tunnels/`` takes a packet."""

import functools
from collections.abc import Callable, Mapping
from types import ModuleType

from wiretruth import discover
from wiretruth.model.packet import LinkFrame, Unread

TunnelDecoder = Callable[[bytes, int], LinkFrame | Unread | None]
"""Finds what is inside, behind the tunnel's header at a place in octets that end with the outer packet."""


@functools.cache
def by_protocol() -> Mapping[int, TunnelDecoder]:
    """List the readers by IP protocol number."""
    return {number: room.decode for room in _rooms() for number in getattr(room, "PROTOCOLS", ())}


@functools.cache
def by_port() -> Mapping[int, TunnelDecoder]:
    """List the readers by UDP destination port."""
    return {port: room.decode for room in _rooms() for port in getattr(room, "PORTS", ())}


def _rooms() -> tuple[ModuleType, ...]:
    return discover.modules("wiretruth.wire.tunnels")
