"""A small door for Prometheus: one page over HTTP, answered between two looks at the ring. No threads."""

import contextlib
import socket
import time
from collections.abc import Callable
from typing import Final

from wiretruth.errors import WiretruthError

MAX_CALLERS = 16
"""Callers at once; Prometheus is one."""

PATIENCE: Final = 5.0
"""Seconds that a caller has to say what it wants and to take the answer."""

_LONGEST: Final = 8192
_LAST_PORT: Final = 65535


class _Caller:
    def __init__(self, connection: socket.socket) -> None:
        self.connection = connection
        self.deadline = time.monotonic() + PATIENCE
        self.heard = b""
        self.answer = b""


class MetricsDoor:
    """Listens at one address.

    Raises:
        WiretruthError: nobody can listen there.
    """

    def __init__(self, where: str, page: Callable[[], str], content_type: str) -> None:
        """Begin to listen.

        Args:
            where: ``ADDRESS:PORT``, or ``PORT`` alone for loopback.
            page: gives the text.
            content_type: of the text.
        """
        host, port = parsed(where)
        self._page, self._type = page, content_type
        self._callers: list[_Caller] = []
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        self._door = socket.socket(family, socket.SOCK_STREAM)
        try:
            self._door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            self._door.bind((host, port))
            self._door.listen(MAX_CALLERS)
            self._door.setblocking(False)
        except OSError as error:
            self._door.close()
            raise WiretruthError(f"--metrics {where}: nobody can listen there: {error.strerror}") from error

    @property
    def port(self) -> int:
        """The port, where 0 was asked for."""
        number: int = self._door.getsockname()[1]
        return number

    def serve(self) -> None:
        """Do what can be done without waiting."""
        with contextlib.suppress(OSError):
            while len(self._callers) < MAX_CALLERS:
                connection, _ = self._door.accept()
                connection.setblocking(False)
                self._callers.append(_Caller(connection))
        self._callers = [caller for caller in self._callers if self._goes_on(caller)]

    def close(self) -> None:
        """Listen no more."""
        for caller in self._callers:
            caller.connection.close()
        self._door.close()

    def _goes_on(self, caller: _Caller) -> bool:
        try:
            more = time.monotonic() < caller.deadline and self._talk(caller)
        except BlockingIOError:
            return True
        except OSError:
            more = False
        if not more:
            caller.connection.close()
        return more

    def _talk(self, caller: _Caller) -> bool:
        while not caller.answer:
            piece = caller.connection.recv(_LONGEST)
            caller.heard += piece
            if not piece or len(caller.heard) > _LONGEST:
                return False
            if b"\r\n\r\n" in caller.heard or b"\n\n" in caller.heard:
                caller.answer = self._answer(caller.heard)
        while caller.answer:
            caller.answer = caller.answer[caller.connection.send(caller.answer) :]
        return False

    def _answer(self, heard: bytes) -> bytes:
        words = heard.split(b"\r\n", 1)[0].split()
        known = len(words) > 1 and words[0] in (b"GET", b"HEAD") and words[1].split(b"?")[0] in (b"/metrics", b"/")
        status, body = ("200 OK", self._page().encode()) if known else ("404 Not Found", b"see /metrics\n")
        head = f"HTTP/1.1 {status}\r\nContent-Type: {self._type}\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n"
        return head.encode() + (b"" if words[:1] == [b"HEAD"] else body)


def parsed(where: str) -> tuple[str, int]:
    """Read ``ADDRESS:PORT``, ``[ADDRESS]:PORT`` or ``PORT``; without an address it is loopback.

    Raises:
        WiretruthError: it is none of these.
    """
    host, _, port = where.rpartition(":")
    if not port.isdecimal() or int(port) > _LAST_PORT:
        raise WiretruthError(f"--metrics {where}: write ADDRESS:PORT, or PORT for loopback")
    return host.strip("[]") or "127.0.0.1", int(port)
