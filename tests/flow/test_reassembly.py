"""One direction in order: each octet once, whatever happens on the way."""

from random import Random
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wiretruth.flow.reassembly import MAX_BUFFERED, MAX_PIECES, PATIENCE, Hole, Piece, Reassembly

TEXT = bytes(range(65, 91))
FIRST = 100
STORM = 100_000
AT_MOST = 20.0
"""Seconds of work for a storm: linear cost needs less than two, quadratic cost minutes."""


def piece(start: int, octets: bytes, frame: int = 1, length: int | None = None) -> Piece:
    """Octets that begin *start* octets behind the first one."""
    start += FIRST
    return Piece(start, start + (len(octets) if length is None else length), octets, frame * 1000, frame)


class Receiver:
    """Feeds a reassembly and writes down what it gives: ``?`` for each octet given up."""

    def __init__(self) -> None:
        self.books = Reassembly(FIRST)
        self.text = b""
        self.frames: list[int] = []

    def put(self, start: int, octets: bytes, frame: int = 1, length: int | None = None) -> "Receiver":
        p = piece(start, octets, frame, length)
        if not self.books.take(p.start, p.end, p.octets):
            return self.note(self.books.put(p))
        return self.note((p,))

    def note(self, done: object) -> "Receiver":
        assert isinstance(done, list | tuple)
        for item in done:
            self.text += item.octets if isinstance(item, Piece) else b"?" * item.length
            self.frames.append(item.frame)
        return self


@pytest.mark.parametrize(
    ("segments", "text", "conflicts"),
    [
        ([(0, b"abc"), (3, b"def")], b"abcdef", 0),
        ([(3, b"def"), (0, b"abc")], b"abcdef", 0),
        ([(0, b"abc"), (0, b"abc"), (3, b"d")], b"abcd", 0),
        ([(0, b"abc"), (1, b"bcd")], b"abcd", 0),
        ([(0, b"abc"), (1, b"XXd")], b"abcd", 2),
        ([(3, b"def"), (0, b"abcXXX")], b"abcdef", 3),
        ([(3, b"def"), (4, b"XfgX"), (0, b"abc")], b"abcdeffgX"[:6] + b"gX", 1),
        ([(2, b"c"), (4, b"e"), (6, b"g"), (1, b"bXdXfXh"), (0, b"a")], b"abcdefgh", 3),
        ([(6, b"g"), (4, b"e"), (2, b"c"), (0, b"abcdefgh")], b"abcdefgh", 0),
        ([(5, b"fgh"), (3, b"def"), (0, b"abcd")], b"abcdefgh", 0),
        ([(-5, b"12345abc")], b"abc", 0),
        ([(-5, b"12345")], b"", 0),
        ([(5, b"fgh")], b"", 0),
    ],
)
def test_first_octets_seen_win(segments: list[tuple[int, bytes]], text: bytes, conflicts: int) -> None:
    receiver = Receiver()
    for start, octets in segments:
        receiver.put(start, octets)

    assert (text, conflicts) == (receiver.text, receiver.books.conflicts)


def test_octets_that_waited_come_with_the_frame_that_freed_them() -> None:
    """They became readable then: no moment goes back."""
    receiver = Receiver().put(3, b"d", frame=1).put(1, b"b", frame=2).put(0, b"a", frame=5).put(2, b"c", frame=7)

    assert (b"abcd", [5, 5, 7, 7]) == (receiver.text, receiver.frames)


def test_cut_octets_are_a_gap_and_missing() -> None:
    """The snap length cut a segment of ten octets after four."""
    receiver = Receiver().put(0, b"abcd", length=10).put(10, b"kl")

    assert (b"abcd??????kl", 6, 6) == (receiver.text, receiver.books.missing, receiver.books.octets)


def test_cut_octets_behind_a_hole() -> None:
    receiver = Receiver().put(5, b"f", length=5).put(3, b"de").put(0, b"abc")

    assert (b"abcdef????", 4) == (receiver.text, receiver.books.missing)


def test_whole_retransmission_fills_what_was_cut_while_it_waits() -> None:
    receiver = Receiver().put(3, b"d", length=3).put(2, b"cdefg").put(0, b"ab")

    assert (b"abcdefg", 0) == (receiver.text, receiver.books.missing)


def test_hole_is_given_up_only_when_acknowledged() -> None:
    receiver = Receiver().put(0, b"ab").put(4, b"ef")
    for frame in range(100):
        receiver.note(receiver.books.pass_packet(frame, frame))

    assert (b"ab", 0) == (receiver.text, receiver.books.missing)


def test_reordered_tap_is_given_time() -> None:
    """The acknowledgement was seen a few packets before what it acknowledges."""
    receiver = Receiver().put(0, b"ab")
    receiver.books.acknowledge(FIRST + 4)
    for frame in range(PATIENCE):
        receiver.note(receiver.books.pass_packet(frame, frame))
    receiver.put(2, b"cd")

    assert (b"abcd", 0) == (receiver.text, receiver.books.missing)


def test_acknowledged_octets_not_seen_are_missing() -> None:
    receiver = Receiver().put(0, b"ab").put(4, b"ef").put(8, b"ij")
    receiver.books.acknowledge(FIRST + 6)
    for frame in range(PATIENCE + 1):
        receiver.note(receiver.books.pass_packet(frame, frame))

    assert (b"ab??ef", 2) == (receiver.text, receiver.books.missing)


def test_end_of_capture_delivers_what_waits() -> None:
    """A hole that nobody acknowledged is told, and is no loss of the capture."""
    receiver = Receiver().put(0, b"ab").put(4, b"ef")
    receiver.note(receiver.books.flush(9, 9))

    assert (b"ab??ef", 0) == (receiver.text, receiver.books.missing)


def test_lone_number_at_the_end_is_a_lost_fin() -> None:
    receiver = Receiver().put(0, b"ab")
    receiver.books.acknowledge(FIRST + 3)
    for frame in range(PATIENCE + 1):
        receiver.note(receiver.books.pass_packet(frame, frame))
    receiver.note(receiver.books.flush(9, 9))

    assert (b"ab", 0) == (receiver.text, receiver.books.missing)


def test_lone_number_with_more_behind_it_is_an_octet() -> None:
    receiver = Receiver().put(0, b"ab").put(3, b"d")
    receiver.books.acknowledge(FIRST + 4)
    receiver.note(receiver.books.flush(9, 9))

    assert (b"ab?d", 1) == (receiver.text, receiver.books.missing)


def test_acknowledged_fin_is_no_octet() -> None:
    receiver = Receiver().put(0, b"ab")
    receiver.books.acknowledge(FIRST + 3)
    receiver.books.finish(FIRST + 2)
    receiver.books.acknowledge(FIRST + 3)

    assert ((), 0) == (tuple(receiver.books.flush(9, 9)), receiver.books.missing)


def test_too_much_behind_a_hole_passes_over_it() -> None:
    """What is passed over is missing only if the receiver acknowledges it."""
    receiver = Receiver()
    block = 1 << 16
    for position in range(MAX_BUFFERED // block + 1):
        receiver.put(1 + position * block, b"x" * block)

    assert (b"?" + b"x" * (MAX_BUFFERED + block), 0) == (receiver.text, receiver.books.missing)
    receiver.books.acknowledge(FIRST + 1)
    assert 1 == receiver.books.missing


def test_pieces_are_bounded() -> None:
    receiver = Receiver()
    for position in range(MAX_PIECES + 1):
        receiver.put(1 + 2 * position, b"x")

    assert b"?x" == receiver.text


@pytest.mark.parametrize(
    ("position", "octets", "length"),
    [
        (lambda n: STORM - n, b"x", None),
        (lambda n: 1 + 2 * (n % 3000), b"x", None),
        (lambda n: 1 + n % 1000, b"x" * 1000, None),
        (lambda n: 1 + n * 7919 % 50_000, b"x" * 100, None),
        (lambda n: 1 + n % 2000 if n < 2000 else 1, b"x", 2000),
    ],
    ids=["backwards", "every other octet", "overlapping", "scattered", "cut"],
)  # fmt: skip
def test_storm_is_linear(position: object, octets: bytes, length: int | None) -> None:
    """Crafted segments behind a hole that is never filled."""
    assert callable(position)
    receiver, begin = Receiver(), process_time()
    for n in range(STORM):
        p = piece(position(n), octets, n, length)
        receiver.books.new_octets(p.start, p.end)
        receiver.books.put(p)

    assert process_time() - begin < AT_MOST


@given(st.binary(min_size=1, max_size=60), st.data())
def test_any_segmentation_and_order_gives_the_same_octets(text: bytes, data: st.DataObject) -> None:
    """Segments overlap, repeat and swap; every octet arrives once."""
    cuts = st.integers(0, len(text))
    spans = data.draw(st.lists(st.tuples(cuts, cuts), max_size=20))
    whole = [(min(s), max(s)) for s in spans] + [(n, n + 1) for n in range(len(text))]
    receiver = Receiver()
    for frame, (start, stop) in enumerate(data.draw(st.permutations(whole)), 1):
        receiver.put(start, text[start:stop], frame)

    assert (text, 0, 0) == (receiver.text, receiver.books.missing, receiver.books.conflicts)
    assert sorted(receiver.frames) == receiver.frames


@given(st.lists(st.tuples(st.integers(0, 50), st.binary(min_size=1, max_size=9)), max_size=25))
def test_agrees_with_a_plain_model(segments: list[tuple[int, bytes]]) -> None:
    """Against a dictionary of octets: the first one seen stays."""
    receiver, model = Receiver(), dict[int, int]()
    for frame, (start, octets) in enumerate(segments, 1):
        new = any(start + n not in model for n in range(len(octets)))
        assert new == receiver.books.new_octets(FIRST + start, FIRST + start + len(octets))
        receiver.put(start, octets, frame)
        for n, octet in enumerate(octets):
            model.setdefault(start + n, octet)
    receiver.note(receiver.books.flush(99, 99))
    length = max(model, default=-1) + 1

    assert [model.get(n) for n in range(length)] == [
        None if o == ord("?") and n not in model else o for n, o in enumerate(receiver.text)
    ]


def test_simulation_with_loss() -> None:
    """A link that loses, repeats and swaps, and a sender that sends again: the octets arrive."""
    for seed in range(30):
        random = Random(seed)
        text = random.randbytes(3000)
        receiver, todo = Receiver(), [(n, n + 50) for n in range(0, 3000, 50)]
        while todo:
            window = todo[:20]
            random.shuffle(window)
            for start, stop in window:
                if random.random() < 0.7:
                    receiver.put(start, text[start:stop])
                    if (start, stop) in todo and random.random() < 0.9:
                        todo.remove((start, stop))
        assert text == receiver.text


def test_hole_type_is_told_apart() -> None:
    assert [Hole(2, 5000, 5)] == [x for x in Receiver().put(2, b"c", 5).books.flush(9, 9) if isinstance(x, Hole)]
