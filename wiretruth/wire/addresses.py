"""Packed addresses as canonical text, remembered."""

import functools
import ipaddress

MAX_REMEMBERED = 1 << 16
"""Addresses kept in their text form, of each version: a busy mail gateway's day, some 15 MB each."""

_MAPPED = bytes(10) + b"\xff\xff"


@functools.lru_cache(maxsize=MAX_REMEMBERED)
def ipv4_text(packed: bytes) -> str:
    """Give four octets as dotted decimal."""
    return f"{packed[0]}.{packed[1]}.{packed[2]}.{packed[3]}"


@functools.lru_cache(maxsize=MAX_REMEMBERED)
def ipv6_text(packed: bytes) -> str:
    """Give sixteen octets in the form of RFC 5952; IPv4-mapped addresses in its mixed notation (§5)."""
    if packed.startswith(_MAPPED):
        return f"::ffff:{ipv4_text(packed[12:])}"
    return str(ipaddress.IPv6Address(packed))
