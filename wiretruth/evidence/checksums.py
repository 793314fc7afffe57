"""Octets changed in place, with the checksum that covers them changed along: what was right stays right, what was wrong wrong.

Source: RFC 1624 equation 3. Nothing but the changed octets is needed, so a packet cut by a snap length is no obstacle.
"""

_ONES = 0xFFFF


def changed(frame: bytearray, begin: int, octets: bytes, checksum: int | None, origin: int) -> None:
    """Write octets into a frame.

    Args:
        frame: to be changed.
        begin: where to write.
        octets: what to write; as many as are replaced.
        checksum: where the checksum that covers them stands; ``None`` where none does.
        origin: where what it covers begins: words are counted from there.
    """
    end = begin + len(octets)
    before = bytes(frame[begin:end])
    if before == octets:
        return
    frame[begin:end] = octets
    if checksum is not None:
        odd = (begin - origin) & 1
        _adjust(frame, checksum, _sum(before, odd), _sum(octets, odd))


def adjusted(frame: bytearray, checksum: int | None, before: bytes, after: bytes) -> None:
    """Let a checksum follow octets elsewhere that it covers too: the addresses of the pseudo header (RFC 9293 §3.1)."""
    if checksum is not None:
        _adjust(frame, checksum, _sum(before, 0), _sum(after, 0))


def _adjust(frame: bytearray, at: int, before: int, after: int) -> None:
    if at + 2 > len(frame):
        return
    old = int.from_bytes(frame[at : at + 2])
    total = (~old & _ONES) + (~_folded(before) & _ONES) + after
    frame[at : at + 2] = (~_folded(total) & _ONES).to_bytes(2)


def _sum(octets: bytes, odd: int) -> int:
    padded = bytes(odd) + octets
    padded += bytes(len(padded) & 1)
    return sum(int.from_bytes(padded[place : place + 2]) for place in range(0, len(padded), 2))


def _folded(total: int) -> int:
    while total > _ONES:
        total = (total & _ONES) + (total >> 16)
    return total
