"""Addresses replaced by others: the same one always by the same, and what shared a network still shares one.

As in Crypto-PAn, a prefix decides what becomes of what follows it, under a key; here a step is an octet of IPv4 or a digit of
IPv6, and each keeps its number of digits. So text stays as long as it was, wherever an address stands in it.
What means something by itself stays: loopback, private, link-local, multicast, the prefixes that embed IPv4.
"""

from collections.abc import Iterator, Sequence
from hashlib import blake2b
from ipaddress import IPv6Address
from typing import Final

KEY: Final = 32
"""Octets of a key."""

_KEPT_FIRST: Final = frozenset({0, 10, 100, 127, 169, 172, 192})
_MULTICAST: Final = 224
_GROUP: Final = 4
_LOW, _TWENTY = 32, 12
_EMBEDDING: Final = tuple(IPv6Address(one).packed[:_TWENTY] for one in ("::ffff:0:0", "64:ff9b::"))
_KEPT_V6: Final = {b"\xfe\x80": 4, b"\xfc": 2, b"\xfd": 2, b"\x20": 1, b"\x21": 1, b"\x22": 1, b"\x23": 1}
_UNTOUCHED: Final = frozenset({bytes(16), bytes(15) + b"\1"})


class Addresses:
    """Replaces addresses under one key."""

    def __init__(self, key: bytes) -> None:
        """Begin.

        Args:
            key: KEY octets.
        """
        self._key = key
        self._orders: dict[tuple[bytes, tuple[int, ...]], dict[int, int]] = {}

    def packed(self, address: bytes) -> bytes:
        """Replace the octets of an address, IPv4 or IPv6."""
        if len(address) == 4:  # noqa: PLR2004 - IPv4
            return bytes(self.octets(address))
        if address in _UNTOUCHED or address[0] == 0xFF:  # noqa: PLR2004 - multicast
            return address
        if address[:_TWENTY] in _EMBEDDING:
            return address[:_TWENTY] + bytes(self.octets(address[_TWENTY:]))
        digits = [digit for octet in address for digit in (octet >> 4, octet & 15)]
        return bytes.fromhex("".join(f"{digit:x}" for digit in self.digits(digits)))

    def octets(self, octets: Sequence[int]) -> list[int]:
        """Replace the first octets of an IPv4 address, as many as are known."""
        if octets and (octets[0] in {0, 127} or octets[0] >= _MULTICAST):
            return list(octets)
        return [
            self._replaced(bytes([4, *octets[:n]]), octet, _alike(octets[:n], octet)) for n, octet in enumerate(octets)
        ]

    def digits(self, digits: Sequence[int]) -> list[int]:
        """Replace the first hexadecimal digits of an IPv6 address, as many as are known."""
        return list(self._digits(digits))

    def _digits(self, digits: Sequence[int]) -> Iterator[int]:
        head = bytes(16 * one + other for one, other in zip(digits[:4:2], digits[1:4:2], strict=False))
        kept = _KEPT_V6.get(head[:2], _KEPT_V6.get(head[:1], 1))
        for n, digit in enumerate(digits):
            leading = not any(digits[n - n % _GROUP : n])
            if n < kept or (leading and not digit):
                yield digit
            else:
                yield self._replaced(bytes([6, *digits[:n]]), digit, tuple(range(leading, 16)))

    def _replaced(self, prefix: bytes, value: int, among: tuple[int, ...]) -> int:
        if len(among) == 1:
            return value
        order = self._orders.get((prefix, among))
        if order is None:
            drawn = sorted(among, key=lambda one: blake2b(prefix + bytes([255, one]), key=self._key).digest())
            order = self._orders[prefix, among] = dict(zip(among, drawn, strict=True))
        return order[value]


def _alike(before: Sequence[int], octet: int) -> tuple[int, ...]:
    """Give the octets by which one may be replaced behind a prefix: as many digits, and of the same meaning."""
    kind = _kind(before, octet)
    return tuple(one for one in range(256) if _kind(before, one) == kind)


def _kind(before: Sequence[int], octet: int) -> tuple[int, int]:
    """Tell what an octet means behind a prefix, and how many digits it has."""
    special = -1
    if not before:
        special = octet if octet in _KEPT_FIRST or octet >= _MULTICAST else -1
    elif octet in {0, 255}:
        special = octet
    elif len(before) == 1:
        special = _second(before[0], octet)
    return special, len(str(octet))


def _second(first: int, octet: int) -> int:
    """Tell networks with a meaning by their second octet: RFC 1918, RFC 3927, RFC 6598."""
    if (first, octet) in {(192, 168), (169, 254)}:
        return octet
    inside = (first == 172 and 16 <= octet < _LOW) or (first == 100 and 64 <= octet < 128)  # noqa: PLR2004
    return 16 if inside else -1
