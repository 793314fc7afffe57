"""xz: one stream or several behind each other (tukaani.org/xz/xz-file-format.txt)."""

import lzma

from wiretruth.capture.compression._streams import Stream, StreamDecompressor

MAX_MEMORY = 256 * 1024 * 1024
"""Octets that a stream may ask for: ``xz -9`` needs 65 MiB, and a header of 12 octets can ask for gigabytes."""


class XzDecompressor(StreamDecompressor):
    """Expands xz."""

    name = "xz"
    errors = (lzma.LZMAError,)
    openings = b"\xfd"

    def _open(self) -> Stream:
        return lzma.LZMADecompressor(lzma.FORMAT_XZ, MAX_MEMORY)


MAGICS = (b"\xfd7zXZ\0",)
DECOMPRESSOR = XzDecompressor
