"""Which networks are a site's own."""

import functools
from ipaddress import ip_address, ip_network

_PRIVATE = tuple(ip_network(n) for n in ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7"))

MAX_REMEMBERED = 1 << 16
"""Addresses whose place is remembered: reading one costs more than all else that a rule does with it."""


@functools.lru_cache(maxsize=MAX_REMEMBERED)
def is_inside(address: str) -> bool:
    """RFC 1918, RFC 4193 or loopback; not ``is_private``, which also holds documentation and test networks."""
    parsed = ip_address(address)
    return parsed.is_loopback or any(parsed in network for network in _PRIVATE if network.version == parsed.version)
