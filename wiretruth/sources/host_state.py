"""What this host is before anything is asked of it: parts of its kernel, interfaces, clock. Reads only."""

import contextlib
import ctypes
import os
import struct
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

from wiretruth.sources import host_table
from wiretruth.sources.programs import PATIENCE, located

PROC: Final = Path("/proc")
INTERFACES: Final = Path("/sys/class/net")

TIME_ERROR: Final = 5
"""What adjtimex(2) gives where nothing keeps the clock right."""

_TIMEX: Final = struct.Struct("@Illll")
"""The head of struct timex: modes, offset, freq, maxerror, esterror."""
_TIMEX_OCTETS: Final = 512
"""More than the structure has on any system."""


class Clock(NamedTuple):
    """What the kernel says of its clock."""

    synchronised: bool
    greatest_error: int
    """Microseconds."""


def parts(proc: Path = PROC) -> frozenset[str]:
    """Name the parts of the kernel that are there already, so that asking them loads nothing."""
    return frozenset(_parts(proc))


def interfaces(folder: Path = INTERFACES) -> list[str]:
    """Name the network interfaces."""
    try:
        return sorted(os.listdir(folder))  # noqa: PTH208 - names are wanted
    except OSError:
        return []


def clock() -> Clock | None:
    """Ask the kernel about its clock; ``None`` where it does not say. Changes nothing: ``modes`` is 0."""
    buffer = ctypes.create_string_buffer(_TIMEX_OCTETS)
    try:
        state = ctypes.CDLL(None).adjtimex(buffer)
    except (OSError, AttributeError):
        return None
    return None if state < 0 else Clock(state != TIME_ERROR, _TIMEX.unpack_from(buffer.raw)[3])


def _parts(proc: Path) -> Iterator[str]:
    symbols = _octets(proc / "kallsyms")
    yield from (part for part, symbol in host_table.SYMBOLS.items() if symbol in symbols)
    if _octets(proc / "net/ip_tables_names").strip():
        yield host_table.LEGACY_4
    if _octets(proc / "net/ip6_tables_names").strip():
        yield host_table.LEGACY_6
    if host_table.SYMBOLS[host_table.NF_TABLES] in symbols:
        yield from _families()


def _families() -> Iterator[str]:
    """Tell which families have tables in nf_tables: old versions of iptables-save make those that they miss."""
    program = located("nft")
    if program is None:
        yield from (host_table.NFT_4, host_table.NFT_6)
        return
    with contextlib.suppress(OSError, subprocess.SubprocessError):
        command = [program, "list", "tables"]
        told = subprocess.run(command, capture_output=True, timeout=PATIENCE, check=False).stdout  # noqa: S603 - our words
        if b"table ip " in told:
            yield host_table.NFT_4
        if b"table ip6 " in told:
            yield host_table.NFT_6


def _octets(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""
