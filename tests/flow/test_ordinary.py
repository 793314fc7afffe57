"""Ordinary rows taken at once leave a connection as it would be had they come one by one."""

from collections.abc import Iterable
from itertools import cycle
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

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


def bundled(cable: Cable, sizes: Iterable[int] = (1 << 20,)) -> tuple[list[FlowEvent], int]:
    """Read a cable as bundles of these sizes; tell what came of it, and how many rows were ordinary."""
    table, taken, row = TcpTable(), 0, 0
    rows = rows_of(cable.packets, cable.server)
    events: list[FlowEvent] = []
    for size in cycle(sizes):
        bundle = Bundle("mta", cable.client, cable.server, row, min(row + size, len(cable.packets)), 4, None, True)
        while row < bundle.stop:
            first = row
            row, more = table.ordinary(bundle, rows, row)
            taken += row - first
            events += more
            if row < bundle.stop:
                events += table.receive(rows.packet(row))
                row += 1
        if row == len(cable.packets):
            break
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


def test_a_tidy_connection_needs_packets_only_to_open() -> None:
    cable = Cable().handshake()
    cable.s("PA", 1, 1, b"220 mx\r\n")
    cable.c("PA", 1, 9, b"QUIT\r\n")
    cable.close(7, 9)
    events, taken = bundled(cable)

    assert watch(cable.packets).events == pieces(events)
    assert len(cable.packets) - len(("SYN", "SYN-ACK")) == taken


def session(random: Random) -> Cable:
    """A whole session: both sides speak in turn, then close in either order."""
    cable = Cable(client_isn=random.choice([1000, (1 << 32) - 700]), server_isn=random.choice([900_000, (1 << 32) - 9]))
    cable.handshake(random.choice([1460, 300, None]))
    sent = {True: 1, False: 1}
    for _ in range(random.randrange(12)):
        client = random.random() < 0.5
        for _ in range(random.choice([1, 1, 5])):
            octets = random.randbytes(random.choice([1, 9, 200, 700]))
            (cable.c if client else cable.s)(
                "PA",
                sent[client],
                sent[not client] - random.choice([0, 0, 0, 3]),
                octets,
                dont_fragment=random.random() < 0.9,
            )
            sent[client] += len(octets)
            if random.random() < 0.4:
                (cable.s if client else cable.c)("A", sent[not client], sent[client] - random.choice([0, 0, 0, 100]))
    first = random.random() < 0.5
    for client in (first, not first):
        (cable.c if client else cable.s)("FA", sent[client], sent[not client])
        sent[client] += 1
        if random.random() < 0.5:
            (cable.s if client else cable.c)("A", sent[not client], sent[client])
    return cable


def disturb(packets: list[Packet], random: Random) -> list[Packet]:
    """Lose, repeat, swap and change some packets; count the frames anew."""
    packets = list(packets)
    for _ in range(random.choice([0, 1, 1, 4])):
        place = random.randrange(len(packets))
        packet = packets[place]
        segment = packet.transport
        assert isinstance(segment, TcpSegment)
        changed = {
            "ttl": packet._replace(ttl=63),
            "headers": packet._replace(ip_length=packet.ip_length + 12),
            "window": packet._replace(transport=segment._replace(window=0)),
            "acknowledgement": packet._replace(transport=segment._replace(ack=(segment.ack + 50) % (1 << 32))),
            "number": packet._replace(transport=segment._replace(seq=(segment.seq - 1) % (1 << 32))),
            "end": packet._replace(transport=segment._replace(flags=segment.flags | 1)),
            "reset": packet._replace(transport=segment._replace(flags=20)),
        }
        what = random.choice(["lose", "repeat", "later", *changed])
        if what in changed:
            packets[place] = changed[what]
        elif what != "repeat":
            del packets[place]
        if what in {"repeat", "later"}:
            packets.insert(min(place + random.randrange(4), len(packets)), packet)
        if not packets:
            return packets
    return [packet._replace(number=n, at=packet.at + n) for n, packet in enumerate(packets, 1)]


@settings(max_examples=300)
@given(st.integers(0, 1 << 32), st.lists(st.integers(1, 30), min_size=1, max_size=3))
def test_disturbed_sessions_are_the_same_as_one_by_one(seed: int, sizes: list[int]) -> None:
    random = Random(seed)
    cable = session(random)
    cable.packets = disturb(cable.packets, random)

    assert watch(cable.packets).events == pieces(bundled(cable, sizes)[0])


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
