"""Resource records: what is unknown is kept, what is damaged does not hide the rest."""

import pytest

from tests.protocols.dns.forge import decoded, header, question, record, response
from wiretruth.model.dns import ResourceRecord
from wiretruth.protocols.dns.records import MAX_RECORDS, readers

POINTER = b"\xc0\x0c"
ADDRESS = b"\xc0\x00\x02\x01"


def test_record() -> None:
    message = decoded(response(record(POINTER, 15, b"\x00\x0a\x04mail" + POINTER)))

    assert (
        ResourceRecord("example.net", "MX", 300, "10 mail.example.net", "IN", "mail.example.net", 10),
    ) == message.answers


@pytest.mark.parametrize(
    ("code", "rdata", "expected"),
    [
        (65280, ADDRESS, ("TYPE65280", "\\# 4 c0000201")),
        (46, b"\x01", ("RRSIG", "\\# 1 01")),
        (10, b"", ("NULL", "\\# 0")),
    ],
)
def test_unknown_type_is_kept_as_rfc_3597_text(code: int, rdata: bytes, expected: tuple[str, str]) -> None:
    message = decoded(response(record(POINTER, code, rdata)))

    assert expected == (message.answers[0].type, message.answers[0].data)
    assert () == message.faults


@pytest.mark.parametrize(("ttl", "expected"), [(0, 0), (2**31 - 1, 2**31 - 1), (2**31, 0), (2**32 - 1, 0)])
def test_ttl_is_of_31_bits(ttl: int, expected: int) -> None:
    """RFC 2181 §8."""
    assert expected == decoded(response(record(POINTER, 1, ADDRESS, ttl=ttl))).answers[0].ttl


def test_sections_are_kept_apart() -> None:
    octets = header(0x8180, (1, 1, 1, 2)) + question()
    octets += (
        record(POINTER, 1, ADDRESS) + record(POINTER, 2, POINTER) + record(b"\0", 41, b"") + record(POINTER, 1, ADDRESS)
    )
    message = decoded(octets)

    assert (["A"], ["NS"], ["A"]) == tuple(
        [x.type for x in section] for section in (message.answers, message.authorities, message.additionals)
    )
    assert message.edns


@pytest.mark.parametrize(
    ("cut", "where", "expected"),
    [
        (1, "dns answer 2", "4 octets of rdata"),
        (5, "dns answer 2", "type, class, TTL and length"),
        (14, "dns answer 2", "type, class, TTL and length"),
        (15, "dns answer 2", "a pointer of two octets"),
        (16, "dns answer 2", "the rest of a name"),
    ],
)
def test_what_came_before_the_damage_is_kept(cut: int, where: str, expected: str) -> None:
    whole = response(record(POINTER, 1, ADDRESS), record(POINTER, 1, ADDRESS))
    message = decoded(whole[:-cut])

    assert 1 == len(message.answers)
    assert [(where, expected)] == [(fault.where, fault.expected) for fault in message.faults]


def test_nothing_is_read_behind_damage_that_hides_the_place() -> None:
    octets = header(0x8180, (1, 1, 1, 1)) + question() + b"\x80" + record(POINTER, 1, ADDRESS) * 3
    message = decoded(octets)

    assert ((), (), ()) == (message.answers, message.authorities, message.additionals)
    assert ["dns answer 1"] == [fault.where for fault in message.faults]


def test_records_are_bounded() -> None:
    octets = header(0x8180, (1, 65535, 65535, 65535)) + question() + record(b"\0", 1, b"") * 5900
    message = decoded(octets)

    assert MAX_RECORDS == len(message.answers)
    assert () == message.authorities
    assert f"at most {MAX_RECORDS} records" == message.faults[-1].expected


def test_a_full_message_of_addresses_is_read_whole() -> None:
    """The bound is above what 65,535 octets of A records can hold."""
    count = (65535 - len(header() + question())) // 16
    message = decoded(header(0x8180, (1, count, 0, 0)) + question() + record(POINTER, 1, ADDRESS) * count)

    assert count == len(message.answers)
    assert () == message.faults


def test_readers_of_class_in_hold_those_of_every_class() -> None:
    assert set(readers(False)) < set(readers(True))
    assert {1, 28, 33, 64, 65} == set(readers(True)) - set(readers(False))
