"""What the next octets of a client are; that depends on what it said and on what the server replied."""

import enum


class Mode(enum.IntEnum):
    """What the next octets of the client are."""

    LOST = enum.auto()
    """Nobody knows: the capture begins here, or octets are missing. The shape of a line decides, or the server."""
    COMMAND = enum.auto()
    """Command lines, and the lines of AUTH."""
    EARLY = enum.auto()
    """DATA has no reply yet. RFC 2920 has the client wait; one that does not sends text, or was already refused."""
    TEXT = enum.auto()
    """Message text, up to the final dot."""
    CHUNK = enum.auto()
    """So many octets of BDAT (RFC 3030)."""
    TLS = enum.auto()
    """Nothing that may be read but the ClientHello."""
