"""Reading the same header of many frames at once, never outside the buffer."""

from typing import Any

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.int64]
Truths = npt.NDArray[np.bool_]
Rows = npt.NDArray[np.intp]
"""Places in the columns of a batch, ascending."""


class View:
    """The octets of one batch, as if nothing but zeros stood behind them. Positions are never negative."""

    def __init__(self, buffer: bytes | bytearray | memoryview) -> None:
        self.octets = memoryview(buffer)
        self._size = len(self.octets)

    def headers(self, at: Numbers, header: np.dtype[np.void]) -> npt.NDArray[np.void]:
        """Copy the header of each position; the fields of *header* are then columns."""
        # Not the structured rows but bare ones are indexed: numpy copies those in one piece.
        copied: npt.NDArray[np.void] = self._rows(at, np.dtype(f"V{header.itemsize}")).view(header)
        return copied

    def numbers(self, at: Numbers, kind: str) -> Numbers:
        """Read one unsigned number at each position, *kind* being its type as numpy says it, ``>u2``."""
        return self._rows(at, np.dtype(kind)).astype(np.int64)

    def _rows(self, at: Numbers, kind: np.dtype[Any]) -> npt.NDArray[Any]:
        last = self._size - kind.itemsize
        if last >= 0 and at.max(initial=0) <= last:
            return _every(self.octets, kind)[at]
        return self._rows_at_the_end(at, kind, max(last + 1, 0))

    def _rows_at_the_end(self, at: Numbers, kind: np.dtype[Any], border: int) -> npt.NDArray[Any]:
        """Read where some positions, those from *border* on, are too close to the end."""
        tail = self.octets[border:].tobytes() + bytes(kind.itemsize)
        found = _every(memoryview(tail), kind)[np.clip(at - border, 0, len(tail) - kind.itemsize)]
        if border:
            before = at < border
            found[before] = _every(self.octets, kind)[at[before]]
        return found


def _every(octets: memoryview, kind: np.dtype[Any]) -> npt.NDArray[Any]:
    """See something of a kind at every position."""
    return np.ndarray((len(octets) - kind.itemsize + 1,), kind, octets, strides=(1,))
