"""Whether this host is fit for a watch: what is missing, what would mislead, and the command that mends it."""

import contextlib
import os
import shutil
import socket
import struct
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

from wiretruth.live import interfaces, privileges

GOOD, NOTE, BAD = "ok", "note", "missing"

_SIOCETHTOOL: Final = 0x8946
_GET_RX_CSUM, _GET_GRO, _GET_TSO, _GET_FLAGS = 0x14, 0x2B, 0x1E, 0x25
_LRO_BIT: Final = 1 << 15
_SEARCHED: Final = "/usr/sbin:/sbin:/usr/local/sbin:/usr/bin:/bin"
_LEAST_MEMORY: Final = 512 << 20

PROGRAMS: Final = (
    ("tcpdump", "compiles --filter", "apt-get install tcpdump"),
    ("conntrack", "--conntrack listens with it", "apt-get install conntrack"),
)


class Checked(NamedTuple):
    """One thing that was looked at."""

    state: str
    """``ok``, ``note`` or ``missing``."""
    what: str
    remedy: str = ""
    """What to do about it; empty where nothing is to be done."""


def checks(named: tuple[str, ...]) -> Iterator[Checked]:
    """Look at everything.

    Args:
        named: interfaces that are to be watched; none: all that are there.
    """
    yield _system()
    yield _packets()
    yield from _interfaces(named)
    yield from _programs()
    yield _tracking()
    yield _confinement()
    yield _memory()
    yield _clock()


def _system() -> Checked:
    if sys.platform != "linux":
        return Checked(BAD, f"{sys.platform} has no packet ring", "pipe instead: tcpdump -U -w - | wiretruth read -")
    return Checked(GOOD, f"Linux {os.uname().release}")


def _packets() -> Checked:
    try:
        socket.socket(socket.AF_PACKET, socket.SOCK_RAW, 0).close()
    except PermissionError:
        program = Path(sys.executable).resolve()
        remedy = f"run it with sudo, as the service, or once: sudo setcap cap_net_raw+ep {program}"
        return Checked(BAD, "no right to capture (CAP_NET_RAW)", remedy)
    except (AttributeError, OSError) as error:
        return Checked(BAD, f"no packet sockets: {error}", "sudo modprobe af_packet")
    return Checked(GOOD, "may capture (CAP_NET_RAW)")


def _interfaces(named: tuple[str, ...]) -> Iterator[Checked]:
    others = [one for one in interfaces.every() if one != interfaces.LOOPBACK and interfaces.is_up(one)]
    wanted = [one for one in named if one != interfaces.ANY] or others
    if not wanted:
        yield Checked(NOTE, "no interface but lo is up", "ip link")
    for one in wanted:
        if interfaces.number(one) == interfaces.NOWHERE:
            yield Checked(BAD, f"there is no interface {one}", f"there are {', '.join(interfaces.every())}")
        elif not interfaces.is_up(one):
            yield Checked(NOTE, f"{one} is down", f"sudo ip link set {one} up")
        else:
            yield _offloads(one)


def _offloads(interface: str) -> Checked:
    """Joined segments are read as they are; only their sizes, and so path MTU trouble, cannot be seen behind them."""
    joined = [name for name, on in (("gro", _asked(interface, _GET_GRO)), ("lro", _lro(interface))) if on]
    if not joined:
        return Checked(GOOD, f"{interface} is up")
    what = f"{interface} is up, and joins segments before they are seen ({', '.join(joined)}): sizes are not those of the wire"
    return Checked(
        NOTE, what, f"only where path MTU is in question: sudo ethtool -K {interface} {' off '.join(joined)} off"
    )


def _lro(interface: str) -> bool:
    return bool(_asked(interface, _GET_FLAGS) & _LRO_BIT)


def _asked(interface: str, what: int) -> int:
    """Ask the driver for one number (ethtool's ``ethtool_value``); 0 where it does not say."""
    import array  # noqa: PLC0415  (both are asked for by this command alone)
    import fcntl  # noqa: PLC0415

    value = array.array("B", struct.pack("=II", what, 0))
    request = struct.pack("16sP16x", interface.encode()[:15], value.buffer_info()[0])
    with contextlib.suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
        fcntl.ioctl(asking.fileno(), _SIOCETHTOOL, request)
        found: int = struct.unpack("=II", value)[1]
        return found
    return 0


def _programs() -> Iterator[Checked]:
    path = os.pathsep.join((os.environ.get("PATH", os.defpath), _SEARCHED))
    for program, purpose, remedy in PROGRAMS:
        there = shutil.which(program, path=path) is not None
        yield Checked(
            GOOD if there else NOTE,
            f"{program} is {'there' if there else 'not there'}: {purpose}",
            "" if there else remedy,
        )


def _tracking() -> Checked:
    if Path("/proc/sys/net/netfilter/nf_conntrack_max").exists():
        return Checked(GOOD, "the kernel tracks connections: --conntrack can tell what was translated")
    return Checked(NOTE, "the kernel tracks no connections: nothing is translated here, and --conntrack hears nothing")


def _confinement() -> Checked:
    version = privileges.landlock_version()
    if version:
        return Checked(GOOD, f"the kernel can confine the watch (Landlock {version})")
    return Checked(NOTE, "the kernel offers no Landlock: the watch still gives up root and new rights")


def _memory() -> Checked:
    pages = os.sysconf("SC_AVPHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    with contextlib.suppress(OSError, ValueError, IndexError), Path("/proc/meminfo").open(encoding="ascii") as stream:
        pages = next(int(line.split()[1]) << 10 for line in stream if line.startswith("MemAvailable"))
    words = f"{pages >> 20} MiB of memory are free"
    return (
        Checked(GOOD, words) if pages >= _LEAST_MEMORY else Checked(NOTE, f"only {words}", "a busy gateway needs 500")
    )


def _clock() -> Checked:
    """Ask the kernel whether somebody keeps its clock (adjtimex(2)): logs are compared by time."""
    import ctypes  # noqa: PLC0415  (asked for by this command alone)

    state = ctypes.create_string_buffer(512)
    kept = ctypes.CDLL(None).adjtimex(state)
    if kept in range(5):
        return Checked(GOOD, "the clock is kept in step")
    return Checked(
        NOTE, "nobody keeps the clock in step: logs of other hosts may seem to lie", "sudo apt-get install chrony"
    )
