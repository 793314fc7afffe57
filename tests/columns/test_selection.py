"""The columns choose no row too few: whatever the definition keeps, one by one, is among theirs."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.columns.lanes import RAW, batch_of, columns
from tests.columns.variants import packets
from tests.wire.made import ipv4, tcp, udp
from wiretruth.columns.relevance import HINTS, Relevance
from wiretruth.model.packet import Endpoint, Packet, TcpSegment, UdpDatagram
from wiretruth.protocols.dns.recognition import is_lookup

QUESTION = b"\x03www\x07example\x00\x00\x01\x00\x01"


def ports(transport: bytes, source: int, destination: int) -> bytes:
    return source.to_bytes(2) + destination.to_bytes(2) + transport[4:]


def kept(frames: list[bytes]) -> list[int]:
    """Rows that the definitions keep."""
    every = columns(batch_of(frames, [RAW])).packets
    relevance = Relevance()
    return [row for row, packet in sorted(every.items()) if _matters(relevance, packet)]


def _matters(relevance: Relevance, packet: Packet) -> bool:
    transport = packet.transport
    if isinstance(transport, TcpSegment):
        return relevance.follows(packet, transport) is not None
    assert isinstance(transport, UdpDatagram)
    ends = Endpoint(packet.source, transport.source_port), Endpoint(packet.destination, transport.destination_port)
    return is_lookup(transport.payload, *ends)


def test_a_gateway() -> None:
    """Nothing is missed, and most is passed over."""
    frames = packets(6000)
    chosen = columns(batch_of(frames, [RAW]), everything=False).packets

    assert set(kept(frames)) <= chosen.keys()
    assert len(chosen) < len(frames) / 5


@given(
    st.lists(
        st.builds(
            lambda payload, flags, source, destination: ipv4(ports(tcp(payload, flags=flags), source, destination), 6),
            st.sampled_from([*HINTS, *(h[:3] for h in HINTS), *(h.lower() for h in HINTS), b"", b"22", b"more"]),
            st.sampled_from([0x10, 0x18, 2, 0x11, 4]),
            st.sampled_from([80, 2526, 4000, 25, 53]),
            st.sampled_from([80, 2526, 4000, 4001]),
        ),
        max_size=40,
    )
)
def test_segments(frames: list[bytes]) -> None:
    """Also those of a connection that becomes followed within the batch."""
    chosen = columns(batch_of(frames, [RAW]), everything=False).packets

    assert set(kept(frames)) <= chosen.keys()


def test_connections_followed_before() -> None:
    frames = [ipv4(ports(tcp(b"x"), *p), 6) for p in ((2526, 4000), (4000, 2526), (2526, 4001), (80, 4000))]

    assert {0, 1} == columns(batch_of(frames, [RAW]), [(4000, 2526)], everything=False).packets.keys()
    assert set() == columns(batch_of(frames, [RAW]), everything=False).packets.keys()


@given(
    st.lists(
        st.tuples(st.integers(0, 0xFFFF), *[st.integers(0, 3)] * 4, st.sampled_from([QUESTION, QUESTION[:4], b""])),
        max_size=40,
    )
)
def test_datagrams_on_other_ports(heads: list[tuple[int, int, int, int, int, bytes]]) -> None:
    frames = [
        ipv4(ports(udp(b"id" + b"".join(n.to_bytes(2) for n in numbers) + question), 4000, 5300))
        for *numbers, question in heads
    ]
    chosen = columns(batch_of(frames, [RAW]), everything=False).packets

    assert set(kept(frames)) <= chosen.keys()


@pytest.mark.parametrize("seed", range(3))
def test_random_datagrams_are_passed_over(seed: int) -> None:
    """QUIC and the like."""
    rng = random.Random(seed)
    frames = [ipv4(ports(udp(rng.randbytes(60)), 4000, 443)) for _ in range(1000)]

    assert len(columns(batch_of(frames, [RAW]), everything=False).packets) < 5
