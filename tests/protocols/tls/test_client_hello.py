"""ClientHellos, real ones of the standard library's TLS and made ones, in any fragmentation."""

import ssl
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wiretruth.protocols.tls.client_hello import MAX_HELLO, ClientHello, ClientHelloReader, looks_like_tls


def real_hello(name: str | None, highest: ssl.TLSVersion) -> bytes:
    context = ssl.create_default_context()
    context.check_hostname = False
    context.minimum_version, context.maximum_version = ssl.TLSVersion.TLSv1_2, highest
    outgoing = ssl.MemoryBIO()
    connection = context.wrap_bio(ssl.MemoryBIO(), outgoing, server_hostname=name)
    with pytest.raises(ssl.SSLWantReadError):
        connection.do_handshake()
    return outgoing.read()


REAL = real_hello("mail.example.net", ssl.TLSVersion.TLSv1_3)


def read(pieces: list[bytes]) -> ClientHello | None:
    reader = ClientHelloReader()
    for piece in pieces:
        reader.receive(piece)
    return reader.finish()


@pytest.mark.parametrize(
    ("name", "highest", "version"),
    [
        ("mail.example.net", ssl.TLSVersion.TLSv1_3, "TLS 1.3"),
        ("mail.example.net", ssl.TLSVersion.TLSv1_2, "TLS 1.2"),
        (None, ssl.TLSVersion.TLSv1_3, "TLS 1.3"),
    ],
)
def test_real_hellos(name: str | None, highest: ssl.TLSVersion, version: str) -> None:
    assert ClientHello(name, version) == read([real_hello(name, highest)])


def records(message: bytes, size: int) -> bytes:
    """Cut a handshake message into records of *size*."""
    parts = [message[i : i + size] for i in range(0, len(message), size)]
    return b"".join(b"\x16\x03\x01" + len(part).to_bytes(2) + part for part in parts)


@given(st.integers(1, 400), st.lists(st.integers(1, 100), min_size=1, max_size=6))
def test_any_fragmentation(record: int, widths: list[int]) -> None:
    """Across TLS records and across segments."""
    octets, position = records(REAL[5:], record), 0
    pieces: list[bytes] = []
    while position < len(octets):
        width = widths[len(pieces) % len(widths)]
        pieces.append(octets[position : position + width])
        position += width

    assert ClientHello("mail.example.net", "TLS 1.3") == read([*pieces, b"\x17\x03\x03\x00\x05later"])


@pytest.mark.parametrize("cut", range(0, len(REAL), 7))
def test_a_cut_hello_tells_what_it_can(cut: int) -> None:
    """Half a name is no name, and a version is told only once nothing can exceed it."""
    hello = read([REAL[:cut]]) or ClientHello(None, None)

    assert hello.server_name in (None, "mail.example.net")
    assert hello.version in (None, "TLS 1.3")


def made_hello(version: int, extensions: bytes) -> bytes:
    body = struct.pack(">H", version) + bytes(32) + b"\0" + b"\0\2\x13\1" + b"\1\0" + len(extensions).to_bytes(2)
    body += extensions
    message = b"\1" + len(body).to_bytes(3) + body
    return b"\x16\x03\x01" + len(message).to_bytes(2) + message


def extension(kind: int, body: bytes) -> bytes:
    return struct.pack(">HH", kind, len(body)) + body


def server_name(name: bytes) -> bytes:
    entry = b"\0" + len(name).to_bytes(2) + name
    return extension(0, len(entry).to_bytes(2) + entry)


@pytest.mark.parametrize(
    ("octets", "expected"),
    [
        (made_hello(0x0303, b""), ClientHello(None, "TLS 1.2")),
        (made_hello(0x0301, b""), ClientHello(None, "TLS 1.0")),
        (made_hello(0x0300, b""), ClientHello(None, "SSL 3.0")),
        (made_hello(0x7A7A, b""), ClientHello(None, None)),
        (made_hello(0x0303, extension(43, b"\6\x0a\x0a\x03\x04\x03\x03")), ClientHello(None, "TLS 1.3")),
        (made_hello(0x0303, extension(43, b"\3\x7f\x1c\x03")), ClientHello(None, "TLS 1.2")),
        (made_hello(0x0303, server_name(b"\x1b[2J\xff")), ClientHello("\\x1b[2J\\xff", "TLS 1.2")),
        (made_hello(0x0303, server_name(b"")), ClientHello(None, "TLS 1.2")),
        (made_hello(0x0303, extension(0, b"\0\4\1\0\1x")), ClientHello(None, "TLS 1.2")),
        (made_hello(0x0303, b"\0\0\xff\xff\0"), ClientHello(None, "TLS 1.2")),
        (b"\x80\x2e\x01\x03\x01" + bytes(43), ClientHello(None, "TLS 1.0")),
        (b"\x16\x03\x03\x00\x04\x02\0\0\0", None),
        (b"\x15\x03\x01\x00\x02\x02\x28", None),
        (b"QUIT\r\n", None),
        (b"", None),
    ],
)
def test_made_hellos_three_ways(octets: bytes, expected: ClientHello | None) -> None:
    """Whole, octet by octet, and with octets behind."""
    assert expected == read([octets])
    assert expected == read([octets[i : i + 1] for i in range(len(octets))])
    assert expected == read([octets + b"\x14\x03\x03\x00\x01\x01"])


@pytest.mark.parametrize(
    ("octets", "expected"),
    [
        (b"", None),
        (b"\x16", None),
        (b"\x16\x03\x01\x02", None),
        (REAL, True),
        (b"\x17\x03\x03\x01\x00", True),
        (b"\x16\x03\x01\x00\x00", False),
        (b"\x16\x03\x01\xff\xff", False),
        (b"\x16\x02\x01", False),
        (b"\x16\x04", False),
        (b"\x16\x03\x05", False),
        (b"\x80\x2e\x01\x03\x01", True),
        (b"\x80\x2e\x01", None),
        (b"\x80\x2e\x02", False),
        (b"220 mx", False),
    ],
)
def test_looks_like_tls(octets: bytes, expected: bool | None) -> None:
    assert expected == looks_like_tls(octets)


@given(st.binary(max_size=200), st.integers(0, 200))
def test_no_octets_raise(octets: bytes, at: int) -> None:
    read([REAL[:at] + octets + REAL[at + len(octets) :]])
    read([octets])


def test_a_hello_without_end_is_bounded() -> None:
    reader = ClientHelloReader()
    for _ in range(100):
        reader.receive(b"\x16\x03\x01\x40\x00" + b"\1\xff\xff\xff" + bytes(0x4000 - 4))

    assert reader.done
    assert len(reader._message) + len(reader._record) <= 2 * MAX_HELLO
