"""TLSA, SVCB and HTTPS."""

import pytest

from tests.protocols.dns.forge import decoded, name, record, response

POINTER = b"\xc0\x0c"


@pytest.mark.parametrize(
    ("code", "rdata", "data", "target"),
    [
        (52, b"\x03\x01\x01\xab\xcd", "3 1 1 abcd", None),
        (64, b"\x00\x00" + name("svc.example.net"), "0 svc.example.net", "svc.example.net"),
        (65, b"\x00\x01\x00" + b"\x00\x01\x00\x03\x02h2" + b"\x00\x02\x00\x00", '1 . key1="\\002h2" key2', "."),
    ],
)
def test_text(code: int, rdata: bytes, data: str, target: str | None) -> None:
    message = decoded(response(record(POINTER, code, rdata)))

    assert (data, target, ()) == (message.answers[0].data, message.answers[0].target, message.faults)


@pytest.mark.parametrize(
    ("code", "rdata"),
    [
        (52, b"\x03\x01"),
        (65, b"\x00\x01"),
        (65, b"\x00\x01\x00\x00\x01\x00"),
        (65, b"\x00\x01\x00\x00\x01\x00\x04h2"),
    ],
)
def test_damage_is_kept_as_it_is(code: int, rdata: bytes) -> None:
    message = decoded(response(record(POINTER, code, rdata)))

    assert f"\\# {len(rdata)} {rdata.hex()}" == message.answers[0].data
    assert 1 == len(message.faults)
