"""The measure of one direction: how many octets, and which (so that a test can hold them against another reader)."""

import hashlib

from wiretruth.model.smtp import StreamDigest


class DigestMaker:
    """Counts and hashes the readable octets of one direction."""

    __slots__ = ("_hash", "octets", "whole")

    def __init__(self) -> None:
        self._hash = hashlib.sha256()
        self.octets = 0
        self.whole = True

    def add(self, octets: bytes) -> None:
        """Take the next octets."""
        self.octets += len(octets)
        if self.whole:
            self._hash.update(octets)

    def miss(self) -> None:
        """Octets are missing: what follows is only counted."""
        self.whole = False

    def finish(self) -> StreamDigest:
        """Give the measure."""
        return StreamDigest(self.octets, self._hash.hexdigest() if self.whole else None)
