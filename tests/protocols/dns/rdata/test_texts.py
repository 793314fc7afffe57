"""TXT and CAA."""

import pytest

from tests.protocols.dns.forge import decoded, record, response
from wiretruth.protocols.dns.rdata.texts import quoted

POINTER = b"\xc0\x0c"


@pytest.mark.parametrize(
    ("code", "rdata", "expected"),
    [
        (16, b"\x06v=spf1", '"v=spf1"'),
        (16, b"\x02v=\x04spf1", '"v=" "spf1"'),
        (16, b"\x00", '""'),
        (16, b'\x03a"\\', '"a\\"\\\\"'),
        (16, b"\x04\x1b[2J", '"\\027[2J"'),
        (16, b"\x02\xc3\xa9", '"\\195\\169"'),
        (99, b"\x06v=spf1", '"v=spf1"'),
        (257, b"\x00\x05issueca.example.net", '0 issue "ca.example.net"'),
        (257, b"\x80\x05iodef", '128 iodef ""'),
    ],
)
def test_text(code: int, rdata: bytes, expected: str) -> None:
    message = decoded(response(record(POINTER, code, rdata)))

    assert (expected, ()) == (message.answers[0].data, message.faults)


@pytest.mark.parametrize(
    ("code", "rdata"),
    [(16, b""), (16, b"\x02v"), (16, b"\x01v\x05"), (257, b""), (257, b"\0"), (257, b"\0\x05iss"), (257, b"\0\0x")],
)
def test_damage_is_kept_as_it_is(code: int, rdata: bytes) -> None:
    message = decoded(response(record(POINTER, code, rdata)))

    assert f"\\# {len(rdata)} {rdata.hex()}".strip() == message.answers[0].data
    assert 1 == len(message.faults)


def test_version_bind_is_read_in_class_ch() -> None:
    message = decoded(response(record(POINTER, 16, b"\x039.9", dns_class=3), text="version.bind", code=16))

    assert ("CH", '"9.9"') == (message.answers[0].dns_class, message.answers[0].data)


def test_every_octet_is_quoted_safely() -> None:
    text = quoted(bytes(range(256)))

    assert text.isascii()
    assert text.isprintable()
