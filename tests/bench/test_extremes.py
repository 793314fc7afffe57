"""The rare captures: what is said to be open at once is open at once."""

import dpkt

from bench.extremes import one_connection, open_at_once, syn_flood
from bench.frames import ACK, FIN, SYN


def segments(frames: list[bytes]) -> list[tuple[dpkt.ip.IP, dpkt.tcp.TCP]]:
    packets = [dpkt.ethernet.Ethernet(frame).data for frame in frames]
    return [(packet, packet.data) for packet in packets]


def test_all_are_open_before_the_first_one_closes() -> None:
    flags = [segment.flags for _, segment in segments(list(open_at_once(50)))]

    assert [SYN] * 50 + [SYN | ACK] * 50 + [ACK] * 50 == flags[:150]
    assert flags.index(FIN | ACK) > 150


def test_flood_is_syns_from_everywhere() -> None:
    flood = segments(list(syn_flood(2000)))

    assert {SYN} == {segment.flags for _, segment in flood}
    assert len({(packet.src, segment.sport) for packet, segment in flood}) > 1990


def test_one_connection_carries_everything() -> None:
    talk = segments(list(one_connection(100_000)))
    carried = sum(len(segment.data) for _, segment in talk if segment.dport == 25)

    assert 1 == sum(segment.flags == SYN for _, segment in talk)
    assert 100_000 < carried < 100_200
