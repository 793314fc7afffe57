"""One direction's books."""

from typing import Any

import pytest

from tests.flow.cable import Cable
from wiretruth.flow.direction import FARTHEST_AHEAD, MAX_TTLS, Direction
from wiretruth.flow.reassembly import Piece
from wiretruth.model.frames import Mark
from wiretruth.model.packet import Packet, TcpSegment


class Side:
    """A client's direction, fed packet by packet."""

    def __init__(self, isn: int = 1000) -> None:
        self.cable = Cable(client_isn=isn)
        self.books = Direction()
        self.text = b""

    def send(self, flags: str, seq: int, payload: bytes = b"", **more: Any) -> "Side":
        packet = self.cable.c(flags, seq, 1, payload, **more)
        segment, mark = tcp(packet), Mark(packet.at, packet.number)
        self.books.see(packet, segment, mark)
        if (segment.length or "F" in flags) and not self.books.is_keep_alive(segment):
            for item in self.books.send(packet, segment, 1460, mark):
                self.text += item.octets if isinstance(item, Piece) else b"?" * item.length
        return self

    def acked(self, number: int, **more: Any) -> "Side":
        segment = tcp(self.cable.s("A", 1, number, **more))
        self.books.acknowledge(segment.ack, segment.sack)
        return self

    def mark(self, number: int) -> Mark:
        return Mark(self.cable.packets[number - 1].at, number)


def tcp(packet: Packet) -> TcpSegment:
    assert isinstance(packet.transport, TcpSegment)
    return packet.transport


def test_marks() -> None:
    side = Side().send("S", 0, mss=1460).send("A", 1).send("A", 1, b"ab").send("A", 3, b"cd").send("FA", 5)
    half = side.books.half()

    assert (5, 4, 1460) == (half.packets, half.octets, half.mss)
    assert [side.mark(n) for n in (1, 5, 3, 4, 5)] == [
        half.first, half.last, half.first_data, half.last_data, half.fin
    ]  # fmt: skip


@pytest.mark.parametrize("isn", [0, 1000, 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFF0, 0x7FFFFFFF])
def test_numbers_wrap(isn: int) -> None:
    """Wherever the stream begins on the circle, the books are the same."""
    side = Side(isn).send("S", 0).send("A", 1, b"x" * 10).send("A", 21, b"z" * 10).send("A", 11, b"y" * 10)
    side.acked(21, sack=((isn + 21 & 0xFFFFFFFF, isn + 31 & 0xFFFFFFFF),)).send("FA", 31).acked(32)
    half = side.books.half()

    assert (b"x" * 10 + b"y" * 10 + b"z" * 10, 30, 1) == (side.text, half.acknowledged_octets, half.out_of_order)
    assert (True, None) == (side.books.closed, half.unacknowledged)


@pytest.mark.parametrize("payload", [b"", b"\0"])
def test_keep_alives_are_no_data(payload: bytes) -> None:
    """RFC 9293 §3.8.4: the last acknowledged number again, with an octet of rubbish or without."""
    side = Side().send("S", 0).send("A", 1, b"abc").acked(4)
    for _ in range(5):
        side.send("A", 3, payload)
    half = side.books.half()

    assert (b"abc", 0, 0, None) == (side.text, half.retransmitted, half.conflicting_octets, half.unacknowledged)


def test_last_octet_again_before_it_was_acknowledged_is_a_retransmission() -> None:
    side = Side().send("S", 0).send("A", 1, b"a").send("A", 1, b"a").send("A", 1, b"a")
    half = side.books.half()

    assert (2, 3) == (half.retransmitted, half.unacknowledged and half.unacknowledged.sendings)


def test_data_on_the_syn_is_delivered_once() -> None:
    """RFC 7413; the server did not take it, so it is sent again."""
    side = Side().send("S", 0, b"abc").acked(1).send("A", 1, b"abc").acked(4)
    half = side.books.half()

    assert (b"abc", 3, 1) == (side.text, half.acknowledged_octets, half.retransmitted)


def test_octets_behind_the_fin_are_ignored() -> None:
    """RFC 9293 §3.10.7.4 (seventh): nothing follows a FIN."""
    side = Side().send("S", 0).send("A", 1, b"abc").send("FA", 4).send("A", 5, b"more").acked(5)
    half = side.books.half()

    assert (b"abc", True, None) == (side.text, side.books.closed, half.unacknowledged)


def test_octets_where_a_fin_was_undo_it() -> None:
    """Somebody else's FIN, or one that its receiver never took."""
    side = Side().send("S", 0).send("A", 1, b"abc").send("FA", 4).send("A", 4, b"def").acked(7)

    assert (b"abcdef", None, False) == (side.text, side.books.half().fin, side.books.closed)


def test_fin_with_data_sent_again() -> None:
    side = Side().send("S", 0).send("FA", 1, b"abc").send("FA", 1, b"abc").acked(5)
    half = side.books.half()

    assert (b"abc", 1, 3, True) == (side.text, half.retransmitted, half.acknowledged_octets, side.books.closed)


def test_fin_of_a_late_segment() -> None:
    side = Side().send("S", 0).send("FA", 4).send("A", 1, b"abc").acked(5)

    assert (b"abc", 3, 1) == (side.text, side.books.half().acknowledged_octets, side.books.half().out_of_order)


def test_stream_begins_with_the_first_packet_seen() -> None:
    """The capture began later than the connection."""
    side = Side().send("A", 5000, b"abc").send("A", 5003, b"def")

    assert (b"abcdef", 0) == (side.text, side.books.half().missing_octets)


@pytest.mark.parametrize("seq", [FARTHEST_AHEAD + 10, -FARTHEST_AHEAD - 10, 1 << 31])
def test_numbers_far_from_everything_are_not_believed(seq: int) -> None:
    side = Side().send("S", 0).send("A", 1, b"abc").send("A", seq, b"far").send("A", 4, b"def")

    assert b"abcdef" == side.text


def test_acknowledgement_far_from_everything_is_not_believed() -> None:
    side = Side().send("S", 0).send("A", 1, b"abc").acked(FARTHEST_AHEAD + 10)

    assert 3 == (side.books.half().unacknowledged or pytest.fail("believed")).octets


def test_window_closed_and_never_opened_again() -> None:
    """The moment is when it closed, however often it is told."""
    side = Side().send("S", 0).send("A", 1).send("A", 1, window=0).send("A", 1, window=0)
    assert side.mark(3) == side.books.half().zero_window

    assert None is side.send("A", 1, window=1).books.half().zero_window


def test_zero_window_probe_with_an_octet() -> None:
    """The next octet, again and again; then the window opens and it comes with the rest."""
    side = Side().send("S", 0).send("A", 1, b"abc").acked(4)
    for _ in range(3):
        side.send("A", 4, b"d").acked(4, window=0)
    side.send("A", 4, b"def").acked(7)

    assert (b"abcdef", 6, None) == (side.text, side.books.half().acknowledged_octets, side.books.half().unacknowledged)


@pytest.mark.parametrize(
    ("seen", "ttl", "ttls"),
    [
        ([64], 64, (64,)),
        ([64, 64, 63], 64, (63, 64)),
        ([63, 64, 64], 64, (63, 64)),
        ([62, 63], 63, (62, 63)),
        (list(range(20)), MAX_TTLS - 1, tuple(range(MAX_TTLS))),
    ],
)
def test_ttls(seen: list[int], ttl: int, ttls: tuple[int, ...]) -> None:
    side = Side()
    for value in seen:
        side.send("A", 1, ttl=value)

    assert (ttl, ttls) == (side.books.half().ttl, side.books.half().ttls)


@pytest.mark.parametrize(("flags", "told"), [([True, True], True), ([True, False], False), ([], False)])
def test_dont_fragment_speaks_of_data_segments(flags: list[bool], told: bool) -> None:
    side = Side().send("S", 0, dont_fragment=False)
    for n, flag in enumerate(flags):
        side.send("A", 1 + n, b"x", dont_fragment=flag)

    assert told is side.books.half().dont_fragment


@pytest.mark.parametrize(("number", "expected"), [(4, True), (7, True), (3, False), (8, False)])
def test_next_number_lies_between_acknowledged_and_sent(number: int, expected: bool) -> None:
    side = Side().send("S", 0).send("A", 1, b"abc").send("A", 4, b"def").acked(4)

    assert expected is side.books.expects(1000 + number)


def test_snap_cut_payload() -> None:
    side = Side().send("S", 0).send("A", 1, b"ab", length=5).send("A", 6, b"fg")
    half = side.books.half()

    assert (b"ab???fg", 4, 3) == (side.text, half.octets, half.missing_octets)
