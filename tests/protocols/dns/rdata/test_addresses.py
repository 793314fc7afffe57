"""A and AAAA."""

import pytest

from tests.protocols.dns.forge import decoded, record, response

POINTER = b"\xc0\x0c"


@pytest.mark.parametrize(
    ("code", "rdata", "expected"),
    [
        (1, b"\xc0\x00\x02\x01", "192.0.2.1"),
        (1, b"\0\0\0\0", "0.0.0.0"),  # noqa: S104 - an answer, not a place to listen
        (28, bytes.fromhex("20010db8000000000000000000000001"), "2001:db8::1"),
        (28, bytes.fromhex("20010db8000100010001000100010001"), "2001:db8:1:1:1:1:1:1"),
        (28, bytes.fromhex("00000000000000000000ffffc0000201"), "::ffff:192.0.2.1"),
    ],
)
def test_text(code: int, rdata: bytes, expected: str) -> None:
    message = decoded(response(record(POINTER, code, rdata)))

    assert (expected, None, None) == (message.answers[0].data, message.answers[0].target, message.answers[0].preference)
    assert () == message.faults


@pytest.mark.parametrize(("code", "size"), [(1, 0), (1, 3), (1, 5), (28, 4), (28, 15), (28, 17)])
def test_wrong_size_is_kept_as_it_is(code: int, size: int) -> None:
    message = decoded(response(record(POINTER, code, bytes(size)), record(POINTER, 1, b"\xc0\x00\x02\x02")))

    assert [f"\\# {size} {'00' * size}".strip(), "192.0.2.2"] == [x.data for x in message.answers]
    assert [f"{size} octets"] == [fault.got for fault in message.faults]
    assert [41] == [fault.offset for fault in message.faults]


def test_only_class_in_has_addresses() -> None:
    message = decoded(response(record(POINTER, 1, b"\xc0\x00\x02\x01", dns_class=3)))

    assert ("\\# 4 c0000201", "CH") == (message.answers[0].data, message.answers[0].dns_class)
    assert () == message.faults
