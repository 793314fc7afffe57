"""Ordinary rows taken at once leave a connection as it would be had they come one by one."""

import pytest

from tests.flow.cable import Cable, watch
from wiretruth.flow.recent import Recent
from wiretruth.flow.table import TcpTable
from wiretruth.model.frames import Mark
from wiretruth.model.packet import Endpoint, Packet, TcpSegment
from wiretruth.model.segments import Bundle, SegmentRows
from wiretruth.model.sighting import Finished, FlowEvent, StreamOctets, StreamRun


def rows_of(packets: list[Packet], high: Endpoint) -> SegmentRows:
    segments = [p.transport for p in packets if isinstance(p.transport, TcpSegment)]
    prints, octets, begin = b"", b"", []
    for packet, segment in zip(packets, segments, strict=True):
        recent = Recent()
        recent.note(packet, segment)
        prints += bytes(recent._rows)
        begin.append(len(octets))
        octets += segment.payload
    return SegmentRows(
        octets=memoryview(octets),
        by_high=[(p.source, s.source_port) == high for p, s in zip(packets, segments, strict=True)],
        plain=[s.flags in {16, 24} and s.window > 0 and len(s.payload) == s.length and not s.sack for s in segments],
        ending=[s.flags in {17, 25} and s.window > 0 and not s.length and not s.sack for s in segments],
        seq=[s.seq for s in segments],
        ack=[s.ack for s in segments],
        length=[s.length for s in segments],
        begin=begin,
        marks=[Mark(p.at, p.number) for p in packets],
        headers=[p.ip_length - s.length for p, s in zip(packets, segments, strict=True)],
        ttl=[p.ttl for p in packets],
        dont_fragment=[p.dont_fragment for p in packets],
        fingerprints=memoryview(prints),
        fingerprint=len(prints) // len(packets),
        packet=packets.__getitem__,
    )


def bundled(cable: Cable) -> tuple[list[FlowEvent], int]:
    """Read a cable as one bundle; tell what came of it, and how many rows were ordinary."""
    rows, table, taken = rows_of(cable.packets, cable.server), TcpTable(), 0
    bundle = Bundle("mta", cable.client, cable.server, 0, len(cable.packets), 4, None, True)
    events: list[FlowEvent] = []
    row = 0
    while row < bundle.stop:
        first = row
        row, more = table.ordinary(bundle, rows, row)
        taken += row - first
        events += more
        if row < bundle.stop:
            events += table.receive(rows.packet(row))
            row += 1
    return [*events, *table.finish()], taken


def pieces(events: list[FlowEvent]) -> list[FlowEvent]:
    return [piece for event in events for piece in (event.each() if isinstance(event, StreamRun) else (event,))]


@pytest.mark.parametrize("story", ["plain", "partly acknowledged", "headers change", "old acknowledgement", "hole"])
def test_the_same_as_one_by_one(story: str) -> None:
    cable = Cable().handshake()
    cable.s("PA", 1, 1, b"220 mx\r\n")
    for n in range(20):
        cable.c(
            "A",
            1 + 100 * n,
            9,
            b"x" * 100,
            ip_length=152 if story == "headers change" and n % 2 else 140,
            ttl=60 + n % 2,
        )
        if n % 3 == 2:
            cable.s("A", 9, 1 + 100 * (n + 1) - 50 * (story == "partly acknowledged"))
        if story == "old acknowledgement" and n == 7:
            cable.s("A", 9, 101)
    if story == "hole":
        del cable.packets[10]
    cable.s("A", 9, 2001)
    cable.close(2001, 9)
    events, taken = bundled(cable)
    expected = watch(cable.packets).events

    assert expected == pieces(events)
    assert taken > (3 if story == "hole" else 15)
    assert any(isinstance(e, StreamRun) and len(e.ends) > 1 for e in events)


def test_runs_end_where_the_other_side_speaks() -> None:
    cable = Cable().handshake()
    cable.s("PA", 1, 1, b"220 mx\r\n")
    cable.c("A", 1, 9, b"EH")
    cable.c("PA", 3, 9, b"LO\r\n")
    cable.s("PA", 9, 7, b"250 ok\r\n")
    events = [e for e in bundled(cable)[0] if isinstance(e, StreamRun | StreamOctets)]

    assert [(False, b"220 mx\r\n"), (True, b"EHLO\r\n"), (False, b"250 ok\r\n")] == [
        (e.from_client, e.octets) for e in events
    ]


def test_nothing_is_ordinary_before_the_handshake() -> None:
    cable = Cable()
    cable.c("A", 1, 1, b"x")

    assert 0 == bundled(cable)[1]
    assert [Finished] == [type(e) for e in bundled(cable)[0][-1:]]
