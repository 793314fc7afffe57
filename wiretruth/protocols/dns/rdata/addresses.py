"""A (RFC 1035 §3.4.1) and AAAA (RFC 3596 §2.2)."""

import functools
import ipaddress

from wiretruth.protocols.dns.damage import FormatError
from wiretruth.protocols.dns.names import Names

_IPV4_OCTETS, _IPV6_OCTETS = 4, 16
_MAPPED = bytes(10) + b"\xff\xff"


def _a(names: Names, start: int, end: int) -> tuple[str, None, None]:
    if end - start != _IPV4_OCTETS:
        raise FormatError(start, "4 octets", f"{end - start} octets")
    return _dotted(names.octets[start:end]), None, None


def _aaaa(names: Names, start: int, end: int) -> tuple[str, None, None]:
    if end - start != _IPV6_OCTETS:
        raise FormatError(start, "16 octets", f"{end - start} octets")
    return _compressed(names.octets[start:end]), None, None


@functools.lru_cache(maxsize=4096)
def _dotted(octets: bytes) -> str:
    return ".".join(map(str, octets))


@functools.lru_cache(maxsize=4096)
def _compressed(octets: bytes) -> str:
    """Give RFC 5952 text; Python's own for IPv4-mapped addresses depends on its version."""
    if octets.startswith(_MAPPED):
        return f"::ffff:{_dotted(octets[12:])}"
    return str(ipaddress.IPv6Address(octets))


INTERNET_READERS = {1: _a, 28: _aaaa}
