"""lz4: one frame or several behind each other (lz4_Frame_format.md); needs the package ``lz4``."""

from wiretruth.capture.compression._streams import Stream, StreamDecompressor


class Lz4Decompressor(StreamDecompressor):
    """Expands lz4 frames; their blocks of at most 4 MiB bound what the library holds.

    Raises:
        ImportError: the package ``lz4`` is not installed.
    """

    name = "lz4"
    remedy = "pip install 'wiretruth[lz4]'"
    openings = b"\x04" + bytes(range(0x50, 0x60))  # a frame; one to be skipped

    def __init__(self) -> None:
        import lz4.frame  # noqa: PLC0415  (an extra: needed only where an lz4 file is read)

        super().__init__(RuntimeError)
        self._library = lz4.frame

    def _open(self) -> Stream:
        stream: Stream = self._library.LZ4FrameDecompressor()
        return stream


MAGICS = (b"\x04\x22\x4d\x18",)
DECOMPRESSOR = Lz4Decompressor
