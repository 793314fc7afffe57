"""The octets of a connection's two directions, put together from the packets that were taken, with the place of each.

What is read of them decides only what is overwritten, so this may be simpler than reassembly for judging: of octets that
were sent twice and differ, the first are read, and all are overwritten.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from wiretruth.evidence.conversations import Key, key_of
from wiretruth.model.packet import Packet, TcpFlag, TcpSegment

_HALF, _WHOLE = 1 << 31, 1 << 32


class Piece(NamedTuple):
    """The payload of one segment."""

    frame: int
    """Index among the frames that were taken."""
    begin: int
    """Place of its first octet in the direction; counts from the first segment seen, so it may be negative."""
    octets: bytes


class Run(NamedTuple):
    """Octets without a hole between them."""

    begin: int
    octets: bytes


class Edit(NamedTuple):
    """Octets to be overwritten with as many others."""

    begin: int
    octets: bytes


class Direction:
    """What one end of a connection sent."""

    def __init__(self, start: int) -> None:
        """Begin with the sequence number of the first octet seen."""
        self.pieces: list[Piece] = []
        self._start = start

    def add(self, frame: int, segment: TcpSegment) -> None:
        """Take a segment."""
        if not segment.payload:
            return
        syn = bool(segment.flags & TcpFlag.SYN)
        place = (segment.seq + syn - self._start + _HALF) % _WHOLE - _HALF
        self.pieces.append(Piece(frame, place, segment.payload))

    def runs(self) -> list[Run]:
        """Give the octets in order, as far as they were seen."""
        runs: list[tuple[int, bytearray]] = []
        for piece in sorted(self.pieces, key=lambda piece: piece.begin):
            end = runs[-1][0] + len(runs[-1][1]) if runs else None
            if end is None or piece.begin > end:
                runs.append((piece.begin, bytearray(piece.octets)))
            elif piece.begin + len(piece.octets) > end:
                runs[-1][1].extend(piece.octets[end - piece.begin :])
        return [Run(begin, bytes(octets)) for begin, octets in runs]

    def edited(self, edits: Iterable[Edit]) -> Iterator[tuple[int, bytes]]:
        """Give the payloads that edits change, each with the index of its frame."""
        ordered = sorted(edits)
        begins = [edit.begin for edit in ordered]
        longest = max((len(edit.octets) for edit in ordered), default=0)
        for piece in self.pieces:
            octets = bytearray(piece.octets)
            end = piece.begin + len(octets)
            first = bisect_right(begins, piece.begin - longest)
            for edit in ordered[first:]:
                if edit.begin >= end:
                    break
                _write(octets, edit.begin - piece.begin, edit.octets)
            if octets != piece.octets:
                yield piece.frame, bytes(octets)


class Talk:
    """One connection."""

    def __init__(self) -> None:
        self.directions: dict[tuple[str, int], Direction] = {}
        """By the end that sends."""
        self._isn: int | None = None

    def begins_anew(self, segment: TcpSegment) -> bool:
        """Tell whether a segment opens another connection between the same ends."""
        if segment.flags & (TcpFlag.SYN | TcpFlag.ACK) != TcpFlag.SYN:
            return False
        anew = self._isn not in {None, segment.seq} or (self._isn is None and bool(self.directions))
        self._isn = segment.seq
        return anew

    def add(self, frame: int, packet: Packet, segment: TcpSegment) -> None:
        """Take a segment; *frame* is its index among the frames that were taken."""
        sender = packet.source, segment.source_port
        if sender not in self.directions:
            self.directions[sender] = Direction(segment.seq + bool(segment.flags & TcpFlag.SYN))
        self.directions[sender].add(frame, segment)


def talks(packets: Iterable[tuple[int, Packet]]) -> list[tuple[Key, Talk]]:
    """Put packets together to connections; one that follows another between the same ends is one of its own.

    Args:
        packets: with their indices among the frames that were taken.
    """
    found: list[tuple[Key, Talk]] = []
    current: dict[Key, Talk] = {}
    for index, packet in packets:
        segment = packet.transport
        key = key_of(packet)
        if not isinstance(segment, TcpSegment) or key is None:
            continue
        talk = current.get(key)
        if talk is None or talk.begins_anew(segment):
            talk = current[key] = Talk()
            talk.begins_anew(segment)
            found.append((key, talk))
        talk.add(index, packet, segment)
    return found


def _write(octets: bytearray, at: int, new: bytes) -> None:
    if at < 0:
        new, at = new[-at:], 0
    new = new[: len(octets) - at]
    octets[at : at + len(new)] = new
