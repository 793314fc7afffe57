"""TCP segments (RFC 9293 §3.1). Checksums are not judged: where offload is on, captures hold partial ones."""

import struct

from wiretruth.model.frames import Fault
from wiretruth.model.packet import TcpSegment
from wiretruth.wire import tcp_options
from wiretruth.wire.damage import too_short

HEADER = 20

_FLAGS = 0x3F
"""The bits of ``TcpFlag``: congestion notification is left out, so that a SYN is a SYN."""

_unpack = struct.Struct("!HHIIBBH").unpack_from
_unpack_timestamps = struct.Struct("!III").unpack_from
_WITH_TIMESTAMPS = 32
_PADDED_TIMESTAMPS = 0x0101080A
"""RFC 7323 appendix A: two no-operations, then the option; what almost every data segment carries."""

_new = tuple.__new__


def decode(octets: bytes, start: int, stop: int, length: int) -> tuple[TcpSegment | None, tuple[Fault, ...]]:
    """Read the segment at *start*; damage in the options, or an end within them, costs no more than the options.

    Args:
        octets: the frame.
        start: where the TCP header begins.
        stop: where the captured octets of the packet end.
        length: octets that the segment, header included, had on the wire.
    """
    if stop - start < HEADER:
        return None, (too_short("tcp header", start, HEADER, stop - start),)
    source, destination, seq, ack, data_offset, flags, window = _unpack(octets, start)
    header = (data_offset >> 4) * 4
    if header < HEADER:
        return None, (Fault("tcp data offset", start + 12, f"{HEADER} to 60 octets", f"{header} octets"),)
    begin = start + header
    options, faults = _NONE if header == HEADER else _options(octets, start + HEADER, begin, stop)
    payload_length = length - header if length > header else 0
    # Straight to tuple: the named constructor costs a tenth of the whole decoding.
    segment = _new(
        TcpSegment,
        (source, destination, seq, ack, flags & _FLAGS, window, octets[begin:stop], payload_length, *options),
    )
    return segment, faults


_Options = tuple[tuple[object, ...], tuple[Fault, ...]]
_NONE: _Options = (tcp_options.NO_OPTIONS, ())


def _options(octets: bytes, start: int, end: int, stop: int) -> _Options:
    """Read the options between *start* and *end*; the capture may end before, at *stop*."""
    if end > stop:
        return tcp_options.decode(octets, start, stop)[0], (too_short("tcp options", start, end - start, stop - start),)
    if end - start == _WITH_TIMESTAMPS - HEADER:
        mark, value, echo = _unpack_timestamps(octets, start)
        if mark == _PADDED_TIMESTAMPS:
            return (None, None, False, (), value, echo), ()
    return tcp_options.decode(octets, start, end)
