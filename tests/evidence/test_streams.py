"""Octets of a connection, whatever way they came."""

from hypothesis import given
from hypothesis import strategies as st

from wiretruth.evidence.streams import Direction, Edit, Run, Talk
from wiretruth.model.packet import Packet, TcpFlag, TcpSegment

START = (1 << 32) - 5
TEXT = bytes(range(40))


def segment(begin: int, octets: bytes, flags: int = TcpFlag.ACK) -> TcpSegment:
    return TcpSegment(40000, 25, (START + begin) % (1 << 32), 0, flags, 1000, octets, len(octets))


def direction(pieces: list[tuple[int, bytes]]) -> Direction:
    made = Direction(START)
    for frame, (begin, octets) in enumerate(pieces):
        made.add(frame, segment(begin, octets))
    return made


@given(st.permutations([(n, TEXT[n : n + 13]) for n in range(0, 40, 9)]))
def test_order_and_overlaps_do_not_matter(pieces: list[tuple[int, bytes]]) -> None:
    """Sequence numbers pass zero on the way."""
    assert [Run(0, TEXT)] == direction(pieces).runs()


def test_holes_part_runs() -> None:
    assert [Run(-3, b"abc"), Run(10, b"d")] == direction([(10, b"d"), (-3, b"abc")]).runs()


@given(st.integers(0, 39), st.integers(1, 40))
def test_an_edit_reaches_every_piece_that_holds_it(begin: int, length: int) -> None:
    pieces = [(n, TEXT[n : n + 13]) for n in range(0, 40, 9)]
    new = b"\xff" * min(length, 40 - begin)
    made = direction(pieces)
    changed = dict(made.edited([Edit(begin, new)]))
    whole = TEXT[:begin] + new + TEXT[begin + len(new) :]

    assert [whole[n : n + 13] for n, _ in pieces] == [changed.get(i, piece) for i, (_, piece) in enumerate(pieces)]


def test_a_new_syn_is_another_connection() -> None:
    talk = Talk()
    first, again = segment(0, b"", TcpFlag.SYN), segment(0, b"", TcpFlag.SYN)
    other = segment(70, b"", TcpFlag.SYN)
    talk.add(0, packet(first), first)

    assert [False, True] == [Talk().begins_anew(first), talk.begins_anew(first)]
    assert [False, True] == [talk.begins_anew(again), talk.begins_anew(other)]


def packet(transport: TcpSegment) -> Packet:
    return Packet(
        "tap", 1, 0, "192.0.2.1", "192.0.2.2", 6, 64, 1, dont_fragment=True, ip_length=40, transport=transport
    )
