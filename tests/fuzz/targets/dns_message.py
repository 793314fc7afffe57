"""One DNS message."""

from collections.abc import Iterator

from tests.fuzz.framing import recorded
from tests.fuzz.target import cut, harmless
from wiretruth.model.frames import Fault
from wiretruth.protocols.dns.message import MAX_QUESTIONS, decode
from wiretruth.protocols.dns.names import MAX_NAME
from wiretruth.protocols.dns.records import MAX_RECORDS

_ESCAPED = 4
"""Characters that one octet of a name may become."""
_UDP = b"\x00\x35"


def seeds() -> Iterator[bytes]:
    """Give what follows a UDP header with port 53, wherever a frame has one."""
    for one in recorded(20):
        for piece in cut(one[1:]):
            place = piece.octets.find(_UDP, 20)
            if 0 < place < len(piece.octets) - 18:
                yield piece.octets[place + (6 if piece.octets[place + 2 : place + 4] != _UDP else 8) :]
                yield piece.octets[place + 8 :]


def check(octets: bytes) -> None:
    """Read it, within its bounds."""
    message = decode(octets)
    if isinstance(message, Fault):
        assert 0 <= message.offset <= len(octets)
        harmless(f"{message.where} {message.expected} {message.got}")
        return
    assert len(message.questions) <= MAX_QUESTIONS
    records = (*message.answers, *message.authorities, *message.additionals)
    assert len(records) <= MAX_RECORDS
    for name in (*(question.name for question in message.questions), *(record.owner for record in records)):
        assert len(name) <= _ESCAPED * MAX_NAME
        harmless(name)
