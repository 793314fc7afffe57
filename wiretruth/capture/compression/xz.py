"""xz: one stream or several behind each other (tukaani.org/xz/xz-file-format.txt)."""

from wiretruth.capture.compression._streams import Stream, StreamDecompressor

MAX_MEMORY = 256 * 1024 * 1024
"""Octets that a stream may ask for: ``xz -9`` needs 65 MiB, and a header of 12 octets can ask for gigabytes."""


class XzDecompressor(StreamDecompressor):
    """Expands xz."""

    name = "xz"
    remedy = "decompress it first: xz -dc FILE | wiretruth read -"
    openings = b"\xfd"

    def __init__(self) -> None:
        import lzma  # noqa: PLC0415  (a Python may have been built without it)

        super().__init__(lzma.LZMAError)
        self._library = lzma

    def _open(self) -> Stream:
        return self._library.LZMADecompressor(self._library.FORMAT_XZ, MAX_MEMORY)


MAGICS = (b"\xfd7zXZ\0",)
DECOMPRESSOR = XzDecompressor
