"""The octets of an input without its compression, whatever it holds."""

from collections.abc import Iterator

from wiretruth.capture.decompressor import Decompressor
from wiretruth.capture.recognition import decompressor_for
from wiretruth.errors import InputError
from wiretruth.sources.blocks import BlockReader


def expander(path: str, head: bytes) -> Decompressor | None:
    """Make what expands an input that begins with *head*; ``None`` where it is not compressed.

    Raises:
        InputError: its compression needs a module that is not installed.
    """
    try:
        return decompressor_for(head)
    except ImportError as error:
        problem = f"is compressed with {error.name}, for which this Python has no module"
        raise InputError(path, problem, error.msg) from error


def expanded(reader: BlockReader, block: memoryview, decompressor: Decompressor | None) -> Iterator[bytes | memoryview]:
    """Give the octets without compression, beginning with *block*, which has been read."""
    while block:
        if decompressor is None:
            yield block
        else:
            yield from decompressor.receive(block)
            if decompressor.ended:
                return
        block = reader.read()
    if decompressor:
        decompressor.finish()
