"""Messages: header, questions, EDNS, damage, and no input that costs too much."""

import itertools
import time
from collections.abc import Callable

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.protocols.dns.forge import decoded, header, name, query, question, record, response
from wiretruth.model.dns import DnsMessage, Question
from wiretruth.model.frames import Fault
from wiretruth.protocols.dns.message import MAX_QUESTIONS, decode

POINTER = b"\xc0\x0c"
ADDRESS = b"\xc0\x00\x02\x01"
WHOLE = response(record(POINTER, 15, b"\x00\x0a\x04mail" + POINTER), record(POINTER, 1, ADDRESS), code=15)


@pytest.mark.parametrize("size", range(12))
def test_less_than_a_header_is_a_fault(size: int) -> None:
    assert Fault("dns header", size, "12 octets", f"{size} octets") == decode(bytes(size))


@pytest.mark.parametrize(
    ("flags", "expected"),
    [
        (0x0000, ()),
        (0x8000, ("is_response",)),
        (0x8400, ("is_response", "authoritative")),
        (0x8200, ("is_response", "truncated")),
        (0x0100, ("recursion_desired",)),
        (0x8080, ("is_response", "recursion_available")),
        (0x0070, ()),
    ],
)
def test_flags(flags: int, expected: tuple[str, ...]) -> None:
    message = decoded(header(flags, (0, 0, 0, 0)))
    names = ("is_response", "authoritative", "truncated", "recursion_desired", "recursion_available")

    assert expected == tuple(x for x in names if getattr(message, x))
    assert (0, "NOERROR") == (message.opcode, message.rcode)


@pytest.mark.parametrize(
    ("flags", "expected"), [(0x2000, (4, "NOERROR")), (0xA805, (5, "REFUSED")), (0x800C, (0, "RCODE12"))]
)
def test_opcode_and_rcode(flags: int, expected: tuple[int, str]) -> None:
    message = decoded(header(flags, (0, 0, 0, 0)))

    assert expected == (message.opcode, message.rcode)


@pytest.mark.parametrize(
    ("flags", "ttl", "expected"),
    [
        (0x8180, 0, "NOERROR"),
        (0x8182, 0, "SERVFAIL"),
        (0x8180, 0x01000000, "BADVERS"),
        (0x8187, 0x01000000, "BADCOOKIE"),
    ],
)
def test_extended_rcode(flags: int, ttl: int, expected: str) -> None:
    """RFC 6891 §6.1.3: the upper eight bits are in the OPT record, which is no additional record of its own."""
    message = decoded(header(flags, (1, 0, 0, 1)) + question() + record(b"\0", 41, b"", ttl=ttl, dns_class=1232))

    assert (expected, True, ()) == (message.rcode, message.edns, message.additionals)


@pytest.mark.parametrize("tail", [b"", b"\0", b"trailing octets"])
def test_trailing_octets_are_ignored(tail: bytes) -> None:
    assert decoded(WHOLE) == decoded(WHOLE + tail)
    assert () == decoded(WHOLE + tail).faults


def test_no_question() -> None:
    assert () == decoded(header(0x8182, (0, 0, 0, 0))).questions


def test_several_questions() -> None:
    octets = header(0x0100, (2, 0, 0, 0)) + question("example.net", 15) + POINTER + b"\x00\x01\x00\x03"

    assert (Question("example.net", "MX"), Question("example.net", "A", "CH")) == decoded(octets).questions


def test_questions_are_bounded() -> None:
    message = decoded(header(0x0100, (65535, 0, 0, 0)) + question() * 3000)

    assert MAX_QUESTIONS == len(message.questions)
    assert ["dns question section"] == [fault.where for fault in message.faults]


@pytest.mark.parametrize(
    ("octets", "offset", "expected"),
    [
        (b"", 12, "the rest of a name"),
        (b"\x07exam", 17, "the rest of a name"),
        (b"\x07exam\0", 18, "the rest of a name"),
        (name("example.net"), 25, "QTYPE and QCLASS"),
        (name("example.net") + b"\0\x01\0", 25, "QTYPE and QCLASS"),
        (b"\x40" + bytes(80), 12, "a label or a pointer"),
        (b"\xc0\x0c\x00\x01\x00\x01", 12, "a pointer to a prior name"),
        (b"\xc0\x00\x00\x01\x00\x01", 12, "a pointer to a prior name"),
    ],
)
def test_damaged_question(octets: bytes, offset: int, expected: str) -> None:
    message = decoded(header(0x0100, (1, 1, 0, 0)) + octets)

    assert () == message.questions
    assert ["dns question 1"] == [fault.where for fault in message.faults]
    assert [(offset, expected)] == [(fault.offset, fault.expected) for fault in message.faults]


def test_label_with_a_zero_octet_is_no_end() -> None:
    """The first zero octet is not always the end of QNAME."""
    octets = header(0x0100, (1, 0, 0, 0)) + b"\x03a\0b\x03net\0\0\x01\0\x01"

    assert (Question("a\\000b.net", "A"),) == decoded(octets).questions


@pytest.mark.parametrize("size", range(12, len(WHOLE)))
def test_cut_anywhere_keeps_what_was_before(size: int) -> None:
    """A message cut by the capture is read as far as it goes, and says that it is damaged."""
    whole, cut = decoded(WHOLE), decoded(WHOLE[:size])

    assert cut.questions == whole.questions[: len(cut.questions)]
    assert cut.answers == whole.answers[: len(cut.answers)]
    assert 1 == len(cut.faults)
    assert 12 <= cut.faults[0].offset <= size


@given(st.binary(max_size=600))
@example(WHOLE)
@example(query())
def test_any_octets_give_a_message_or_a_fault(octets: bytes) -> None:
    _holds(decode(octets), octets)


@given(st.integers(0, len(WHOLE) - 1), st.integers(0, 255), st.integers(0, len(WHOLE) - 1), st.integers(0, 255))
def test_any_change_gives_a_message(first: int, one: int, second: int, other: int) -> None:
    octets = bytearray(WHOLE)
    octets[first], octets[second] = one, other

    _holds(decode(bytes(octets)), bytes(octets))


def _holds(message: DnsMessage | Fault, octets: bytes) -> None:
    if isinstance(message, Fault):
        assert len(octets) < 12
        return
    texts = [x.name for x in message.questions] + [x.owner for x in message.answers] + [x.data for x in message.answers]
    assert [] == [x for x in texts if not (x.isascii() and x.isprintable())]
    assert [] == [x for x in message.faults if not 0 <= x.offset <= len(octets)]


def _chain_of_pointers() -> bytes:
    """Each owner name is a pointer to the one before: no name of it may cost more than the last."""
    octets = bytearray(header(0x8180, (1, 65535, 0, 0)) + question())
    target = 12
    while len(octets) < 16000:
        here = len(octets)
        octets += record((0xC000 | target).to_bytes(2), 1, ADDRESS)
        target = here
    return bytes(octets)


def _deep_pointers() -> bytes:
    """A run of 16 Ki one-letter labels, and thousands of names that begin at ever other places of it."""
    octets = bytearray(header(0x8180, (1, 65535, 0, 0)) + question())
    ground = b"".join(b"\x01a" * 126 + b"\0" for _ in range(60))
    octets += record(b"\0", 10, ground)
    start = len(octets) - len(ground)
    places = [start + 253 * block + 2 * label for label in range(126) for block in range(60)]
    for one, other in itertools.pairwise(places):
        octets += record((0xC000 | one).to_bytes(2), 5, (0xC000 | other).to_bytes(2))
    return bytes(octets[:65535])


def _hops_and_escapes() -> bytes:
    """Names of octets that must be escaped, each behind as many pointers as may be."""
    octets = bytearray(header(0x8180, (1, 65535, 0, 0)) + question())
    ground = b"".join(b"\x3f" + bytes(63) for _ in range(3)) + b"\x3c" + bytes(60) + b"\0"
    octets += record(b"\0", 10, ground)
    chain = bytearray((0xC000 | len(octets) - len(ground)).to_bytes(2))
    start = len(octets) + 11
    for i in range(30):
        chain += (0xC000 | start + 2 * i).to_bytes(2)
    octets += record(b"\0", 10, bytes(chain))
    while len(octets) < 65500:
        octets += record((0xC000 | start + 2 * (len(octets) % 29)).to_bytes(2), 10, b"")
    return bytes(octets)


@pytest.mark.parametrize("forge", [_chain_of_pointers, _deep_pointers, _hops_and_escapes])
def test_crafted_message_costs_little(forge: Callable[[], bytes]) -> None:
    """The dearest 64 KiB we can think of take a moment, not minutes."""
    octets = forge()
    assert len(octets) <= 65535
    begun = time.process_time()
    message = decoded(octets)

    assert time.process_time() - begun < 2
    assert len(message.answers) > 500
