"""Addresses within DNS messages (RFC 1035, RFC 3596, RFC 7871), replaced in place; a message keeps its length.

What cannot be read is overwritten, and so is the data of types that are not known to hold no address.
"""

from collections.abc import Sequence
from typing import Final

from wiretruth.evidence.masked_addresses import Addresses
from wiretruth.evidence.masked_words import Words

_HEADER: Final = 12
_NAMES: Final = {2: 0, 5: 0, 12: 0, 15: 2, 33: 6, 39: 0}
"""Where the name stands in the data of NS, CNAME, PTR, MX, SRV, DNAME."""
_SOA, _OPT, _TEXTS, _PLAIN = 6, 41, (16, 99), (43, 46, 47, 48, 50, 51, 52, 257)
_ADDRESSES: Final = {1: 4, 28: 16}
_CLIENT_SUBNET: Final = 8
_MOST_LABELS: Final = 128
"""Labels of a name: one of 255 octets has no more."""
_POINTER: Final = 0xC0
_DECIMAL: Final = frozenset(str(n).encode() for n in range(256))
_HEXADECIMAL: Final = frozenset(f"{n:x}".encode() for n in range(16)) | frozenset(f"{n:X}".encode() for n in range(16))

Label = tuple[int, bytes]
"""Where a label's text begins in the message, and the text."""


class Messages:
    """Replaces addresses in messages, under one key."""

    def __init__(self, addresses: Addresses, words: Words) -> None:
        """Begin."""
        self._addresses, self._words = addresses, words

    def masked(self, message: bytes) -> bytes:
        """Replace what a message tells of hosts."""
        out = bytearray(message)
        place = 0
        try:
            place = _HEADER
            counts = [int.from_bytes(message[n : n + 2]) for n in (4, 6, 8, 10)]
            for _ in range(counts[0]):
                place = self._name(message, out, place) + 4
            for _ in range(sum(counts[1:])):
                place = self._record(message, out, place)
        except (IndexError, ValueError):
            pass
        out[place:] = bytes(len(message) - place) if place < len(message) else b""
        return bytes(out[: len(message)])

    def stream(self, octets: bytes) -> bytes:
        """Replace what messages over TCP tell (RFC 1035 §4.2.2), from the beginning of the stream."""
        pieces, place = [], 0
        while place + 2 <= len(octets):
            size = int.from_bytes(octets[place : place + 2])
            pieces += [octets[place : place + 2], self.masked(octets[place + 2 : place + 2 + size])]
            place += 2 + size
        return b"".join([*pieces, octets[place:]])

    def _record(self, message: bytes, out: bytearray, place: int) -> int:
        begin = self._name(message, out, place) + 10
        if begin > len(message):
            raise ValueError(begin)
        kind, size = int.from_bytes(message[begin - 10 : begin - 8]), int.from_bytes(message[begin - 2 : begin])
        end = min(begin + size, len(message))
        data = message[begin:end]
        if _ADDRESSES.get(kind) == len(data):
            out[begin:end] = self._addresses.packed(data)
        elif kind in _NAMES:
            self._name(message, out, begin + _NAMES[kind])
        elif kind == _SOA:
            self._name(message, out, self._name(message, out, begin))
        elif kind in _TEXTS:
            out[begin:end] = self._words.masked(data)
        elif kind == _OPT:
            out[begin:end] = self._options(data)
        elif kind not in _PLAIN:
            out[begin:end] = bytes(len(data))
        return begin + size

    def _options(self, data: bytes) -> bytes:
        out, place = bytearray(data), 0
        while place + 4 <= len(data):
            code, size = int.from_bytes(data[place : place + 2]), int.from_bytes(data[place + 2 : place + 4])
            if code == _CLIENT_SUBNET:
                out[place + 8 : place + 4 + size] = bytes(len(data[place + 8 : place + 4 + size]))
            place += 4 + size
        return bytes(out)

    def _name(self, message: bytes, out: bytearray, place: int) -> int:
        """Replace the labels of a name that tell an address; give where the name ends."""
        labels, end = _labels(message, place)
        texts = [text for _, text in labels]
        lower = [text.lower() for text in texts]
        backwards = self._backwards(lower)
        for n, (at, text) in enumerate(labels):
            new = backwards[n] if n < len(backwards) else self._words.masked(text)
            out[at : at + len(text)] = new
        return end

    def _backwards(self, labels: Sequence[bytes]) -> list[bytes]:
        """Give the labels at the start of a name that are an address backwards, replaced."""
        arpa = tuple(labels[-2:])
        six = [label for label in labels[:32] if label in _HEXADECIMAL]
        if labels[: len(six)] == six and (len(six) == 32 or arpa == (b"ip6", b"arpa")):  # noqa: PLR2004
            masked = self._addresses.digits([int(label, 16) for label in reversed(six)])
            return [f"{digit:x}".encode() for digit in reversed(masked)]
        four = [label for label in labels[:4] if label in _DECIMAL]
        if labels[: len(four)] == four and (len(four) == 4 or arpa == (b"in-addr", b"arpa")):  # noqa: PLR2004
            return [str(octet).encode() for octet in reversed(self._addresses.octets([int(x) for x in reversed(four)]))]
        return []


def _labels(message: bytes, place: int) -> tuple[list[Label], int]:
    labels: list[Label] = []
    end = None
    for _ in range(2 * _MOST_LABELS):
        size = message[place]
        if size >= _POINTER:
            end = end if end is not None else place + 2
            place = int.from_bytes(message[place : place + 2]) & 0x3FFF
        elif size:
            labels.append((place + 1, message[place + 1 : place + 1 + size]))
            place += 1 + size
        else:
            return labels, end if end is not None else place + 1
    raise ValueError(place)
