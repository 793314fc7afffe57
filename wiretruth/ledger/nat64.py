"""IPv4 addresses within IPv6 addresses: what DNS64 makes up, and NAT64 leads on (RFC 6052, RFC 6146, RFC 6147)."""

import functools
from collections.abc import Iterable
from ipaddress import AddressValueError, IPv4Address, IPv6Address, IPv6Network

from wiretruth.ledger.hosts import Asker
from wiretruth.model.statements import Resolution

WELL_KNOWN = IPv6Network("64:ff9b::/96")
"""RFC 6052 §2.1."""
PROBE = "ipv4only.arpa"
"""A name that has only IPv4 addresses: an AAAA answer for it shows the prefix of DNS64 (RFC 7050)."""
_PROBED = (IPv4Address("192.0.0.170"), IPv4Address("192.0.0.171"))
_LENGTHS = (96, 64, 56, 48, 40, 32)
"""RFC 6052 §2.2."""
MAX_PREFIXES = 8
"""Prefixes learned of one host: a network has one, or one for each of its exits."""
MAX_REMEMBERED = 1 << 12
"""Addresses whose reading is remembered."""

_RESERVED = slice(8, 9)
"""Bits 64 to 71 are zero, and lie within the IPv4 address where the prefix is shorter."""


class Prefixes:
    """The prefixes under which a host's DNS64 makes up addresses, as each host was told."""

    __slots__ = ("_known",)

    def __init__(self) -> None:
        self._known: dict[Asker, dict[IPv6Network, None]] = {}

    def note(self, resolution: Resolution, asker: Asker) -> None:
        """Learn from an answer for the name that has no IPv6 address."""
        if resolution.name == PROBE and resolution.type == "AAAA":
            known = self._known.setdefault(asker, {})
            for address in resolution.addresses:
                if ":" in address and len(known) < MAX_PREFIXES and (prefix := _prefix_of(address)) is not None:
                    known[prefix] = None

    def embedded(self, address: str, askers: Iterable[Asker] = ()) -> str | None:
        """Give the IPv4 address that an IPv6 address stands for, to a host; ``None`` where it stands for none."""
        if ":" not in address:
            return None
        prefixes = [WELL_KNOWN, *(prefix for asker in askers for prefix in self._known.get(asker, ()))]
        return next((found for prefix in prefixes if (found := embedded(address, prefix)) is not None), None)


@functools.lru_cache(maxsize=MAX_REMEMBERED)
def embedded(address: str, prefix: IPv6Network) -> str | None:
    """Give the IPv4 address within an IPv6 address under a prefix of one of the six lengths (RFC 6052 §2.2)."""
    try:
        whole = IPv6Address(address)
    except AddressValueError:
        return None
    if whole not in prefix or prefix.prefixlen not in _LENGTHS:
        return None
    return str(_read(whole.packed, prefix.prefixlen))


def _read(packed: bytes, length: int) -> IPv4Address:
    """The octets behind the prefix, the reserved one left out."""
    start = length // 8
    octets = packed[start:] if start > _RESERVED.start else packed[start : _RESERVED.start] + packed[_RESERVED.stop :]
    return IPv4Address(octets[:4])


def _prefix_of(address: str) -> IPv6Network | None:
    """Find the length under which the probe's address stands (RFC 7050 §3)."""
    packed = IPv6Address(address).packed
    for length in _LENGTHS:
        if _read(packed, length) in _PROBED:
            return IPv6Network((packed[: length // 8].ljust(16, b"\0"), length))
    return None
