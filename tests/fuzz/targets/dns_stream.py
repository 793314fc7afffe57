"""DNS over TCP: octets in pieces, with gaps; the same messages however they are cut."""

from collections.abc import Iterator, Sequence

from tests.fuzz.target import Piece, cut, joined
from tests.fuzz.targets import dns_message
from wiretruth.model.frames import Fault
from wiretruth.protocols.dns.stream import MessageStream

_LARGEST = 65_535


def seeds() -> Iterator[bytes]:
    """Give messages with their lengths before them, some cut in two, one with a gap."""
    for message in dns_message.seeds():
        framed = len(message).to_bytes(2) + message
        yield joined([Piece(framed + framed[:9]), Piece(framed[9:]), Piece(framed)])
        yield joined([Piece(framed[:9]), Piece(framed[9:], first=True), Piece(framed)])


def check(octets: bytes) -> None:
    """Read the stream in its pieces, and octet by octet; a flag makes a gap of a piece."""
    pieces = list(cut(octets))
    messages, fault = _read(pieces)

    assert (messages, fault) == _read([_of(piece, n) for piece in pieces for n in range(_parts(piece))])
    assert all(0 < len(message) <= _LARGEST for message in messages)
    assert sum(map(len, messages)) <= len(octets)
    for message in messages:
        dns_message.check(message)


def _parts(piece: Piece) -> int:
    return 1 if piece.first else len(piece.octets)


def _of(piece: Piece, place: int) -> Piece:
    return piece if piece.first else Piece(piece.octets[place : place + 1])


def _read(pieces: Sequence[Piece]) -> tuple[list[bytes], Fault | None]:
    stream = MessageStream()
    messages: list[bytes] = []
    for piece in pieces:
        if piece.first:
            stream.gap(len(piece.octets))
        else:
            messages += stream.receive(piece.octets)
    return messages, stream.fault
