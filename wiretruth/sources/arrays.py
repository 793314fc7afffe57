"""What must be settled in this process before numpy is loaded, wherever that will be, and when columns are done with."""

import os

from wiretruth.discover import loaded

_KEPT = 31 * 1024 * 1024
"""glibc keeps freed memory for the next taker up to the size of the biggest piece freed so far, and no piece above 32 MiB
counts. Columns are taken and freed for every batch: if each came from the kernel anew, zeroed, page by page, that would
cost as much as reading them."""

_TRIM_THRESHOLD, _MMAP_THRESHOLD = -1, -3
"""Parameters of glibc's ``mallopt``."""

_LARGE = 256 * 1024
"""What is as large as this comes from the kernel and goes back to it at once: what judging takes, it takes but once."""


def prepare() -> None:
    """Spare numpy threads that nobody needs, and columns memory that is new each time."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    bytes(_KEPT)  # taken and freed, never touched


def give_back() -> None:
    """Return to the kernel what columns needed; where the C library is not glibc, nothing happens."""
    if not loaded("numpy"):
        return
    import ctypes  # noqa: PLC0415  (numpy has loaded it; small files have no use for it)

    try:
        library = ctypes.CDLL(None)
        library.mallopt(_TRIM_THRESHOLD, _LARGE)
        library.mallopt(_MMAP_THRESHOLD, _LARGE)
        library.malloc_trim(0)
    except (OSError, TypeError, AttributeError):
        return
