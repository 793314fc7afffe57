"""The headers of many frames of a receive ring at once. Imports numpy."""

from array import array

import numpy as np

from wiretruth.capture._chains import Numbers, extend
from wiretruth.capture.ring import ETHERNET, LOOPBACK, Interfaces
from wiretruth.capture.rows import Rows
from wiretruth.model.frames import NANOSECONDS

_HEADER = np.dtype({
    "names": ["seconds", "fraction", "captured", "original", "link", "network", "index", "hardware"],
    "formats": ["u4", "u4", "u4", "u4", "u2", "u2", "i4", "u2"],
    "offsets": [4, 8, 12, 16, 24, 26, 52, 56],
    "itemsize": 60,
})  # fmt: skip


def fill(rows: Rows, ring: memoryview, begins: "array[int]", interfaces: Interfaces) -> None:
    """Add the frames that begin at *begins* to rows; the same as one by one."""
    at = np.frombuffer(begins, np.int64)
    bare = np.ndarray((len(ring) - _HEADER.itemsize + 1,), f"V{_HEADER.itemsize}", ring, strides=(1,))
    found = bare[at].view(_HEADER)
    link, hardware = found["link"].astype(np.int64), found["hardware"]
    headless = (hardware != ETHERNET) & (hardware != LOOPBACK)
    header = np.where(headless, found["network"] - link, 0)
    captured = np.maximum(found["captured"] - header, 0)
    extend(rows.offsets, at + link + header)
    extend(rows.captured, captured)
    extend(rows.original, np.maximum(np.maximum(found["original"] - header, 0), captured))
    extend(rows.times, found["seconds"].astype(np.int64) * NANOSECONDS + found["fraction"])
    extend(rows.interface, _places(found["index"].astype(np.int64), hardware.astype(np.int64), interfaces))


def _places(index: Numbers, hardware: Numbers, interfaces: Interfaces) -> Numbers:
    keys = index << 16 | hardware
    if (keys == keys[0]).all():
        return np.full(len(keys), interfaces.place(int(index[0]), int(hardware[0])))
    _, first, inverse = np.unique(keys, return_index=True, return_inverse=True)
    places = np.zeros(len(first), np.int64)
    for number in np.argsort(first).tolist():  # in the order in which they were met
        row = first[number]
        places[number] = interfaces.place(int(index[row]), int(hardware[row]))
    found: Numbers = places[inverse]
    return found
