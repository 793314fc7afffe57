"""Second sightings of one packet, and what only looks like them."""

from typing import Any

import pytest

from tests.flow.cable import MILLISECOND, SECOND, Cable
from wiretruth.flow.recent import REMEMBERED, REMEMBERED_ERRORS, Recent, RecentErrors
from wiretruth.model.packet import Packet, TcpSegment


def repeats(recent: Recent, packet: Packet) -> bool:
    assert isinstance(packet.transport, TcpSegment)
    return recent.repeats(packet, packet.transport)


@pytest.mark.parametrize(
    ("outer", "inner", "later", "same"),
    [
        ({}, {}, 0, True),
        ({"ttl": 63}, {}, 20 * MILLISECOND, True),
        ({}, {}, SECOND + 1, False),
        ({}, {}, -SECOND - 1, False),
        ({"ip_id": 8}, {}, 0, False),
        ({}, {"seq": 5}, 0, False),
        ({}, {"ack": 5}, 0, False),
        ({}, {"flags": 0x18}, 0, False),
        ({}, {"length": 5}, 0, False),
        ({}, {"source_port": 7}, 0, False),
    ],
)
def test_identification_tells(outer: dict[str, Any], inner: dict[str, Any], later: int, same: bool) -> None:
    first = Cable().c("A", 1, 1, b"abc", ip_id=7)
    assert isinstance(first.transport, TcpSegment)
    second = first._replace(at=first.at + later, transport=first.transport._replace(**inner), **outer)
    recent = Recent()

    assert (False, same) == (repeats(recent, first), repeats(recent, second))


@pytest.mark.parametrize("ip_id", [0, None])
@pytest.mark.parametrize(
    ("outer", "inner", "later", "same"),
    [
        ({}, {}, MILLISECOND // 10, True),
        ({}, {}, 2 * MILLISECOND, False),
        ({"ttl": 63}, {}, 2 * MILLISECOND, True),
        ({"ttl": 63}, {}, SECOND, False),
        ({}, {"window": 1}, 0, False),
        ({}, {"ts_value": 1}, 0, False),
        ({}, {"sack": ((5, 9),)}, 0, False),
    ],
)
def test_without_identification_the_moment_tells(
    ip_id: int | None, outer: dict[str, Any], inner: dict[str, Any], later: int, same: bool
) -> None:
    """SYN-ACKs and IPv6 have none: only the same moment, or another TTL soon after, makes two sightings one packet."""
    first = Cable().c("A", 1, 1, b"abc", ip_id=ip_id)
    assert isinstance(first.transport, TcpSegment)
    second = first._replace(at=first.at + later, transport=first.transport._replace(**inner), **outer)
    recent = Recent()

    assert (False, same) == (repeats(recent, first), repeats(recent, second))


def test_memory_is_bounded() -> None:
    """The first of very many packets is forgotten, the last ones are not."""
    cable, recent = Cable(step=0), Recent()
    packets = [cable.c("A", seq) for seq in range(3 * REMEMBERED)]
    for packet in packets:
        repeats(recent, packet)

    assert (False, True) == (repeats(recent, packets[0]), repeats(recent, packets[-REMEMBERED + 1]))
    assert 42 * REMEMBERED == len(recent._rows)


def test_found_only_where_a_row_begins() -> None:
    """Of octets that look like a fingerprint across two rows, nothing is believed."""
    cable, recent = Cable(step=0), Recent()
    zeros = [cable.c("A", 0, ack, ip_id=0) for ack in range(50)]

    assert [False] * 50 == [repeats(recent, packet) for packet in zeros]


def test_icmp_errors_repeat_too() -> None:
    cable, recent = Cable(), RecentErrors()
    error = cable.error(cable.c("S"))

    assert [False, True, False] == [recent.repeats(error, (3, n)) for n in (1, 1, 2)]


def test_errors_remembered_are_bounded() -> None:
    recent, error = RecentErrors(), Cable().error(Cable().c("S"))
    told = [recent.repeats(error, (n,)) for n in (*range(REMEMBERED_ERRORS + 1), 1, 0)]

    assert [True, False] == told[-2:]
