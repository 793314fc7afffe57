"""The ClientHello out of ordered octets, however they were cut into TLS records and segments (RFC 8446 §4.1.2, §5.1)."""

from typing import NamedTuple

from wiretruth.octets import printable

HANDSHAKE = 22
RECORD_TYPES = range(20, 25)
"""change_cipher_spec, alert, handshake, application_data (RFC 8446 §5.1), heartbeat (RFC 6520)."""
CLIENT_HELLO = 1

MAX_RECORD = 2**14 + 2048
"""RFC 5246 §6.2.3: no record is longer."""

MAX_HELLO = 32 * 1024
"""Most octets kept of a ClientHello: with post-quantum key shares they reach some 2,000, with padding 17,000."""

_RECORD_HEADER = 5
_HANDSHAKE_HEADER = 4
_SERVER_NAME, _SUPPORTED_VERSIONS = 0, 43
_HOST_NAME = 0

VERSIONS = {0x0300: "SSL 3.0", 0x0301: "TLS 1.0", 0x0302: "TLS 1.1", 0x0303: "TLS 1.2", 0x0304: "TLS 1.3"}


class ClientHello(NamedTuple):
    """What a ClientHello says in the clear."""

    server_name: str | None
    """RFC 6066 §3 host_name, escaped."""
    version: str | None
    """Highest version offered: ``TLS 1.3`` …; ``None`` where none of those known was named."""


def looks_like_tls(octets: bytes) -> bool | None:
    """Tell whether *octets* begin with a TLS record, or an SSL 2.0 ClientHello as old clients sent it.

    Returns: ``None`` where more octets are needed to tell.
    Source: RFC 8446 §5.1; RFC 5246 appendix E.2.
    """
    if not octets:
        return None
    if octets[0] & 0x80:
        return _looks_like_ssl2(octets)
    if octets[0] not in RECORD_TYPES or octets[1:2] > b"\x03" or b"" < octets[1:2] < b"\x03" or octets[2:3] > b"\x04":
        return False
    if len(octets) < _RECORD_HEADER:
        return None
    return 0 < int.from_bytes(octets[3:5]) <= MAX_RECORD


def _looks_like_ssl2(octets: bytes) -> bool | None:
    expected = (octets[2:3], b"\x01"), (octets[3:4], b"\x03")
    if any(got not in (b"", want) for got, want in expected):
        return False
    return True if len(octets) >= _RECORD_HEADER else None


class ClientHelloReader:
    """Collects the first handshake message of a client, at most MAX_HELLO octets, and reads it.

    After :attr:`done` further octets are ignored, so that nothing of what TLS protects is ever kept.
    """

    __slots__ = ("_message", "_record", "done", "hello")

    def __init__(self) -> None:
        self._record = b""
        """Octets of records not yet unwrapped."""
        self._message = b""
        """The handshake message as far as it came."""
        self.done = False
        self.hello: ClientHello | None = None

    def receive(self, octets: bytes) -> None:
        """Take the next octets of the client, in order."""
        if self.done:
            return
        self._record += octets[: MAX_HELLO + _RECORD_HEADER - len(self._record)]
        looks = looks_like_tls(self._record) if not self._message else True
        if looks is False:
            self._end(None)
        elif looks and self._record[0] & 0x80 and not self._message:
            self._end(_read_ssl2(self._record))
        elif looks:
            self._unwrap()

    def finish(self) -> ClientHello | None:
        """Read what there is: the rest will not come."""
        if not self.done:
            self._end(_read_hello(self._message + self._record[_RECORD_HEADER:]))
        return self.hello

    def _end(self, hello: ClientHello | None) -> None:
        self.hello = hello
        self.done = True
        self._record = self._message = b""

    def _unwrap(self) -> None:
        while len(self._record) >= _RECORD_HEADER:
            length = int.from_bytes(self._record[3:5])
            if self._record[0] != HANDSHAKE or not 0 < length <= MAX_RECORD:
                self._end(_read_hello(self._message))
                return
            if len(self._record) < _RECORD_HEADER + length:
                return
            self._message += self._record[_RECORD_HEADER : _RECORD_HEADER + length]
            self._record = self._record[_RECORD_HEADER + length :]
            if len(self._message) >= min(_message_length(self._message), MAX_HELLO):
                self._end(_read_hello(self._message))
                return


def _message_length(message: bytes) -> int:
    """Give the length of the handshake message with its header; more than there is while the header is cut."""
    return _HANDSHAKE_HEADER + int.from_bytes(message[1:4]) if len(message) >= _HANDSHAKE_HEADER else MAX_HELLO


def _read_hello(message: bytes) -> ClientHello | None:
    """Read a ClientHello. A cut one still tells the extensions before the cut, but not that others are absent."""
    if len(message) < _HANDSHAKE_HEADER + 2 or message[0] != CLIENT_HELLO:
        return None
    length = _message_length(message)
    versions = [int.from_bytes(message[4:6])] if len(message) >= length else []
    server_name = None
    for kind, body in _extensions(message[:length]):
        if kind == _SERVER_NAME and server_name is None:
            server_name = _read_server_name(body)
        elif kind == _SUPPORTED_VERSIONS:
            versions += [int.from_bytes(body[i : i + 2]) for i in range(1, len(body) - 1, 2)]
    return ClientHello(server_name, _highest(versions))


def _extensions(message: bytes) -> list[tuple[int, bytes]]:
    position = _HANDSHAKE_HEADER + 2 + 32
    for width in (1, 2, 1):  # session id, cipher suites, compression methods
        position += width + int.from_bytes(message[position : position + width])
    position += 2
    found: list[tuple[int, bytes]] = []
    while position + 4 <= len(message):
        kind, length = (
            int.from_bytes(message[position : position + 2]),
            int.from_bytes(message[position + 2 : position + 4]),
        )
        start, position = position + 4, position + 4 + length
        if position <= len(message):
            found.append((kind, message[start:position]))
    return found


def _read_server_name(body: bytes) -> str | None:
    position = 2
    while position + 3 <= len(body):
        length = int.from_bytes(body[position + 1 : position + 3])
        if body[position] == _HOST_NAME and position + 3 + length <= len(body):
            return printable(body[position + 3 : position + 3 + length]) or None
        position += 3 + length
    return None


def _read_ssl2(octets: bytes) -> ClientHello:
    return ClientHello(None, _highest([int.from_bytes(octets[3:5])]))


def _highest(versions: list[int]) -> str | None:
    """Pick the highest; GREASE (RFC 8701) and drafts are no versions."""
    known = [v for v in versions if v in VERSIONS]
    return VERSIONS[max(known)] if known else None
