"""The encapsulating security payload (RFC 4303): encrypted, so that it can only be named."""

from wiretruth.model.packet import Unread

PROTOCOLS = (50,)


def decode(_octets: bytes, _begin: int) -> Unread:
    """Name it."""
    return Unread("ESP")
