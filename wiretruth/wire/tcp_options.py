"""The options of a TCP header (RFC 9293 §3.2, RFC 7323, RFC 2018)."""

import struct
from typing import NamedTuple

from wiretruth.model.frames import Fault
from wiretruth.wire.damage import too_short

_END, _NO_OPERATION, _MSS, _WINDOW_SCALE, _SACK_PERMITTED, _SACK, _TIMESTAMPS = 0, 1, 2, 3, 4, 5, 8

_LENGTHS = {_MSS: 4, _WINDOW_SCALE: 3, _SACK_PERMITTED: 2, _TIMESTAMPS: 10}

_TIMES = struct.Struct("!II")
_BLOCK = struct.Struct("!II")


class TcpOptions(NamedTuple):
    """In the order of the last fields of ``TcpSegment``."""

    mss: int | None = None
    window_scale: int | None = None
    sack_permitted: bool = False
    sack: tuple[tuple[int, int], ...] = ()
    ts_value: int | None = None
    ts_echo: int | None = None


NO_OPTIONS = TcpOptions()


def decode(octets: bytes, start: int, stop: int) -> tuple[TcpOptions, tuple[Fault, ...]]:
    """Read the options between *start* and *stop*; those before damage are kept.

    Args:
        octets: the frame.
        start: where the options begin.
        stop: where the header ends, or the capture; never beyond ``octets``.
    """
    found: dict[int, int] = {}
    position = start
    while position < stop and octets[position] != _END:
        kind = octets[position]
        if kind == _NO_OPERATION:
            position += 1
            continue
        fault = _damage(octets, position, stop)
        if fault is not None:
            return _options(octets, found), (fault,)
        found.setdefault(kind, position)
        position += octets[position + 1]
    return _options(octets, found), ()


def _damage(octets: bytes, position: int, stop: int) -> Fault | None:
    kind = octets[position]
    if position + 2 > stop:
        return too_short("tcp option", position, 2, stop - position)
    length = octets[position + 1]
    if position + max(length, 2) > stop:
        return too_short("tcp option", position, max(length, 2), stop - position)
    expected = _LENGTHS.get(kind)
    if expected is not None and length != expected:
        return Fault("tcp option", position, f"option {kind} of {expected} octets", f"{length} octets")
    if length < 2 or (kind == _SACK and length % _BLOCK.size != 2):  # noqa: PLR2004  kind and length are two octets
        return Fault("tcp option", position, "a possible length", f"{length} octets")
    return None


def _options(octets: bytes, found: dict[int, int]) -> TcpOptions:
    """Read the first option of each kind; *found* tells where its two octets of kind and length begin."""
    mss = scale = None
    if (at := found.get(_MSS)) is not None:
        mss = int.from_bytes(octets[at + 2 : at + 4])
    if (at := found.get(_WINDOW_SCALE)) is not None:
        scale = octets[at + 2]
    times: tuple[int | None, int | None] = (None, None)
    if (at := found.get(_TIMESTAMPS)) is not None:
        times = _TIMES.unpack_from(octets, at + 2)
    blocks: tuple[tuple[int, int], ...] = ()
    if (at := found.get(_SACK)) is not None:
        blocks = tuple(_BLOCK.iter_unpack(octets[at + 2 : at + octets[at + 1]]))
    return TcpOptions(mss, scale, _SACK_PERMITTED in found, blocks, *times)
