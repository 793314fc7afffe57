"""The blocks of a receive ring: what the kernel writes into memory that it shares with us (AF_PACKET, TPACKET_V3).

Octets in, batches out, nothing copied: the batch looks into the ring. Whoever owns the ring gives a block back to the kernel
when its batch has been handled.

Source: Linux, ``include/uapi/linux/if_packet.h`` and ``Documentation/networking/packet_mmap.rst``.
"""

import struct
from array import array
from collections.abc import Callable, Iterable
from typing import Final, NamedTuple

from wiretruth import discover
from wiretruth.capture.rows import Rows
from wiretruth.model.frames import NANOSECONDS, FrameBatch, Interface

BLOCK_HEADER: Final = struct.Struct("=8xIII")
"""Status, number of frames, offset of the first one; the version and an offset stand before."""

STATUS: Final = 8
"""Where the status of a block stands."""

TO_KERNEL: Final = 0
TO_USER: Final = 1
"""The status of a block that the kernel fills, and the bit of one that we may read."""

FRAME: Final = struct.Struct("=6I2H20x4xiHBx")
"""Next offset, seconds, nanoseconds, captured, original, status, link and network offset; behind the padding the address:
interface, hardware type, packet type."""

ETHERNET, LOOPBACK = 1, 772
"""ARPHRD_*: hardware whose frames begin with an Ethernet header."""

LINKTYPE_ETHERNET, LINKTYPE_RAW = 1, 101

MAX_INTERFACES = 4096
"""Interfaces told apart in one run: containers come and go for months; what comes beyond shares the last one."""

NO_INTERFACE: Final = Interface(None, LINKTYPE_ETHERNET, 0)
"""Stands before all others, and no frame is of it: so each vantage bears the name of its interface, the first one too."""

COLUMNS = 256
"""Frames from which on numpy reads the headers faster than a loop."""

Naming = Callable[[int], str]


class Head(NamedTuple):
    """Where a block's frames are."""

    first: int
    """Offset of the first one from the beginning of the ring."""
    frames: int


def head(ring: memoryview, begin: int) -> Head | None:
    """Give what the block at *begin* holds; ``None`` while it is the kernel's."""
    status, frames, first = BLOCK_HEADER.unpack_from(ring, begin)
    return Head(begin + first, frames) if status & TO_USER else None


class Interfaces:
    """The interfaces that frames came by, in the order of their first frames."""

    def __init__(self, naming: Naming) -> None:
        """Begin with none but NO_INTERFACE; *naming* gives the name of an interface by the kernel's number."""
        self.known: tuple[Interface, ...] = (NO_INTERFACE,)
        self._naming = naming
        self._place: dict[tuple[int, int], int] = {}
        self._again: dict[str, int] = {}

    def place(self, index: int, hardware: int) -> int:
        """Give the place of an interface in :attr:`known`, by the kernel's number and the hardware type."""
        place = self._place.get((index, hardware))
        return place if place is not None else self._add(index, hardware)

    def _add(self, index: int, hardware: int) -> int:
        if len(self.known) >= MAX_INTERFACES:
            return MAX_INTERFACES - 1
        name = self._naming(index)
        # One that was removed and made anew has another number, and is the same place: as in a later section of a file.
        section = self._again[name] = self._again.get(name, -1) + 1
        link_type = LINKTYPE_ETHERNET if hardware in (ETHERNET, LOOPBACK) else LINKTYPE_RAW
        place = self._place[index, hardware] = len(self.known)
        self.known = (*self.known, Interface(name, link_type, 0, section))
        return place


def batch(ring: memoryview, heads: Iterable[Head], interfaces: Interfaces, first_number: int) -> FrameBatch:
    """Make one batch of the frames of some blocks, in their order; of hardware without Ethernet headers, of their packets.

    Args:
        ring: the whole of it.
        heads: of the blocks.
        interfaces: is asked for the place of each, and told of new ones.
        first_number: of the first frame.
    """
    begins = array("q")
    for one in heads:
        _walk(ring, one, begins)
    rows = Rows()
    if len(begins) < COLUMNS or not discover.loaded("numpy"):
        for begin in begins:
            rows.append(*_row(ring, begin, interfaces))
    else:
        from wiretruth.capture._ring_columns import fill  # noqa: PLC0415  (numpy is slow to load)

        fill(rows, ring, begins, interfaces)
    return rows.batch(ring, interfaces.known, first_number)


def _walk(ring: memoryview, block: Head, begins: "array[int]") -> None:
    """Follow the frames of a block: each says where the next one begins."""
    append, step = begins.append, struct.Struct("=I").unpack_from
    position = block.first
    for _ in range(block.frames):
        append(position)
        position += step(ring, position)[0]


def _row(ring: memoryview, begin: int, interfaces: Interfaces) -> tuple[int, int, int, int, int]:
    _, seconds, fraction, captured, original, _, link, network, index, hardware, _ = FRAME.unpack_from(ring, begin)
    place = interfaces.place(index, hardware)
    header = 0 if hardware in (ETHERNET, LOOPBACK) else network - link
    time = seconds * NANOSECONDS + fraction
    return begin + link + header, max(captured - header, 0), max(original - header, 0), time, place
