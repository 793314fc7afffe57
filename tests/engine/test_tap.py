"""From frames to packets: the window, fragments, and the count of what could not be read."""

import pytest

from tests.engine.stage import batches
from tests.rules.packets import TCP, UDP, ip, tcp, udp
from tests.rules.scene import MTA, RESOLVER, START, Frame
from wiretruth.columns.relevance import Relevance
from wiretruth.engine.settings import Settings
from wiretruth.engine.tally import VantageTally
from wiretruth.engine.tap import Tap
from wiretruth.model.frames import Interface
from wiretruth.model.packet import Packet, UdpDatagram

QUERY = udp((4000, 53), bytes(range(200)))
WHOLE = ip(MTA, RESOLVER, UDP, QUERY, ip_id=7)


def fragment(offset: int, octets: bytes, *, more: bool) -> bytes:
    packet = ip(MTA, RESOLVER, UDP, octets, ip_id=7)
    return packet[:6] + (offset // 8 | more << 13).to_bytes(2, "big") + packet[8:]


def tapped(
    *octets: bytes, settings: Settings | None = None, link_type: int = 101
) -> tuple[list[Packet], Tap, dict[str, VantageTally]]:
    counts: dict[str, VantageTally] = {}
    tap = Tap(settings or Settings(), "tap", "tap.pcap", counts, Relevance(everything=True))
    frames = [Frame(START + n, o, len(o)) for n, o in enumerate(octets)]
    (batch,) = batches(frames, (1000,), (Interface(None, link_type, 0),))
    return list(tap.receive(batch)), tap, counts


def test_packets_in_the_order_of_their_frames() -> None:
    segment = ip(MTA, RESOLVER, TCP, tcp((1, 2), (0, 0), 2))
    packets, tap, counts = tapped(WHOLE, segment, WHOLE)

    assert [(1, START), (2, START + 1), (3, START + 2)] == [(p.number, p.at) for p in packets]
    assert (3, 3, ["tap"]) == (tap.whole.frames, counts["tap"].packets, tap.vantages.labels())


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_a_fragmented_datagram_comes_with_its_last_fragment(order: tuple[int, int]) -> None:
    pieces = [fragment(0, QUERY[:64], more=True), fragment(64, QUERY[64:], more=False)]
    packets, _, counts = tapped(*(pieces[n] for n in order))

    assert [(2, UdpDatagram(4000, 53, QUERY[8:], 200))] == [(p.number, p.transport) for p in packets]
    assert 2 == counts["tap"].packets


def test_old_fragments_are_given_up_when_new_ones_come() -> None:
    _, tap, _ = tapped(fragment(0, QUERY[:64], more=True))
    late = [Frame(START + 31_000_000_000, fragment(64, QUERY[64:], more=False), 0)]
    (batch,) = batches(late, (1,), (Interface(None, 101, 0),))

    assert [] == list(tap.receive(batch))
    assert 1 == tap.fragments.given_up.expired


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (None, None, [1, 2, 3]),
        (START + 1, None, [2, 3]),
        (None, START + 1, [1, 2]),
        (START + 1, START + 1, [2]),
        (START + 9, None, []),
    ],
)
def test_the_window_includes_both_ends(start: int | None, end: int | None, expected: list[int]) -> None:
    packets, tap, _ = tapped(WHOLE, WHOLE, WHOLE, settings=Settings(start, end))

    assert expected == [p.number for p in packets]
    assert len(expected) == tap.whole.frames


def test_what_cannot_be_read_is_counted_by_kind() -> None:
    arp = bytes(12) + b"\x08\x06" + bytes(28)
    _, ethernet, counts = tapped(arp, arp, bytes(5), link_type=1)
    _, unknown, _ = tapped(WHOLE, link_type=147)

    assert {"ARP": 2, "damaged": 1} == dict(ethernet.whole.unread)
    assert {"link type 147": 1} == dict(unknown.whole.unread)
    assert {} == counts


def test_damage_is_kept_with_its_frame() -> None:
    _, tap, counts = tapped(WHOLE, WHOLE[:24])

    assert {2} == {f.frame for f in tap.whole.faults}
    assert (2, 1) == (counts["tap"].packets, counts["tap"].damaged)


def test_watching_without_frames() -> None:
    _, tap, _ = tapped(WHOLE)
    tap.advance(START + 99)

    assert (START, START + 99) == (tap.whole.last, tap.whole.watched_until)
