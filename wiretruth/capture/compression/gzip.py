"""gzip: one member or several behind each other (RFC 1952)."""

import zlib
from collections.abc import Iterator

from wiretruth.capture.decompressor import PIECE, Decompressor
from wiretruth.octets import printable

_WITH_HEADER = 31
"""zlib's way to ask for a gzip header and trailer, with any window."""


class GzipDecompressor(Decompressor):
    """Expands gzip; zeros behind the last member are padding, anything else there is a fault, as for gzip itself."""

    name = "gzip"
    slice_size = 65_536

    def __init__(self) -> None:
        super().__init__()
        self._member: zlib._Decompress | None = None

    def _expand(self, compressed: bytes) -> Iterator[bytes]:
        rest = compressed
        while rest and not self.ended:
            if self._member is None:
                rest = rest.lstrip(b"\0") if self._position or rest is not compressed else rest
                if not rest:
                    return
                if not rest.startswith(MAGICS[0][:1]):
                    offset = self._position + len(compressed) - len(rest)
                    self._end(offset, "another member or the end", printable(rest, 16))
                    return
                self._member = zlib.decompressobj(_WITH_HEADER)
            yield from self._member_octets(self._member, rest, self._position + len(compressed))
            if self._member.eof:
                rest, self._member = self._member.unused_data, None
            else:
                rest = b""

    def _member_octets(self, member: "zlib._Decompress", rest: bytes, end: int) -> Iterator[bytes]:
        """Expand *rest*, which ends at offset *end* of the input, as far as the member goes."""
        pending = True
        while pending and not self.ended and not member.eof:
            spare = member.copy()
            try:
                octets = member.decompress(rest, PIECE)
            except zlib.error:
                yield from self._until_damage(spare, rest, end - len(rest))
                return
            rest = member.unconsumed_tail
            pending = bool(rest) or len(octets) == PIECE
            if octets:
                yield octets

    def _until_damage(self, member: "zlib._Decompress", rest: bytes, offset: int) -> Iterator[bytes]:
        """Expand octet by octet: zlib gives nothing of a step in which it finds damage."""
        for place, octet in enumerate(rest, offset):
            try:
                yield member.decompress(bytes((octet,)))
            except zlib.error as error:
                self._end(place, "sound gzip data", str(error))
                return

    def _within(self) -> bool:
        return self._member is not None


MAGICS = (b"\x1f\x8b",)
DECOMPRESSOR = GzipDecompressor
