"""Which format a file has, told by its first octets."""

from wiretruth import discover
from wiretruth.capture.decompressor import Decompressor
from wiretruth.capture.feed import Feed

LEAST = 8
"""Octets that tell the formats which are read; no such file is shorter, so a pipe need not give more before its data."""

HEAD = 264
"""Octets looked at, where there are as many, to say what something is that is not read: a tar archive says it at 257."""


def feed_for(head: bytes) -> Feed | None:
    """Make the feed that reads a capture which begins with *head*; ``None`` for what no format claims."""
    for module in discover.modules("wiretruth.capture"):
        if head.startswith(getattr(module, "MAGICS", ())):
            feed: Feed = module.FEED()
            return feed
    return None


def decompressor_for(head: bytes) -> Decompressor | None:
    """Make what expands a file that begins with *head*; ``None`` for what no compression claims.

    Raises:
        ImportError: a module that it needs is missing; ``name`` is the compression's, and the text says what to do.
    """
    for module in discover.modules("wiretruth.capture.compression"):
        if head.startswith(getattr(module, "MAGICS", ())):
            try:
                decompressor: Decompressor = module.DECOMPRESSOR()
            except ImportError as error:
                raise ImportError(module.DECOMPRESSOR.remedy, name=module.DECOMPRESSOR.name) from error
            return decompressor
    return None
