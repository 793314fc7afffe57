"""bzip2: one stream or several behind each other, as ``pbzip2`` writes them (sourceware.org/bzip2)."""

import bz2

from wiretruth.capture.compression._streams import Stream, StreamDecompressor


class Bzip2Decompressor(StreamDecompressor):
    """Expands bzip2; its blocks of 900 kB bound what it holds."""

    name = "bzip2"
    errors = (OSError,)
    openings = b"B"

    def _open(self) -> Stream:
        return bz2.BZ2Decompressor()


MAGICS = (b"BZh",)
DECOMPRESSOR = Bzip2Decompressor
