"""Addresses and mailboxes within text, replaced by others that are as long."""

import re
from hashlib import blake2b
from ipaddress import IPv6Address
from typing import Final

from wiretruth.evidence.masked_addresses import Addresses

_KEPT: Final = frozenset({b"postmaster"})
"""Mailboxes that everybody has (RFC 5321 §4.5.1)."""

_ATOM: Final = rb"[A-Za-z0-9!#$%&'*+/=?^_`{|}~\x80-\xff-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~\x80-\xff-]+)*"
_MAILBOX: Final = re.compile(rb'("[^"\r\n]{1,64}"|' + _ATOM + rb")(?=@[A-Za-z0-9\[\x80-\xff])")
_PATH: Final = re.compile(rb"((?:MAIL FROM|RCPT TO|VRFY|EXPN):?[ \t]*<?)([^<>@\s]+)(?=>|\s|\Z)", re.IGNORECASE)
_FOUR: Final = re.compile(
    rb"(?<![0-9.-])(\d{1,3})([.-])(\d{1,3})\2(\d{1,3})\2(\d{1,3})(?![0-9]|[.-][0-9])((?:\.[A-Za-z_-])?)"
)
_SIX: Final = re.compile(
    rb"(?:(?<=[Ii][Pp][Vv]6:)|(?<![0-9A-Za-z:.]))[0-9A-Fa-f]{0,4}:[0-9A-Fa-f:]*:[0-9A-Fa-f]{0,4}(?![0-9A-Za-z:])"
)
_HEX: Final = re.compile(rb"(?<![0-9A-Za-z])([0-9A-F]{8}|[0-9A-F]{32})(?=:[0-9A-F]{4}(?![0-9A-Za-z]))")


class Words:
    """Replaces what text tells of hosts and people, under one key."""

    def __init__(self, addresses: Addresses, key: bytes) -> None:
        """Begin."""
        self._addresses, self._key = addresses, key

    def masked(self, text: bytes) -> bytes:
        """Replace every address and mailbox in a text; it stays as long as it was."""
        text = _PATH.sub(lambda found: found[1] + self._local(found[2]), text)
        text = _MAILBOX.sub(lambda found: self._local(found[1]), text)
        text = _FOUR.sub(self._four, text)
        text = _SIX.sub(self._six, text)
        return _HEX.sub(self._hex, text)

    def _local(self, name: bytes) -> bytes:
        if name.lower() in _KEPT or name.startswith(b"["):
            return name
        drawn = blake2b(name.lower(), key=self._key).digest() * (len(name) // 64 + 1)
        return bytes(_letter(octet, number) for octet, number in zip(name, drawn, strict=False))

    def _four(self, found: "re.Match[bytes]") -> bytes:
        """Four numbers; before a name they are an address backwards, as lists of senders are asked for."""
        parts = [found[1], found[3], found[4], found[5]]
        octets = [int(part) for part in parts]
        if max(octets) > 255 or any(str(n).encode() != part for n, part in zip(octets, parts, strict=True)):  # noqa: PLR2004
            return found[0]
        backwards = found[2] == b"." and bool(found[6])
        masked = self._addresses.octets(octets[::-1] if backwards else octets)
        return found[2].join(str(octet).encode() for octet in (masked[::-1] if backwards else masked)) + found[6]

    def _six(self, found: "re.Match[bytes]") -> bytes:
        try:
            address = IPv6Address(found[0].decode())
        except ValueError:
            return found[0]
        masked = str(IPv6Address(self._addresses.packed(address.packed))).encode()
        return masked if str(address).encode() == found[0] else re.sub(rb"[0-9A-Fa-f]", b"0", found[0])

    def _hex(self, found: "re.Match[bytes]") -> bytes:
        """As /proc/net/tcp writes them: words of the host's byte order, which is little-endian nearly everywhere."""
        octets = _turned(bytes.fromhex(found[1].decode()))
        return _turned(self._addresses.packed(octets)).hex().upper().encode()


def _turned(octets: bytes) -> bytes:
    return b"".join(octets[n : n + 4][::-1] for n in range(0, len(octets), 4))


def _letter(octet: int, number: int) -> int:
    character = bytes([octet])
    if character.isdigit():
        return 0x30 + number % 10
    if character.islower():
        return 0x61 + number % 26
    if character.isupper():
        return 0x41 + number % 26
    return octet if octet < 0x80 else 0x78  # noqa: PLR2004 - beyond ASCII
