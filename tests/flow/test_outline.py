"""A connection kept as rows says what it would say if its packets had been read one by one."""

from itertools import product
from struct import pack
from typing import Final

import pytest

from tests.flow.cable import CLIENT, SECOND, SERVER, Cable, watch
from wiretruth.flow.idle import IDLE_ESTABLISHED, IDLE_OTHERWISE
from wiretruth.flow.keys import key
from wiretruth.flow.outline import FOLLOWED, ROW, SIZE, STAMPED, WITH_MSS, Outline
from wiretruth.flow.table import TcpTable
from wiretruth.model.packet import Packet, TcpSegment
from wiretruth.model.segments import Sketch
from wiretruth.model.sighting import Finished, Opened

STORIES: Final = ("S", "SS", "S a", "S a F f", "S a F", "S r", "S a r", "F f", "r", "f R")


def told(story: str) -> Cable:
    """Packets by letters: the client's SYN, FIN and RST in capitals, the server's SYN-ACK, FIN and RST in small ones."""
    cable = Cable()
    for letter in story.replace(" ", ""):
        match letter:
            case "S":
                cable.c("S", mss=1460, ts_value=77)
            case "a":
                cable.s("SA", 0, 1, mss=1400)
            case "F":
                cable.c("FA", 1, 1)
            case "R":
                cable.c("R", 1)
            case "f":
                cable.s("FA", 1, 2)
            case _:
                cable.s("RA", 1, 1, ip_id=0)
    return cable


def row(packet: Packet, bits: int = 0) -> bytes:
    segment = packet.transport
    assert isinstance(segment, TcpSegment)
    bits |= STAMPED * (segment.ts_value is not None) | WITH_MSS * (segment.mss is not None)
    return pack(
        ROW, packet.number, packet.at, segment.seq, segment.ack, segment.ts_value or 0, segment.source_port, segment.window,
        packet.ip_id or 0, segment.mss or 0, segment.flags, packet.ttl, bits,
    )  # fmt: skip


def sketch(packets: list[Packet], bits: int = 0) -> Sketch:
    first, end = packets[0], packets[0].transport
    assert isinstance(end, TcpSegment)
    own = key(first.vantage, first.source, end.source_port, first.destination, end.destination_port)
    return Sketch(own, b"".join(row(packet, bits) for packet in packets), end.seq if end.flags & 2 else None)


def only(table: TcpTable) -> Outline:
    (outline,) = table.ended_outlines()
    return outline


@pytest.mark.parametrize(("story", "parts"), [*product(STORIES, (1, 2))])
def test_the_same_sighting(story: str, parts: int) -> None:
    """Also where the end comes in a later batch."""
    cable, table, plain = told(story), TcpTable(), TcpTable()
    halves = [cable.packets[:2], cable.packets[2:]] if parts > 1 and len(cable.packets) > 2 else [cable.packets]
    for packet in cable.packets:
        plain.receive(packet, followed=False)
    (expected,) = [e.sighting for e in plain.finish() if isinstance(e, Finished)]

    assert all(table.sketch(sketch(half)) for half in halves)
    assert () == tuple(table.finish())
    outline = only(table)
    by_one, by_other = expected.from_client.packets > 0, expected.from_server.packets > 0
    address, server, by_client = outline.ends()
    assert expected == outline.sighting()
    assert (expected.client_isn, expected.serial) == (outline.client_isn, outline.serial)
    assert (expected.client.address, expected.server) == (address, server)
    assert (by_one, by_other) == (by_client or outline.both_sent, not by_client or outline.both_sent)


@pytest.mark.parametrize("followed", [True, False])
def test_whatever_else_comes_makes_a_connection_of_it(followed: bool) -> None:
    cable, table = told("S a"), TcpTable()
    assert table.sketch(sketch(cable.packets, FOLLOWED * followed))
    cable.c("A", 1, 1)
    cable.c("PA", 1, 1, b"EHLO mta\r\n")
    events = [e for packet in cable.packets[2:] for e in table.receive(packet, followed)]
    expected = watch(told("S a").packets + cable.packets[2:]).only

    assert isinstance(events[0], Opened)
    (sighting,) = [e.sighting for e in table.finish() if isinstance(e, Finished)]
    assert [] == table.ended_outlines()
    if followed:
        assert expected == sighting


@pytest.mark.parametrize(
    ("story", "silence", "ended"),
    [
        ("S", IDLE_OTHERWISE - 5 * SECOND, 0), ("S", IDLE_OTHERWISE + SECOND, 1), ("S a", IDLE_OTHERWISE + SECOND, 0),
        ("S a", IDLE_ESTABLISHED + SECOND, 1), ("S a F f", IDLE_OTHERWISE + SECOND, 1), ("S a F", IDLE_OTHERWISE + SECOND, 0),
        ("S a r", IDLE_OTHERWISE + SECOND, 1), ("r", IDLE_OTHERWISE + SECOND, 1),
    ],
)  # fmt: skip
def test_patience_is_that_of_a_connection(story: str, silence: int, ended: int) -> None:
    cable, table, plain = told(story), TcpTable(), TcpTable()
    table.sketch(sketch(cable.packets))
    for packet in cable.packets:
        plain.receive(packet, followed=False)
    table.sweep(cable.at + silence)

    assert ended == len(table.ended_outlines()) == len(plain.sweep(cable.at + silence))


def test_an_answer_from_elsewhere_finds_it() -> None:
    cable, table = told("S"), TcpTable()
    table.sketch(sketch(cable.packets))
    answer = cable.s("SA", 0, 1, source=SERVER._replace(address="203.0.113.9"))
    events = [*table.receive(answer), *table.finish()]

    assert ["203.0.113.9"] == [
        e.sighting.reply_source.address for e in events if isinstance(e, Finished) and e.sighting.reply_source
    ]


def test_a_row_is_small() -> None:
    assert 39 == SIZE


def test_a_full_table_gives_up_outlines_in_the_order_of_opening() -> None:
    table = TcpTable(limit=3)
    for n in range(1, 8):
        cable = Cable(client=CLIENT._replace(port=n), client_isn=n, number=n)
        cable.c("S")
        table.sketch(sketch(cable.packets))
    table.sweep(0)

    assert (4, [2, 3, 4, 5]) == (table.counts.evicted, [outline.serial for outline in table.ended_outlines()])
