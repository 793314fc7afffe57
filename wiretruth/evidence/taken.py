"""Frames that were taken out of a capture, with the numbers that they had there."""

from collections.abc import Callable, Iterable, Iterator
from ipaddress import ip_address
from typing import NamedTuple

from wiretruth.evidence.choosing import Choice
from wiretruth.model.frames import FrameBatch
from wiretruth.model.packet import Packet, Unread
from wiretruth.wire import decode

HEAD = 256
"""Octets of a frame in which the addresses of a packet, or of one that it quotes or holds, are looked for."""


class Taken(NamedTuple):
    """One frame."""

    number: int
    """In the input, from 1."""
    at: int
    octets: bytes
    original: int
    interface: int
    link_type: int
    known: int
    """Interfaces that were described when it came."""

    def packet(self) -> Packet | Unread:
        """Decode it."""
        return decode(
            self.octets, self.link_type, vantage_of=_nobody, number=self.number, at=self.at, original=self.original
        )


def _nobody(_index: int | None) -> str:
    return ""


def numbered(batch: FrameBatch, numbers: Iterable[int]) -> Iterator[Taken]:
    """Give frames of a batch by their numbers; those that stand in other batches are passed over."""
    for number in sorted(numbers):
        if 0 <= number - batch.first_number < len(batch):
            yield _row(batch, number - batch.first_number)


def chosen(batch: FrameBatch, choice: Choice, numbers: frozenset[int]) -> Iterator[Taken]:
    """Give the frames of a batch that a choice takes.

    Args:
        batch: of one input.
        choice: what to take.
        numbers: frames of this input that are taken whatever they are.
    """
    may = _maybe(choice)
    for row in range(len(batch)):
        wanted = batch.first_number + row in numbers
        if not wanted and not may(batch, row):
            continue
        taken = _row(batch, row)
        if wanted or choice.everything or _fits(taken, choice):
            yield taken


def _row(batch: FrameBatch, row: int) -> Taken:
    begin = batch.offsets[row]
    octets = bytes(memoryview(batch.buffer)[begin : begin + batch.captured[row]])
    interface = batch.interface[row]
    link_type = batch.interfaces[interface].link_type
    return Taken(
        batch.first_number + row,
        batch.times[row],
        octets,
        batch.original[row],
        interface,
        link_type,
        len(batch.interfaces),
    )


def _maybe(choice: Choice) -> Callable[[FrameBatch, int], bool]:
    """Give a look that costs little: a frame in whose head no address of the choice stands need not be decoded."""
    if choice.everything:
        return lambda _batch, _row: True
    addresses = [ip_address(address).packed for address in choice.addresses]

    def look(batch: FrameBatch, row: int) -> bool:
        begin = batch.offsets[row]
        head = bytes(memoryview(batch.buffer)[begin : begin + min(batch.captured[row], HEAD)])
        return any(address in head for address in addresses)

    return look


def _fits(taken: Taken, choice: Choice) -> bool:
    packet = taken.packet()
    return isinstance(packet, Packet) and choice.takes(packet)
