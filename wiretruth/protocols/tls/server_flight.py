"""What a server says before TLS hides everything: the version it chose, and up to TLS 1.2 its certificate (RFC 5246 §7.4.2)."""

from typing import NamedTuple

from wiretruth.model.frames import Fault
from wiretruth.protocols.tls.certificate import names_of
from wiretruth.protocols.tls.client_hello import HANDSHAKE, MAX_RECORD, VERSIONS

SERVER_HELLO, CERTIFICATE = 2, 11

MAX_FLIGHT = 32 * 1024
"""Octets read of a server's first messages: a ServerHello and the first certificate take some thousands."""

_RECORD_HEADER, _MESSAGE_HEADER = 5, 4
_SUPPORTED_VERSIONS = 43
_TLS_1_3 = 0x0304
_FIXED = 2 + 32
"""Version and random of a ServerHello (RFC 8446 §4.1.3)."""


class ServerFlight(NamedTuple):
    """What was said in the clear."""

    version: str | None
    names: tuple[str, ...]
    """Of the server's own certificate; empty in TLS 1.3, where it is encrypted."""
    fault: Fault | None


class ServerFlightReader:
    """Collects a server's first handshake messages and reads them; after :attr:`done` further octets are ignored."""

    __slots__ = ("_messages", "_record", "_room", "_version", "done", "flight")

    def __init__(self) -> None:
        self._record = b""
        self._messages = b""
        self._room = MAX_FLIGHT
        self._version: int | None = None
        self.done = False
        self.flight = ServerFlight(None, (), None)

    def receive(self, octets: bytes) -> None:
        """Take the next octets of the server, in order."""
        if self.done:
            return
        self._record += octets[: self._room]
        self._room -= min(self._room, len(octets))
        self._unwrap()
        if not self._room:
            self.end()

    def _unwrap(self) -> None:
        while len(self._record) >= _RECORD_HEADER:
            length = int.from_bytes(self._record[3:5])
            if self._record[0] != HANDSHAKE or not 0 < length <= MAX_RECORD:
                self.end()
                return
            if len(self._record) < _RECORD_HEADER + length:
                return
            self._messages += self._record[_RECORD_HEADER : _RECORD_HEADER + length]
            self._record = self._record[_RECORD_HEADER + length :]
            self._look()

    def end(self) -> None:
        """Read no more: the rest is hidden, missing, or none of this."""
        self.done = True
        self._record = self._messages = b""

    def _look(self) -> None:
        """Read the messages as far as they are whole; each is dropped when it was read."""
        while len(self._messages) >= _MESSAGE_HEADER:
            kind, length = self._messages[0], int.from_bytes(self._messages[1:4])
            first = self._version is None
            if kind != (SERVER_HELLO if first else CERTIFICATE) or length > MAX_FLIGHT:
                self.end()
            elif first and len(self._messages) >= _MESSAGE_HEADER + length:
                body = self._messages[_MESSAGE_HEADER : _MESSAGE_HEADER + length]
                self._messages = self._messages[_MESSAGE_HEADER + length :]
                self._hello(body)
            elif first or not self._certificate(length):
                return

    def _hello(self, body: bytes) -> None:
        version = _chosen(body)
        self._version = version
        self.flight = ServerFlight(VERSIONS.get(version), (), None)
        if version >= _TLS_1_3:
            self.end()

    def _certificate(self, length: int) -> bool:
        """Read the first certificate of the chain as soon as it is whole; tell whether it was."""
        size = int.from_bytes(self._messages[7:10]) if len(self._messages) >= _MESSAGE_HEADER + 6 else length
        if size + 6 > length:
            self.end()
            return True
        if len(self._messages) < _MESSAGE_HEADER + 6 + size:
            return False
        read = names_of(self._messages[_MESSAGE_HEADER + 6 : _MESSAGE_HEADER + 6 + size])
        fault = read if isinstance(read, Fault) else None
        names = () if isinstance(read, Fault) else read.names
        self.flight = self.flight._replace(names=names, fault=fault)
        self.end()
        return True


def _chosen(body: bytes) -> int:
    """Give the version of a ServerHello: that of supported_versions where it is there (RFC 8446 §4.2.1)."""
    version = int.from_bytes(body[:2])
    position = _FIXED + 1 + (body[_FIXED] if len(body) > _FIXED else 0) + 2 + 1 + 2
    while position + 4 <= len(body):
        kind, length = int.from_bytes(body[position : position + 2]), int.from_bytes(body[position + 2 : position + 4])
        if kind == _SUPPORTED_VERSIONS and length == 2:  # noqa: PLR2004 - one version
            return int.from_bytes(body[position + 4 : position + 6])
        position += 4 + length
    return version
