"""Zstandard: one frame or several behind each other (RFC 8878); needs the package ``zstandard``."""

from collections.abc import Iterator

from wiretruth.capture.decompressor import Decompressor


class ZstdDecompressor(Decompressor):
    """Expands zstd.

    Four octets can stand for 128 KiB (an RLE block), and the library gives all of a step at once: the slice is small, so
    that a step stays below 8 MiB. The library itself refuses windows above 128 MiB.

    Raises:
        ImportError: the package ``zstandard`` is not installed.
    """

    name = "zstd"
    remedy = "pip install 'wiretruth[zstd]'"
    slice_size = 256

    def __init__(self) -> None:
        super().__init__()
        import zstandard  # noqa: PLC0415  (an extra: needed only where a zstd file is read)

        self._library = zstandard
        self._frame: zstandard.ZstdDecompressionObj | None = None

    def _expand(self, compressed: bytes) -> Iterator[bytes]:
        rest = compressed
        while rest and not self.ended:
            frame = self._frame or self._library.ZstdDecompressor().decompressobj()
            self._frame = frame
            try:
                octets = frame.decompress(rest)
            except self._library.ZstdError as error:
                self._end(self._position, "sound zstd data", str(error))
                return
            if octets:
                yield octets
            rest = b""
            if frame.eof:
                rest, self._frame = frame.unused_data, None

    def _within(self) -> bool:
        return self._frame is not None


MAGICS = (b"\x28\xb5\x2f\xfd",)
DECOMPRESSOR = ZstdDecompressor
