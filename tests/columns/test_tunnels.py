"""Packets that may hold another one are left to ``wire``, which opens them."""

from typing import Final

import numpy as np
import pytest

from tests.columns.lanes import RAW, agree, batch_of
from tests.wire.made import ipv4, ipv6, tcp, udp
from wiretruth.columns.tunnels import PORTS, PROTOCOLS, plain_datagrams, plain_packets
from wiretruth.wire.authentication import PROTOCOL
from wiretruth.wire.tunnel_types import by_port, by_protocol

PLAIN: Final = [ipv4(tcp(b"220 "), 6), ipv6(udp(b"query")), ipv4(b"sctp", 132)]


def test_what_wire_opens_is_left_to_it() -> None:
    assert {*by_protocol(), PROTOCOL} == set(PROTOCOLS)
    assert by_port().keys() == set(PORTS)


def to_port(port: int) -> bytes:
    datagram = udp(b"whatever it is")
    return datagram[:2] + port.to_bytes(2) + datagram[4:]


@pytest.mark.parametrize(
    "frame",
    [
        *(wrap(PLAIN[0], protocol) for wrap in (ipv4, ipv6) for protocol in PROTOCOLS),
        *(wrap(to_port(port), 17) for wrap in (ipv4, ipv6) for port in PORTS),
    ],
)
def test_both_lanes_agree(frame: bytes) -> None:
    compared = agree(batch_of([*PLAIN, frame, *PLAIN], [RAW]))

    assert [len(PLAIN)] == compared.odd


def test_everything_else_is_plain() -> None:
    assert 256 - len(PROTOCOLS) == int(plain_packets(np.arange(256)).sum())
    assert (1 << 16) - len(PORTS) == int(plain_datagrams(np.arange(1 << 16)).sum())
