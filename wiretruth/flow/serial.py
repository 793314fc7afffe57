"""Sequence numbers: arithmetic modulo 2^32, and its only home (RFC 1982, RFC 9293 §3.4)."""

MODULUS = 1 << 32
_MASK = MODULUS - 1
_HALF = 1 << 31


def distance(later: int, earlier: int) -> int:
    """Give how far *later* lies ahead of *earlier*: -2^31 to 2^31 - 1; exactly half the circle counts as behind."""
    return ((later - earlier + _HALF) & _MASK) - _HALF


def unwrap(number: int, near: int) -> int:
    """Give the integer that is *number* modulo 2^32 and lies nearest to *near*.

    Unwrapped numbers are plain integers: they compare, add and subtract as such. They may be negative.

    Args:
        number: as on the wire, 0 to 2^32 - 1.
        near: an unwrapped number of the same direction.
    """
    return near + ((number - near + _HALF) & _MASK) - _HALF
