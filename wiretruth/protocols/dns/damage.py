"""How the readers of this package tell one another of damage; no caller ever sees it raised."""

from wiretruth.model.frames import Fault


class FormatError(Exception):
    """The octets break the format (RFC 1035 gives RCODE 1 the same name); whoever reads on makes a fault of it."""

    def __init__(self, offset: int, expected: str, got: str) -> None:
        super().__init__(offset, expected, got)
        self.offset = offset
        self.expected = expected
        self.got = got

    def at(self, where: str) -> Fault:
        """Give the damage as a value; *where* names the part of the message that was being read."""
        return Fault(where=where, offset=self.offset, expected=self.expected, got=self.got)
