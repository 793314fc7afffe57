"""Types that name hosts and zones."""

import pytest

from tests.protocols.dns.forge import decoded, name, record, response

POINTER = b"\xc0\x0c"
SOA = (
    name("ns1.example.net")
    + b"\x0ahostmaster"
    + POINTER
    + bytes.fromhex("00000001 00000e10 00000258 00015180 0000012c")
)


@pytest.mark.parametrize(
    ("code", "rdata", "data", "target", "preference"),
    [
        (2, b"\x03ns1" + POINTER, "ns1.example.net", "ns1.example.net", None),
        (5, name("Mail.Example.net"), "Mail.Example.net", "Mail.Example.net", None),
        (12, POINTER, "example.net", "example.net", None),
        (39, name("example.org"), "example.org", "example.org", None),
        (15, b"\x00\x0a\x04mail" + POINTER, "10 mail.example.net", "mail.example.net", 10),
        (15, b"\x00\x00\x00", "0 .", ".", 0),
        (15, b"\xff\xff" + POINTER, "65535 example.net", "example.net", 65535),
        (33, b"\x00\x01\x00\x02\x00\x19" + name("mx.example.net"), "1 2 25 mx.example.net", "mx.example.net", None),
        (6, SOA, "ns1.example.net hostmaster.example.net 1 3600 600 86400 300", None, None),
    ],
)
def test_text(code: int, rdata: bytes, data: str, target: str | None, preference: int | None) -> None:
    message = decoded(response(record(POINTER, code, rdata)))

    assert () == message.faults
    assert (data, target, preference) == (
        message.answers[0].data,
        message.answers[0].target,
        message.answers[0].preference,
    )


@pytest.mark.parametrize(
    ("code", "rdata"),
    [
        (5, b""),
        (5, b"\x04mail"),
        (5, name("example.org") + b"\0"),
        (15, b"\x00"),
        (15, b"\x00\x0a"),
        (33, b"\x00\x01\x00\x02"),
        (6, SOA[:-1]),
        (6, SOA + b"\0"),
    ],
)
def test_damage_stays_within_the_record(code: int, rdata: bytes) -> None:
    message = decoded(response(record(POINTER, code, rdata), record(POINTER, 1, b"\xc0\x00\x02\x02")))

    assert [f"\\# {len(rdata)} {rdata.hex()}".strip(), "192.0.2.2"] == [x.data for x in message.answers]
    assert 1 == len(message.faults)
    assert message.faults[0].where.endswith("rdata")


def test_name_does_not_leave_its_rdata() -> None:
    """The octets of the next record are not a part of a name that is cut."""
    cut = record(POINTER, 5, b"\x04mail")
    message = decoded(response(cut, record(b"\0", 1, b"\xc0\x00\x02\x02")))

    assert ["\\# 5 046d61696c", "192.0.2.2"] == [x.data for x in message.answers]
