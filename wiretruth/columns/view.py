"""Reading the same header of many frames at once, never outside the buffer."""

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.int64]
Truths = npt.NDArray[np.bool_]
Rows = npt.NDArray[np.intp]
"""Places in the columns of a batch, ascending."""


class View:
    """The octets of one batch.

    Positions are never negative. One too close to the end of the buffer reads the last octets there are instead: whoever
    asks has to mask what lies outside its frame in any case.
    """

    def __init__(self, buffer: bytes | bytearray | memoryview) -> None:
        self.octets = memoryview(buffer)
        self._size = len(self.octets)

    def headers(self, at: Numbers, header: np.dtype[np.void]) -> npt.NDArray[np.void]:
        """Copy the header of each position; the fields of *header* are then columns."""
        width = header.itemsize
        last = self._size - width
        if last < 0:
            return np.zeros(len(at), header)
        # Not the structured rows but bare ones are indexed: numpy copies those in one piece.
        bare = np.ndarray((last + 1,), f"V{width}", self.octets, strides=(1,))
        copied: npt.NDArray[np.void] = bare[np.minimum(at, last)].view(header)
        return copied

    def numbers(self, at: Numbers, kind: str) -> Numbers:
        """Read one unsigned number at each position, *kind* being its type as numpy says it, ``>u2``."""
        width = int(kind[-1])
        last = self._size - width
        if last < 0:
            return np.zeros(len(at), np.int64)
        every = np.ndarray((last + 1,), kind, self.octets, strides=(1,))
        return every[np.minimum(at, last)].astype(np.int64)
