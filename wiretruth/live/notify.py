"""Telling the service manager how we are (sd_notify(3)), and knowing whether the journal reads what we print."""

import contextlib
import os
import socket
from collections.abc import Mapping


class Notify:
    """Talks to ``NOTIFY_SOCKET``; where there is none, to nobody."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        """Find whom to talk to."""
        self._address = environment.get("NOTIFY_SOCKET", "")
        self._socket: socket.socket | None = None
        if self._address:
            self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC)
            self._address = "\0" + self._address[1:] if self._address.startswith("@") else self._address
            with contextlib.suppress(OSError):
                self._socket.connect(self._address)  # before the way there is closed to us

    def ready(self, status: str) -> None:
        """Say that the watch has begun."""
        self._say(f"READY=1\nSTATUS={status}")

    def alive(self, status: str) -> None:
        """Say that it goes on: call it every second, and not from anywhere that runs although nothing else does."""
        self._say(f"WATCHDOG=1\nSTATUS={status}")

    def stopping(self) -> None:
        """Say that it ends, and say no more."""
        self._say("STOPPING=1")
        if self._socket is not None:
            self._socket.close()
            self._socket = None

    def _say(self, words: str) -> None:
        if self._socket is not None:
            with contextlib.suppress(OSError):
                self._socket.send(words.encode())


def is_journal(descriptor: int, environment: Mapping[str, str]) -> bool:
    """Tell whether the journal reads a descriptor (``JOURNAL_STREAM``): then lines may bear their priority."""
    device, _, inode = environment.get("JOURNAL_STREAM", "").partition(":")
    with contextlib.suppress(OSError):
        status = os.fstat(descriptor)
        return (device, inode) == (str(status.st_dev), str(status.st_ino))
    return False
