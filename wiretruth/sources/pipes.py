"""Gathering what a pipe gives by the spoonful: many packets at once cost far less than each alone."""

import contextlib
import select
from collections.abc import Callable

AT_ONCE = 1024 * 1024
"""Octets that a pipe is asked to hold; what Linux allows any user."""

PAUSE = 0.005
"""Seconds without an octet after which what has come is handed on: nobody waits longer for the packets of a quiet line."""

LONGEST = 0.05
"""Seconds after which it is handed on in any case."""

Reader = Callable[[memoryview], int]
Ready = Callable[[float], bool]


def gather(room: memoryview, least: int, read: Reader, ready: Ready, clock: Callable[[], float]) -> int:
    """Fill *room* with what comes in a moment.

    Args:
        room: where the octets go.
        least: octets that are waited for, however long it takes.
        read: reads into a memory and gives how many octets, 0 at the end.
        ready: waits so many seconds at most, and tells whether reading would give anything, if only the end.
        clock: seconds.

    Returns:
        How many octets came; fewer than *least* where the input ends.
    """
    filled, deadline = 0, 0.0
    while filled < least or (filled < len(room) and _in_time(ready, deadline - clock())):
        count = read(room[filled:])
        if not count:
            break
        deadline = deadline or clock() + LONGEST
        filled += count
    return filled


def _in_time(ready: Ready, left: float) -> bool:
    return left > 0 and ready(min(left, PAUSE))


def readiness(descriptor: int) -> Ready:
    """Give what waits for *descriptor*."""
    poll = select.poll()
    poll.register(descriptor, select.POLLIN)
    return lambda seconds: bool(poll.poll(seconds * 1000))


def widen(descriptor: int) -> None:
    """Let a pipe hold more, where the system can: the writer and the reader take turns less often."""
    with contextlib.suppress(ImportError, AttributeError, OSError):
        import fcntl  # noqa: PLC0415  (not on every system)

        fcntl.fcntl(descriptor, fcntl.F_SETPIPE_SZ, AT_ONCE)
