"""Packets in bulk: fields that come from columns, one fact a row. That they equal ``wire`` is held in test_headers."""

import pytest

from tests.columns.lanes import RAW, SLL, SLL2, agree, batch_of
from tests.columns.variants import LINKS
from tests.wire.made import CLIENT, CLIENT6, ipv4, ipv6, tcp, udp
from wiretruth.model.packet import Direction, TcpSegment, UdpDatagram

SYN = bytes.fromhex("020405b40402080a000000010000000001030307")
SACKED = bytes.fromhex("0101080a0000000100000002" + "0101051200000001000000050000000900000008")


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (b"", (None, None, False, (), None, None)),
        (SYN, (1460, 7, True, (), 1, 0)),
        (SACKED, (None, None, False, ((1, 5), (9, 8)), 1, 2)),
        (b"\x02\x04\x05\xb4", (1460, None, False, (), None, None)),
    ],
)
def test_options(options: bytes, expected: tuple[object, ...]) -> None:
    """Beside segments with other options, which keep theirs."""
    others = [ipv4(tcp(b"x"), 6), ipv4(tcp(b"x", SYN), 6)]
    packets = agree(batch_of([others[0], ipv4(tcp(b"abc", options), 6), others[1]], [RAW])).packets
    segments = [packet.transport for packet in packets.values() if isinstance(packet.transport, TcpSegment)]

    assert [(None,) * 2, expected[:2], (1460, 7)] == [(s.mss, s.window_scale) for s in segments]
    assert expected == segments[1][8:]


def test_versions_and_transports_side_by_side() -> None:
    """In any order, each row keeps its own."""
    frames = [ipv6(udp(b"a")), ipv4(tcp(b"b"), 6), ipv4(udp(b"c")), ipv6(tcp(b"d"), 6), ipv6(udp(b"e"))]
    packets = agree(batch_of(frames, [RAW])).packets

    assert [0, 1, 2, 3, 4] == sorted(packets)
    assert [CLIENT6, CLIENT, CLIENT, CLIENT6, CLIENT6] == [packets[row].source for row in range(5)]
    payloads = [t.payload for t in (packets[r].transport for r in range(5)) if isinstance(t, TcpSegment | UdpDatagram)]
    assert [b"a", b"b", b"c", b"d", b"e"] == payloads


@pytest.mark.parametrize(("link", "link_type"), [("SLL", SLL), ("SLL2", SLL2)])
def test_direction_and_interface(link: str, link_type: int) -> None:
    frames = [LINKS[link][1](ipv4(udp(b"x")), n) for n in (0, 4, 5)]
    packets = agree(batch_of(frames, [link_type])).packets

    assert [Direction.IN, Direction.OUT, Direction.UNKNOWN] == [p.direction for p in packets.values()]
    vantages = {"SLL": ["at None"] * 3, "SLL2": ["at 0", "at 1", "at 2"]}
    assert vantages[link] == [p.vantage for p in packets.values()]


def test_payload_cut_by_the_capture() -> None:
    whole = ipv4(tcp(b"0123456789"), 6)
    (packet,) = agree(batch_of([whole[:44]], [RAW], [len(whole)])).packets.values()

    assert isinstance(packet.transport, TcpSegment)
    assert (b"0123", 10) == (packet.transport.payload, packet.transport.length)
