"""Which addresses are a site's own."""

import functools
from ipaddress import ip_address

from wiretruth.model.networks import MAX_REMEMBERED, is_inside

__all__ = ["embeds", "is_inside", "is_unroutable"]

_EMBEDDED, _RESERVED = (4, 5, 6, 7, 9, 12), 8
"""Where the IPv4 address begins behind prefixes of 32, 40, 48, 56, 64 and 96 bits, and the octet that is left out."""


@functools.lru_cache(maxsize=MAX_REMEMBERED)
def is_unroutable(address: str) -> bool:
    """Loopback, unspecified or link-local: no other host is ever reached there."""
    parsed = ip_address(address)
    return parsed.is_loopback or parsed.is_unspecified or parsed.is_link_local


@functools.lru_cache(maxsize=MAX_REMEMBERED)
def embeds(address: str, other: str) -> bool:
    """Tell whether one is the IPv6 address that a translator uses for the other, which is IPv4 (RFC 6052 §2.2)."""
    one, two = sorted((ip_address(address), ip_address(other)), key=lambda parsed: -parsed.version)
    if (one.version, two.version) != (6, 4):
        return False
    octets = one.packed
    return any(_at(octets, at) == two.packed for at in _EMBEDDED)


def _at(octets: bytes, at: int) -> bytes:
    """Give the four octets from a place on; octet 8 is never part of the address."""
    return bytes(octets[place] for place in range(at, 16) if place != _RESERVED)[:4]
