"""The measure of one direction: how many octets, and which (so that a test can hold them against another reader)."""

import hashlib

from wiretruth.model.smtp import StreamDigest


class DigestMaker:
    """Counts the readable octets of one direction, and hashes them where that is asked for."""

    __slots__ = ("_hash", "octets", "whole")

    def __init__(self, *, hashed: bool = True) -> None:
        """Begin to measure; *hashed* costs more than all else that is done with message text."""
        self._hash = hashlib.sha256() if hashed else None
        self.octets = 0
        self.whole = True

    def add(self, octets: bytes, end: int) -> None:
        """Take the next octets, up to *end*."""
        self.octets += end
        if self._hash is not None and self.whole:
            self._hash.update(octets if end == len(octets) else octets[:end])

    def count(self, octets: int) -> None:
        """Take so many octets that are not hashed."""
        self.octets += octets

    def miss(self) -> None:
        """Octets are missing: what follows is only counted."""
        self.whole = False

    def finish(self) -> StreamDigest:
        """Give the measure."""
        return StreamDigest(self.octets, self._hash.hexdigest() if self._hash and self.whole else None)
