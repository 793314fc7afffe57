"""The machine that measures: what matters for the figures, and nothing that names it."""

import os
import platform
from collections.abc import Iterator
from pathlib import Path
from typing import Final

IDLE: Final = 0.3
"""Load average below which nobody else can be said to be at work."""

_GIB: Final = 1 << 30


def load() -> float:
    """Give the load average of the last minute."""
    return os.getloadavg()[0]


def described() -> Iterator[str]:
    """Tell processor, memory, kernel and Python, one a line."""
    cores = os.cpu_count() or 1
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / _GIB
    yield f"{_processor()}, {cores} core{'s' * (cores > 1)}, {memory:.0f} GiB of memory"
    kernel, _, _ = platform.release().partition("-")
    yield f"{platform.system()} {kernel}, {platform.machine()}"
    yield f"{platform.python_implementation()} {platform.python_version()}"


def _processor() -> str:
    known = Path("/proc/cpuinfo")
    if known.exists():
        for line in known.read_text(encoding="utf-8").splitlines():
            key, _, value = line.partition(":")
            if key.strip() == "model name":
                return value.strip()
    return "a processor that does not tell its name"
