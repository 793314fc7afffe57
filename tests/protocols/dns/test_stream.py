"""DNS over TCP: any pieces give the same messages, a gap never invents one."""

import itertools
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wiretruth.protocols.dns.stream import MessageStream

ONE, TWO, THREE = bytes(range(12)), b"two" * 30, b"three" * 200
STREAM = b"".join(struct.pack(">H", len(x)) + x for x in (ONE, TWO, THREE))
STARTS = (0, 14, 106)


def read(*pieces: bytes) -> list[bytes]:
    stream = MessageStream()
    return [message for piece in pieces for message in stream.receive(piece)]


def test_three_ways() -> None:
    assert [ONE, TWO, THREE] == read(STREAM)
    assert [ONE, TWO, THREE] == read(*(STREAM[i : i + 1] for i in range(len(STREAM))))
    assert [ONE, TWO, THREE] == read(STREAM + b"\x01\x00rest")


@given(st.lists(st.integers(0, len(STREAM)), max_size=8))
def test_any_pieces_give_the_same_messages(cuts: list[int]) -> None:
    places = [0, *sorted(cuts), len(STREAM)]

    assert [ONE, TWO, THREE] == read(*(STREAM[a:b] for a, b in itertools.pairwise(places)))


@given(st.integers(0, len(STREAM) - 1), st.integers(1, len(STREAM)), st.integers(1, 50))
def test_a_gap_only_removes(start: int, length: int, piece: int) -> None:
    """What is given around a gap are whole messages of the stream, in their order; those outside of it at least before it."""
    end = min(start + length, len(STREAM))
    stream = MessageStream()
    given_before = stream.receive(STREAM[:start])
    stream.gap(end - start)
    after = [x for i in range(end, len(STREAM), piece) for x in stream.receive(STREAM[i : min(i + piece, len(STREAM))])]

    assert [x for x, at in zip((ONE, TWO, THREE), STARTS, strict=True) if at + 2 + len(x) <= start] == given_before
    assert after in ([], [THREE], [TWO, THREE])


@pytest.mark.parametrize(
    ("start", "end", "expected", "faulty"),
    [
        (2, 14, [TWO, THREE], False),
        (5, 7, [TWO, THREE], False),
        (20, 106, [ONE, THREE], False),
        (20, 107, [ONE], True),
        (0, 2, [], True),
        (1, 14, [], True),
        (14, 106, [ONE], True),
        (110, len(STREAM), [ONE, TWO], False),
    ],
)
def test_a_gap_within_one_message_costs_that_one(start: int, end: int, expected: list[bytes], faulty: bool) -> None:
    stream = MessageStream()
    messages = stream.receive(STREAM[:start])
    stream.gap(end - start)
    messages += stream.receive(STREAM[end:])

    assert expected == messages
    assert faulty == (stream.fault is not None)


def test_two_gaps_in_one_message() -> None:
    stream = MessageStream()
    messages = stream.receive(STREAM[:110])
    stream.gap(100)
    stream.receive(STREAM[210:300])
    stream.gap(50)
    messages += stream.receive(STREAM[350:] + STREAM)

    assert [ONE, TWO, ONE, TWO, THREE] == messages


@pytest.mark.parametrize("length", range(12))
def test_a_length_below_a_header_ends_the_stream(length: int) -> None:
    stream = MessageStream()
    octets = struct.pack(">H", len(ONE)) + ONE + struct.pack(">H", length) + STREAM

    assert [ONE] == stream.receive(octets)
    assert stream.fault is not None
    assert (14, "a length of at least 12", str(length)) == (
        stream.fault.offset,
        stream.fault.expected,
        stream.fault.got,
    )
    assert [] == stream.receive(STREAM)


def test_the_first_fault_is_kept() -> None:
    stream = MessageStream()
    stream.gap(7)
    first = stream.fault
    stream.gap(9)

    assert first is stream.fault
    assert first is not None
    assert (0, "7 octets missing") == (first.offset, first.got)
