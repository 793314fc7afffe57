"""What tells one packet from another, in rows as ``flow.recent`` wants them."""

import numpy as np

from wiretruth.columns.grouping import Grouped
from wiretruth.columns.view import Numbers

FINGERPRINT = np.dtype([
    ("seq", "<u4"), ("ack", "<u4"), ("length", "<u4"), ("ip_id", "<u2"), ("flags", "u1"), ("port", "<u2"), ("window", "<u2"),
    ("blocks", "u1"), ("stamped", "u1"), ("stamp", "<u4"), ("left", "<u4"), ("right", "<u4"), ("at", "<i8"), ("ttl", "u1"),
])  # fmt: skip
"""As ``flow.recent`` has it. SACK blocks are left out: a row that has some is not plain."""

_FLAGS = 0x3F


def fingerprints(found: Grouped, length: Numbers) -> memoryview:
    """Give the fingerprints of segments with *length* octets."""
    tcp, header, times = found.tcp, found.header, found.found.times
    made = np.zeros(len(found.rows), FINGERPRINT)
    for name in ("seq", "ack", "window"):
        made[name] = tcp[name]
    made["length"], made["flags"], made["port"] = length, tcp["flags"] & _FLAGS, tcp["source_port"]
    made["at"], made["ttl"] = times[found.rows], header["ttl"]
    stamped = found.found.segments.options.timestamps[found.places]
    made["stamped"] = stamped > 0
    made["stamp"] = np.where(stamped > 0, found.found.view.numbers(stamped + 2, ">u4"), 0)
    if found.version == 4:  # noqa: PLR2004
        made["ip_id"] = header["identification"]
        told = made["ip_id"] != 0
        for name in ("window", "stamped", "stamp"):
            made[name][told] = 0
    return memoryview(made.tobytes())
