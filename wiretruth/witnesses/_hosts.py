"""Hosts as mail logs write them: ``mail.example.net[192.0.2.1]:25`` and its relatives."""

import functools
import re
from ipaddress import IPv6Address, ip_address
from typing import NamedTuple

from wiretruth.model.packet import Endpoint

PATTERN = r"([^\s\[\],;]{0,255}) ?\[([^\]\s]{1,64})\](?::(\d{1,5}))?"
"""Name, address, port: groups for :func:`host`."""

_HOST = re.compile(PATTERN)
_PORT = re.compile(r"[0-9]{1,5}")
_LAST_PORT = 65_535
MAX_REMEMBERED = 1 << 14
"""Addresses whose canonical form is remembered: logs name few hosts again and again."""


class Host(NamedTuple):
    """A host as a line names it."""

    name: str | None
    address: str | None
    port: int | None


@functools.lru_cache(maxsize=MAX_REMEMBERED)
def canonical(text: str) -> str | None:
    """Give an address in canonical form, an IPv4-mapped one as IPv4 (RFC 4291 §2.5.5.2); ``None`` where it is none."""
    bare = text.removeprefix("IPv6:").partition("%")[0]
    try:
        address = ip_address(bare)
    except ValueError:
        return None
    if isinstance(address, IPv6Address) and address.ipv4_mapped is not None:
        return str(address.ipv4_mapped)
    return str(address)


def host(name: str | None, address: str | None, port: str | None) -> Host:
    """Give a host from the groups of :data:`PATTERN`; names that say nothing are left out."""
    known = name if name and name not in ("unknown", "none", "-") else None
    return Host(known and known.rstrip("."), canonical(address) if address else None, _port(port))


def find(text: str) -> Host | None:
    """Give the host that a text begins with."""
    found = _HOST.match(text)
    return host(*found.groups()) if found else None


def endpoint(text: str) -> Endpoint | None:
    """Read ``192.0.2.1:25``, ``[2001:db8::1]:25`` or ``2001:db8::1:25`` (the last colon is the port's)."""
    address, _, port = text.rpartition(":")
    known, number = canonical(address.removeprefix("[").removesuffix("]")), _port(port)
    return Endpoint(known, number) if known is not None and number is not None else None


def _port(text: str | None) -> int | None:
    return int(text) if text and _PORT.fullmatch(text) and int(text) <= _LAST_PORT else None
