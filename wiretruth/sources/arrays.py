"""What must be settled in this process before numpy is loaded, wherever that will be."""

import os

_KEPT = 31 * 1024 * 1024
"""glibc keeps freed memory for the next taker up to the size of the biggest piece freed so far, and no piece above 32 MiB
counts. Columns are taken and freed for every batch: if each came from the kernel anew, zeroed, page by page, that would
cost as much as reading them."""


def prepare() -> None:
    """Spare numpy threads that nobody needs, and columns memory that is new each time."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    bytes(_KEPT)  # taken and freed, never touched
