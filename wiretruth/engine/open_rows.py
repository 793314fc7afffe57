"""The rows that something may still be added to. Imports numpy."""

import numpy as np

from wiretruth.columns.dns import Hashes
from wiretruth.columns.view import Numbers, Rows, Truths

CLOSED = -(1 << 63)
"""The deadline of what is over."""

_FEW = 8
"""Rows that are over are forgotten when they are one in so many: what is done to them until then does no harm."""


class OpenRows:
    """Key, client, deadline and place of each."""

    def __init__(self) -> None:
        """Begin with none."""
        self.keys = np.zeros(0, np.uint64)
        self.clients = np.zeros(0, np.uint64)
        self.deadlines = np.zeros(0, np.int64)
        self.refs = np.zeros(0, np.int64)

    def add(self, keys: Hashes, clients: Hashes, until: Numbers, refs: Numbers) -> None:
        """Add rows."""
        self.keys = np.concatenate((self.keys, keys))
        self.clients = np.concatenate((self.clients, clients))
        self.deadlines = np.concatenate((self.deadlines, until))
        self.refs = np.concatenate((self.refs, refs))

    def close(self, which: Rows | Truths) -> None:
        """Note that rows are over."""
        self.deadlines[which] = CLOSED

    def alive(self, which: Rows) -> Rows:
        """Give those that are not."""
        alive: Rows = which[self.deadlines[which] != CLOSED]
        return alive

    def forget(self, now: int) -> None:
        """Forget what was over before *now*, once it is much."""
        kept = self.deadlines >= now
        if (len(kept) - np.count_nonzero(kept)) * _FEW > len(kept):
            self.keys, self.clients = self.keys[kept], self.clients[kept]
            self.deadlines, self.refs = self.deadlines[kept], self.refs[kept]
