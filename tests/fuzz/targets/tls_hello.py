"""The first octets of TLS."""

from collections.abc import Iterator

from tests.fuzz.target import harmless
from wiretruth.protocols.tls.client_hello import ClientHello, ClientHelloReader, looks_like_tls

_BODY = bytes(34) + bytes((0, 0, 2, 0x13, 1, 1, 0))


def seeds() -> Iterator[bytes]:
    """Give a ClientHello with a name and versions, in one record and in two, and an old one."""
    name = b"\x00\x0f\x00\x00\x0cmx.example.n"
    extensions = b"\x00\x00" + len(name).to_bytes(2) + name + b"\x00\x2b\x00\x05\x04\x03\x04\x03\x03"
    body = b"\x03\x03" + _BODY[2:] + len(extensions).to_bytes(2) + extensions
    message = b"\x01" + len(body).to_bytes(3) + body
    yield _record(message)
    yield _record(message[:20]) + _record(message[20:])
    yield b"\x80\x2e\x01\x03\x01" + bytes(40)


def _record(octets: bytes) -> bytes:
    return b"\x16\x03\x01" + len(octets).to_bytes(2) + octets


def check(octets: bytes) -> None:
    """Read it at once and octet by octet; what was decided stays decided."""
    hello = _read(octets, max(1, len(octets)))
    assert hello == _read(octets, 1)
    if hello is not None:
        harmless(f"{hello.server_name} {hello.version}")
    opinions = [looks_like_tls(octets[:size]) for size in range(min(len(octets), 8) + 1)]
    decided = [opinion for opinion in opinions if opinion is not None]
    assert len(set(decided)) <= 1


def _read(octets: bytes, size: int) -> ClientHello | None:
    reader = ClientHelloReader()
    for begin in range(0, len(octets), size):
        reader.receive(octets[begin : begin + size])
    return reader.finish()
