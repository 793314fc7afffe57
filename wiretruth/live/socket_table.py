"""The host's own socket table, looked at again and again: where the programs on this host believe to be connected."""

import contextlib
from collections import OrderedDict
from pathlib import Path
from typing import Final

TABLES: Final = (Path("/proc/net/tcp"), Path("/proc/net/tcp6"))
MAX_SOCKETS = 20_000
"""Sockets of mail remembered: those of a busy host in an hour."""

_PORTS: Final = tuple(f":{port:04X} ".encode() for port in (25, 465, 587, 2525))
_HEADING: Final = b"sl"


class SocketTable:
    """Remembers the lines of sockets whose other end is a mail port."""

    path: Final = "/proc/net/tcp"

    def __init__(self, tables: tuple[Path, ...] = TABLES) -> None:
        """Begin with none."""
        self.forgotten = 0
        self._tables = tables
        self._lines: OrderedDict[bytes, bytes] = OrderedDict()

    def look(self) -> int:
        """Look at the table; tell how many sockets are new."""
        before = len(self._lines) + self.forgotten
        for table in self._tables:
            with contextlib.suppress(OSError):
                for line in table.read_bytes().splitlines():
                    fields = line.split(maxsplit=3)
                    if len(fields) > 3 and (fields[2] + b" ").endswith(_PORTS):  # noqa: PLR2004 - number, local, remote
                        self._lines.setdefault(fields[1] + fields[2], line)
        while len(self._lines) > MAX_SOCKETS:
            self._lines.popitem(last=False)
            self.forgotten += 1
        return len(self._lines) + self.forgotten - before

    def lines(self) -> tuple[bytes, ...]:
        """Give what is remembered."""
        return tuple(self._lines.values())
