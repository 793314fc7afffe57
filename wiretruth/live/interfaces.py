"""The host's interfaces: their names, numbers and state, as they come and go."""

import contextlib
import socket
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from wiretruth.errors import WiretruthError

ANY: Final = "any"
LOOPBACK: Final = "lo"
NOWHERE: Final = 0
"""No interface has this number."""

_FLAGS: Final = "/sys/class/net/{}/flags"
_UP: Final = 1


def name(index: int) -> str:
    """Name the interface with a number; one that is gone already keeps its number for a name."""
    try:
        return socket.if_indextoname(index)
    except OSError:
        return f"if{index}"


def number(interface: str) -> int:
    """Give the kernel's number of an interface; NOWHERE where it is not there."""
    try:
        return socket.if_nametoindex(interface)
    except (OSError, ValueError):
        return NOWHERE


def numbers(names: Iterable[str]) -> tuple[int, ...]:
    """Give the numbers of named interfaces, as a filter wants them: none where ``any`` is among them."""
    wanted = list(names)
    return () if ANY in wanted else tuple(number(one) for one in wanted)


def every() -> list[str]:
    """Name all interfaces."""
    return sorted(found for _, found in socket.if_nameindex())


def check(names: Iterable[str]) -> None:
    """See that named interfaces are there.

    Raises:
        WiretruthError: one is not.
    """
    for one in names:
        if one != ANY and number(one) == NOWHERE:
            raise WiretruthError(f"there is no interface {one!r} here; there are {', '.join(every())}, and any")


def is_up(interface: str) -> bool:
    """Tell whether an interface is there and up."""
    with contextlib.suppress(OSError, ValueError), Path(_FLAGS.format(interface)).open(encoding="ascii") as stream:
        return bool(int(stream.read(), 16) & _UP)
    return number(interface) != NOWHERE and not Path("/sys/class/net").exists()
