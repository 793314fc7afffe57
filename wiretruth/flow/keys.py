"""Under what the packets of a connection find each other, whichever end sent them."""

Key = tuple[str, str, int, str, int]
"""Vantage, address and port of the one end, address and port of the other, the lesser text first."""


def key(vantage: str, one: str, one_port: int, other: str, other_port: int) -> Key:
    """Give the key of a connection, its ends in either order."""
    if (one, one_port) <= (other, other_port):
        return vantage, one, one_port, other, other_port
    return vantage, other, other_port, one, one_port
