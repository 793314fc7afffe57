"""One DNS message, as far as it can be read (RFC 1035 §4.1, RFC 6891)."""

import functools
import struct

from wiretruth.model.dns import DnsMessage, Question
from wiretruth.model.frames import Fault
from wiretruth.protocols.dns.damage import FormatError
from wiretruth.protocols.dns.names import HEADER_OCTETS, MAX_NAME, Names
from wiretruth.protocols.dns.records import Records
from wiretruth.protocols.dns.types import class_name, rcode_name, type_name

MAX_QUESTIONS = 64
"""Questions read of one message; the world sends one (RFC 9619)."""

_REMEMBERED = 1232
"""Longest message that is remembered: what EDNS carries without fragments, so some 20 MiB at worst."""

_ID_OCTETS = 2
_HEADER = struct.Struct(">HHHHHH")
_QUESTION = struct.Struct(">HH")

_new = tuple.__new__


def decode(octets: bytes) -> DnsMessage | Fault:
    """Read one message. What follows its last record is ignored; damage is kept in ``faults``.

    Args:
        octets: the payload of a datagram, or what one length field frames over TCP.

    Returns: the message, or a fault where not even its header is whole; offsets count from the header.
    Raises: nothing.
    """
    if len(octets) < HEADER_OCTETS:
        return Fault("dns header", len(octets), f"{HEADER_OCTETS} octets", f"{len(octets)} octets")
    if len(octets) > _REMEMBERED:
        return _new(DnsMessage, (octets[0] << 8 | octets[1], *_read(octets)))
    return _new(DnsMessage, (octets[0] << 8 | octets[1], *_read_again(octets[_ID_OCTETS:])))


@functools.lru_cache(maxsize=4096)
def _read_again(behind_id: bytes) -> tuple[object, ...]:
    """Read what stands behind an id: the same question, and often the same answer, comes again and again."""
    return _read(bytes(_ID_OCTETS) + behind_id)


def _read(octets: bytes) -> tuple[object, ...]:
    """Give the fields of a message behind its id."""
    _, flags, question_count, answers, authorities, additionals = _HEADER.unpack_from(octets)
    names = Names(octets)
    faults: list[Fault] = []
    questions, offset = _read_questions(names, question_count, faults)
    records = Records(names, offset, faults)
    sections = (
        records.section(answers, "answer") if answers else (),
        records.section(authorities, "authority") if authorities else (),
        records.section(additionals, "additional") if additionals else (),
    )
    extended = records.options[0] >> 24 << 4 if records.options else 0
    return (
        flags & 0x8000 != 0,
        flags >> 11 & 0xF,
        flags & 0x0400 != 0,
        flags & 0x0200 != 0,
        flags & 0x0100 != 0,
        flags & 0x0080 != 0,
        rcode_name(extended | flags & 0xF),
        questions,
        *sections,
        bool(records.options),
        tuple(faults),
    )


def _read_questions(names: Names, count: int, faults: list[Fault]) -> tuple[tuple[Question, ...], int]:
    octets = names.octets
    if count == 1:
        behind = octets.find(0, HEADER_OCTETS, HEADER_OCTETS + MAX_NAME) + 1 + _QUESTION.size
        usual = _usual_question(octets[HEADER_OCTETS:behind])
        if usual:
            names.remember(HEADER_OCTETS, usual[0].name, behind - _QUESTION.size - HEADER_OCTETS)
            return usual, behind
    offset = HEADER_OCTETS
    questions: list[Question] = []
    try:
        for _ in range(min(count, MAX_QUESTIONS)):
            question, offset = _read_question(names, offset)
            questions.append(question)
    except FormatError as error:
        faults.append(error.at(f"dns question {len(questions) + 1}"))
    if not faults and count > MAX_QUESTIONS:
        faults.append(Fault("dns question section", offset, f"at most {MAX_QUESTIONS} questions", str(count)))
    return tuple(questions), offset


@functools.lru_cache(maxsize=8192)
def _usual_question(octets: bytes) -> tuple[Question] | None:
    """Read a question without pointers that fills *octets*: the same ones come again and again. Else ``None``."""
    try:
        question, behind = _read_question(Names(octets), 0)
    except FormatError:
        return None
    return (question,) if behind == len(octets) else None


def _read_question(names: Names, offset: int) -> tuple[Question, int]:
    octets = names.octets
    name, position = names.read(offset, len(octets))
    behind = position + _QUESTION.size
    if behind > len(octets):
        raise FormatError(position, "QTYPE and QCLASS", f"{len(octets) - position} octets")
    code, dns_class = _QUESTION.unpack_from(octets, position)
    return Question(name, type_name(code), class_name(dns_class)), behind
