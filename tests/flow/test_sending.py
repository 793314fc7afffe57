"""What was sent and not acknowledged."""

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wiretruth.flow.sending import MAX_OUTSTANDING, Sending
from wiretruth.model.frames import Mark
from wiretruth.model.sighting import KEPT_FRAMES, Unacknowledged

HEADERS = 40
STORM = 100_000
AT_MOST = 20.0
"""Seconds of work for a storm: linear cost needs less than three, quadratic cost minutes."""


class Sender:
    """Sends octets 0 to …, one frame after the other."""

    def __init__(self) -> None:
        self.books = Sending(0)
        self.books.headers = HEADERS
        self.frame = 0

    def send(self, start: int, end: int, size: int | None = None) -> "Sender":
        self.frame += 1
        self.books.send(start, end, end - start + HEADERS if size is None else size, self.mark)
        return self

    def fill(self, start: int, end: int) -> "Sender":
        self.frame += 1
        self.books.fill(start, end, end - start + HEADERS, self.mark)
        return self

    def ack(self, number: int, *blocks: tuple[int, int]) -> "Sender":
        self.books.acknowledge(number, blocks)
        return self

    @property
    def mark(self) -> Mark:
        return Mark(self.frame * 1000, self.frame)

    @property
    def stuck(self) -> Unacknowledged:
        stuck = self.books.unacknowledged(dont_fragment=True)
        assert stuck is not None
        return stuck

    @property
    def facts(self) -> tuple[int, int, tuple[int, ...], int]:
        """Octets outstanding, sendings and frames of the oldest segment, the smallest size lost."""
        return self.stuck.octets, self.stuck.sendings, self.stuck.frames, self.stuck.smallest


def test_everything_acknowledged() -> None:
    sender = Sender().send(0, 100).send(100, 300).ack(300)

    assert (None, 300, 240) == (sender.books.unacknowledged(False), sender.books.octets, sender.books.largest)


def test_oldest_segment_is_told() -> None:
    sender = Sender().send(0, 100).send(100, 300).send(300, 350).ack(100).send(100, 300).send(100, 300)

    assert (250, 3, (2, 4, 5), 240) == sender.facts
    assert (Mark(2000, 2), Mark(5000, 5)) == (sender.stuck.first, sender.stuck.last)
    assert (2, 140) == (sender.books.retransmitted, sender.books.largest)


def test_smallest_counts_only_what_was_sent_twice() -> None:
    """A small segment sent once may still be on its way."""
    sender = Sender().send(0, 1000).send(1000, 1010).send(0, 1000)

    assert (1010, 2, (1, 3), 1040) == sender.facts


def test_smaller_retransmission_lowers_the_smallest() -> None:
    """If small pieces of it vanish too, size is not what divides."""
    sender = Sender().send(0, 1460).send(0, 536).send(0, 536)

    assert (1460, 3, (1, 2, 3), 576) == sender.facts


def test_retransmission_of_the_head_of_a_super_segment() -> None:
    """Offload: one packet of ten segments, then its first one again; acknowledged, the rest was sent once."""
    sender = Sender().send(0, 14600, 1500).send(0, 1460).send(0, 1460)
    assert (14600, 3, (1, 2, 3), 1500) == sender.facts

    assert (13140, 1, (1,), 1500) == sender.ack(1460).facts
    assert (1460, 1500) == (sender.books.octets, sender.books.largest)


def test_part_of_a_super_segment_is_acknowledged() -> None:
    sender = Sender().send(0, 14600, 1500).ack(2920)

    assert (11680, 2920, 1500) == (sender.stuck.octets, sender.books.octets, sender.books.largest)


def test_selective_acknowledgement_of_the_small_end_of_a_super_segment() -> None:
    """Only 100 octets got through: that proves no packet of full size."""
    sender = Sender().send(0, 4480, 1500).ack(0, (4380, 4480))

    assert (4480, 140, 100) == (sender.stuck.octets, sender.books.largest, sender.books.octets)


def test_retransmission_that_joins_segments() -> None:
    """Small segments lost, then sent as one: small ones were lost."""
    sender = Sender().send(0, 100).send(100, 200).send(200, 300).send(0, 300)

    assert (300, 2, (1, 4), 140) == sender.facts
    assert 300 == sender.ack(300).books.octets


def test_retransmission_with_new_octets_behind() -> None:
    sender = Sender().send(0, 100).send(0, 300)

    assert (300, 2, (1, 2)) == sender.facts[:3]
    assert (200, 1) == sender.ack(100).facts[:2]


def test_frames_are_bounded_and_the_count_is_not() -> None:
    sender = Sender()
    for _ in range(KEPT_FRAMES + 10):
        sender.send(0, 100)

    assert (KEPT_FRAMES + 10, KEPT_FRAMES) == (sender.stuck.sendings, len(sender.stuck.frames))


def test_selectively_acknowledged_segments_wait_for_nothing() -> None:
    sender = Sender().send(0, 1000).send(1000, 1200).send(0, 1000).ack(0, (1000, 1200))

    assert (1200, 2, (1, 3), 1040) == sender.facts
    assert (240, 200) == (sender.books.largest, sender.books.octets)
    assert 1200 == sender.ack(1200).books.octets


@pytest.mark.parametrize("block", [(0, 100), (500, 400), (-5, 50), (1 << 40, 1 << 41), (100, 100)])
def test_blocks_that_say_nothing_new(block: tuple[int, int]) -> None:
    """A duplicate one (RFC 2883) lies below the acknowledgement; others make no sense."""
    sender = Sender().send(0, 100).send(100, 200).ack(100, block)

    assert (100, 100) == (sender.stuck.octets, sender.books.octets)


def test_only_the_fin_is_outstanding() -> None:
    sender = Sender().send(0, 100)
    sender.books.fin = 100
    sender.send(100, 101, 40).ack(100).send(100, 101, 40)

    assert (0, 2, (2, 3), 0) == sender.facts
    assert sender.stuck.fin_only


def test_fin_with_data_is_not_only_a_fin() -> None:
    sender = Sender()
    sender.books.fin = 100
    sender.send(0, 101, 140).send(0, 101, 140)

    assert (100, 2, (1, 2), 140) == sender.facts
    assert not sender.stuck.fin_only


def test_acknowledgement_of_octets_not_seen_yet() -> None:
    """The tap swapped two packets, or lost one."""
    sender = Sender().send(0, 100).ack(300).send(200, 300).fill(100, 200)

    assert (None, 300) == (sender.books.unacknowledged(False), sender.books.octets)


def test_late_segment_takes_its_place() -> None:
    sender = Sender().send(0, 100).send(200, 300).fill(100, 200).ack(100)

    assert (200, 1, (3,), 140) == sender.facts


def test_oldest_is_forgotten_beyond_the_bound() -> None:
    sender = Sender()
    for n in range(MAX_OUTSTANDING + 10):
        sender.send(n, n + 1)

    assert (MAX_OUTSTANDING, (11,)) == (sender.stuck.octets, sender.stuck.frames)


@pytest.mark.parametrize("storm", ["sack", "joined", "fill", "backwards", "split"])
def test_storm_is_linear(storm: str) -> None:
    sender, begin = Sender(), process_time()
    for n in range(MAX_OUTSTANDING):
        sender.send(2 * n, 2 * n + 2)
    for n in range(STORM):
        if storm == "sack":
            sender.ack(0, *[(2, 2 * MAX_OUTSTANDING)] * 4)
        elif storm == "joined":
            sender.send(0, 2 * MAX_OUTSTANDING)
        elif storm == "fill":
            sender.fill(n * 7919 % 8000, n * 7919 % 8000 + 3)
        elif storm == "backwards":
            sender.fill(-n, -n + 1)
        else:
            sender.ack(0, (n % 8000 + 1, n % 8000 + 2))

    assert process_time() - begin < AT_MOST


OPERATIONS = st.lists(
    st.one_of(
        st.tuples(st.just("send"), st.integers(0, 60), st.integers(1, 20)),
        st.tuples(st.just("fill"), st.integers(0, 60), st.integers(1, 20)),
        st.tuples(st.just("ack"), st.integers(0, 80), st.integers(0, 20)),
    ),
    max_size=30,
)


@given(OPERATIONS)
def test_agrees_with_a_plain_model(operations: list[tuple[str, int, int]]) -> None:
    """Against a dictionary of octets: what is outstanding, and how often its oldest octet was sent."""
    sender, sent, acknowledged, gone = Sender(), dict[int, int](), 0, set[int]()
    for kind, start, length in operations:
        end = start + length
        if kind == "ack":
            acknowledged = max(acknowledged, start)
            sender.ack(start, (start + 5, end + 5))
            gone |= {n for n in sent if n < acknowledged or start + 5 <= n < end + 5}
            continue
        fresh = all(n not in sent for n in range(start, end)) and start < sender.books.highest
        if not fresh and any(n not in sent for n in range(start, min(end, sender.books.highest))):
            continue
        (sender.fill if fresh else sender.send)(start, end)
        for n in range(start, end):
            sent[n] = sent.get(n, 0) + 1
            gone |= {n} if n < acknowledged else set()
    waiting = sorted(sent.keys() - gone)
    stuck = sender.books.unacknowledged(False)

    assert (waiting[:1] or None) == ([stuck.octets and sender.books.highest - stuck.octets] if stuck else None)
    assert (sent[waiting[0]] if waiting else None) == (stuck.sendings if stuck else None)
    assert len(gone) == sender.books.octets


def test_when_it_was_sent_again() -> None:
    """The first times only: a storm is counted."""
    sender = Sender().send(0, 100).send(0, 100).send(100, 200).send(50, 200)

    assert (2, [2, 4]) == (sender.books.retransmitted, [mark.frame for mark in sender.books.resent])

    for _ in range(2 * KEPT_FRAMES):
        sender.send(0, 100)

    assert KEPT_FRAMES == len(sender.books.resent)
