"""The live door: a ring of packets that the kernel fills and we read in place (AF_PACKET, TPACKET_V3).

One socket sees all interfaces; the kernel's filter leaves those that are watched. So an interface may go down, vanish and come
back, and packets of all interfaces come in the order in which they passed.
"""

import contextlib
import ctypes
import errno
import mmap
import os
import select
import socket
import struct
from collections.abc import Iterator
from types import TracebackType
from typing import Final, NamedTuple, Self

from wiretruth.capture import ring as blocks
from wiretruth.errors import WiretruthError
from wiretruth.model.frames import FrameBatch

BLOCK: Final = 1 << 20
"""Octets of a block: the largest frame must fit, and Linux joins segments up to 512 KiB."""

BLOCKS: Final = 64
"""Blocks of a ring: 64 MiB hold half a second of a million small packets a second."""

RETIRE: Final = 60
"""Milliseconds after which the kernel gives us a block that is not full: nobody waits longer for the packets of a quiet line."""

AT_ONCE: Final = 32_768
"""Frames of one batch, or a block more: few enough for its columns to stay in the cache."""

_SOL_PACKET, _RX_RING, _STATISTICS, _VERSION, _V3 = 263, 5, 6, 10, 2
_ATTACH_FILTER: Final = 26
_ETH_P_ALL: Final = 3
_REQUEST: Final = struct.Struct("=7I")
_STATS: Final = struct.Struct("=3I")
_WORD: Final = struct.Struct("=I")


class Drops(NamedTuple):
    """What the kernel counted since the ring was opened."""

    packets: int = 0
    """That passed the filter, dropped ones included."""
    dropped: int = 0
    """For which there was no room."""
    freezes: int = 0
    """How often the ring was full."""


class PacketRing:
    """An open ring.

    Raises:
        WiretruthError: the kernel does not allow or offer it; the text says what is missing and what gives it.
    """

    def __init__(self, program: bytes, naming: blocks.Naming, size: int = BLOCKS) -> None:
        """Begin to receive.

        Args:
            program: of the filter.
            naming: gives the name of an interface by the kernel's number.
            size: blocks of the ring.
        """
        self.drops = Drops()
        self._interfaces = blocks.Interfaces(naming)
        self._size = size
        self._next = 0
        self._number = 1
        self._socket = _opened()
        try:
            self._socket.setsockopt(_SOL_PACKET, _VERSION, _V3)
            self.filter(program)
            request = _REQUEST.pack(BLOCK, size, BLOCK, size, RETIRE, 0, 0)
            self._socket.setsockopt(_SOL_PACKET, _RX_RING, request)
            self._map = mmap.mmap(self._socket.fileno(), BLOCK * size)
            self._memory = memoryview(self._map)
            _bind_to_all(self._socket)
        except OSError as error:
            self._socket.close()
            raise WiretruthError(f"the packet ring cannot be opened: {error.strerror}") from error
        self._poll = select.poll()
        self._poll.register(self._socket, select.POLLIN)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def fileno(self) -> int:
        """Give the socket, for whoever waits for several things at once."""
        return self._socket.fileno()

    def filter(self, program: bytes) -> None:
        """Let the kernel go by another filter from now on."""
        octets = ctypes.create_string_buffer(program, len(program))
        count = len(program) // 8
        self._socket.setsockopt(socket.SOL_SOCKET, _ATTACH_FILTER, struct.pack("@HP", count, ctypes.addressof(octets)))

    def wait(self, seconds: float) -> bool:
        """Wait for packets; tell whether there are some."""
        if self._head(self._next):
            return True
        self._poll.poll(seconds * 1000)
        self._awake()
        return self._head(self._next) is not None

    def batches(self) -> Iterator[FrameBatch]:
        """Give what has come, in batches that are valid until the next one is asked for."""
        for _ in range(self._size):
            heads = self._ready()
            if not heads:
                return
            batch = blocks.batch(self._memory, heads, self._interfaces, self._number)
            self._number += len(batch)
            try:
                if len(batch):
                    yield batch
            finally:
                self._give_back(len(heads))

    def count(self) -> Drops:
        """Ask the kernel how much it dropped; it counts anew each time, and this adds it up."""
        told = _STATS.unpack(self._socket.getsockopt(_SOL_PACKET, _STATISTICS, _STATS.size))
        self.drops = Drops(*map(sum, zip(self.drops, told, strict=True)))
        return self.drops

    def close(self) -> None:
        """Receive no more."""
        self._socket.close()
        with contextlib.suppress(BufferError):  # somebody still looks at a batch: the memory goes with the last of them
            self._memory.release()
            self._map.close()

    def _head(self, block: int) -> blocks.Head | None:
        return blocks.head(self._memory, block * BLOCK)

    def _ready(self) -> list[blocks.Head]:
        heads: list[blocks.Head] = []
        frames = 0
        while frames < AT_ONCE and len(heads) < self._size:
            head = self._head((self._next + len(heads)) % self._size)
            if head is None:
                break
            heads.append(head)
            frames += head.frames
        return heads

    def _give_back(self, count: int) -> None:
        for _ in range(count):
            _WORD.pack_into(self._memory, self._next * BLOCK + blocks.STATUS, blocks.TO_KERNEL)
            self._next = (self._next + 1) % self._size

    def _awake(self) -> None:
        """Take note of an interface that went down: the socket tells it once, as an error, and goes on."""
        error = self._socket.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
        if error not in (0, errno.ENETDOWN, errno.ENXIO, errno.ENODEV):
            raise WiretruthError(f"the packet ring broke: {errno.errorcode.get(error, error)}")


def _bind_to_all(packets: socket.socket) -> None:
    """Receive on all interfaces; Python's own ``bind`` wants the name of one."""
    address = struct.pack("=H2sixx10x", socket.AF_PACKET, _ETH_P_ALL.to_bytes(2), 0)
    library = ctypes.CDLL(None, use_errno=True)
    if library.bind(packets.fileno(), address, len(address)):
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))


def _opened() -> socket.socket:
    try:
        return socket.socket(socket.AF_PACKET, socket.SOCK_RAW, 0)
    except PermissionError:
        raise WiretruthError(
            "capturing needs the capability CAP_NET_RAW; run it with sudo, or as the service (wiretruth doctor says more)"
        ) from None
    except (AttributeError, OSError) as error:
        raise WiretruthError(f"this system offers no packet sockets: {error}; watch needs Linux") from error
