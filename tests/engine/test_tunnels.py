"""A packet seen plain and in a tunnel, at one place or at two, is one packet; and what is inside is followed."""

import struct
from collections.abc import Callable
from typing import Final

import pytest

from tests.engine.stage import batches, busy
from tests.rules.scene import TAP, Frame
from tests.wire.made import MACS
from wiretruth.engine import tap as tap_room
from wiretruth.engine.analysis import Analysis
from wiretruth.engine.settings import Settings
from wiretruth.engine.yielded import Ending
from wiretruth.model.frames import Interface
from wiretruth.model.packet import Endpoint
from wiretruth.model.report import Report

SLL, SLL2 = 113, 276
BEHIND: Final = 40_000
"""Nanoseconds from a packet to the same one in the tunnel."""


def outer(protocol: int, payload: bytes) -> bytes:
    head = struct.pack("!BBHHHBBH", 0x45, 0, 20 + len(payload), 0, 0, 64, protocol, 0)
    return head + bytes((203, 0, 113, 1, 203, 0, 113, 2)) + payload


def over_udp(port: int, header: str, payload: bytes) -> bytes:
    octets = bytes.fromhex(header) + payload
    return outer(17, struct.pack("!HHHH", 50_000, port, 8 + len(octets), 0) + octets)


TUNNELS: Final[dict[str, Callable[[bytes], bytes]]] = {
    "IP in IP": lambda packet: outer(4, packet),
    "GRE": lambda packet: outer(47, bytes.fromhex("2000080000000007") + packet),
    "VXLAN": lambda packet: over_udp(4789, "0800000000000700", MACS + b"\x08\x00" + packet),
    "Geneve": lambda packet: over_udp(6081, "0000080000000700", packet),
    "GTP-U": lambda packet: over_udp(2152, f"30ff{len(packet):04x}00000007", packet),
    "MPLS in GRE": lambda packet: outer(47, bytes.fromhex("0000884700011140") + packet),
}


@pytest.fixture(autouse=True, params=[1, 1 << 30], ids=["columns", "one by one"])
def _either_lane(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    for bound in ("WORTHWHILE", "WORTH_LOADING"):
        monkeypatch.setattr(tap_room, bound, request.param)


def cooked(packet: bytes, link_type: int, index: int) -> bytes:
    if link_type == SLL2:
        return struct.pack("!HHIHBB8x", 0x0800, 0, index, 1, 0, 6) + packet
    return struct.pack("!HHHQH", 0, 1, 6, 0, 0x0800) + packet


def report(frames: list[Frame], link_type: int) -> Report:
    analysis = Analysis(Settings())
    analysis.open(TAP, "tap.pcap")
    for batch in batches(frames, (1 << 20,), (Interface(None, link_type, 0),)):
        analysis.receive(batch)
    analysis.close(Ending("pcap"))
    return analysis.finish()


def seen(link_type: int, *, plain: bool, wrap: Callable[[bytes], bytes] | None) -> Report:
    """Read what a busy mail server's packets look like, plain, in a tunnel, or both."""
    found = []
    for at, packet, _ in busy().frames[TAP]:
        if plain:
            found.append(Frame(at, cooked(packet, link_type, 2), 0))
        if wrap:
            found.append(Frame(at + BEHIND, cooked(wrap(packet), link_type, 3), 0))
    return report([frame._replace(original=len(frame.octets)) for frame in found], link_type)


def said(found: Report) -> list[object]:
    """Everything that must not change: findings, deliveries, and how often each thing happened."""
    judged = [(f.code, f.severity, f.confidence) for f in found.findings]
    told = [(d.outcome, len(d.attempts)) for d in found.deliveries]
    return [judged, told, found.connection_count, found.dialogue_count, found.lookup_count]


def ends(found: Report) -> list[tuple[Endpoint, Endpoint, object, int, int]]:
    return [
        (s.client, s.server, s.outcome, s.from_client.retransmitted, s.from_server.retransmitted)
        for connection in found.connections
        for s in connection.sightings[:1]
    ]


@pytest.mark.parametrize("name", TUNNELS)
def test_what_is_inside_is_followed(name: str) -> None:
    plain, tunnelled = (seen(SLL, plain=wrap is None, wrap=wrap) for wrap in (None, TUNNELS[name]))

    assert said(plain) == said(tunnelled)
    assert ends(plain) == ends(tunnelled)


@pytest.mark.parametrize("name", TUNNELS)
def test_seen_plain_and_in_the_tunnel_at_one_place(name: str) -> None:
    """No retransmission, no loss, no second connection: each packet was captured twice, and that is what is counted."""
    plain, both = (seen(SLL, plain=True, wrap=wrap) for wrap in (None, TUNNELS[name]))

    assert said(plain) == said(both)
    assert ends(plain) == ends(both)
    sightings = [sighting for connection in both.connections for sighting in connection.sightings]
    assert {1} == {len(connection.sightings) for connection in both.connections}
    assert all(s.from_client.duplicates == s.from_client.packets for s in sightings)


@pytest.mark.parametrize("name", TUNNELS)
def test_seen_plain_at_one_place_and_in_the_tunnel_at_another(name: str) -> None:
    """Two sightings of one connection, which agree about addresses: no translation."""
    plain, both = (seen(SLL2, plain=True, wrap=wrap) for wrap in (None, TUNNELS[name]))

    assert said(plain)[:2] == said(both)[:2]
    assert ends(plain) == ends(both)
    for connection in both.connections:
        assert {("tap#if2", "tap#if3")} == {tuple(s.vantage for s in connection.sightings)}
        assert 1 == len({s.server for s in connection.sightings})
