"""bzip2: one stream or several behind each other, as ``pbzip2`` writes them (sourceware.org/bzip2)."""

from wiretruth.capture.compression._streams import Stream, StreamDecompressor


class Bzip2Decompressor(StreamDecompressor):
    """Expands bzip2; its blocks of 900 kB bound what it holds."""

    name = "bzip2"
    remedy = "decompress it first: bzip2 -dc FILE | wiretruth read -"
    openings = b"B"

    def __init__(self) -> None:
        import bz2  # noqa: PLC0415  (a Python may have been built without it)

        super().__init__(OSError)
        self._library = bz2

    def _open(self) -> Stream:
        return self._library.BZ2Decompressor()


MAGICS = (b"BZh",)
DECOMPRESSOR = Bzip2Decompressor
