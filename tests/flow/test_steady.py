"""What was followed in columns goes on as a connection."""

from typing import Any

from wiretruth.flow.steady import Side, Steady, resumed
from wiretruth.model.frames import Mark
from wiretruth.model.packet import Endpoint
from wiretruth.model.sighting import Outcome, SegmentMark, moments

SYN, SYN_ACK, LAST = Mark(10, 1), Mark(20, 2), Mark(50, 5)
NOBODY = Side(0, 0, 1, 0, None, 0, 0, 0, None, 0, False, False, (None,) * 5, (), b"")


def client(**more: Any) -> Side:
    side = Side(
        1000, 6, 6, 3, 1460, 64, 52, 57, 7, 64240, False, True, (SYN, LAST, Mark(30, 3), Mark(30, 3), LAST), (), b"QUIT"
    )
    return side._replace(**more)


def server(**more: Any) -> Side:
    side = Side(
        9000, 2, 2, 2, 1400, 57, 52, 0, 8, 65535, False, True, (SYN_ACK, Mark(40, 4), None, None, Mark(40, 4)), (), b""
    )
    return side._replace(**more)


def known(from_client: Side, from_server: Side) -> Steady:
    ends = Endpoint("192.0.2.1", 40_000), Endpoint("198.51.100.10", 25)
    return Steady(1, "tap", *ends, 77, Mark(25, 3), from_client, from_server, b"")


def test_a_closed_connection() -> None:
    sighting = resumed(known(client(), server())).sighting()

    assert (Outcome.ESTABLISHED, LAST, 77) == (sighting.outcome, sighting.closed, sighting.client_ts)
    assert (1000, 9000) == (sighting.client_isn, sighting.server_isn)
    assert ((SegmentMark(10, 1, 64, 7, 64240),), (SegmentMark(20, 2, 57, 8, 65535),)) == (
        sighting.syns,
        sighting.syn_acks,
    )
    assert (3, 4, 4, 57) == (
        sighting.from_client.packets, sighting.from_client.octets, sighting.from_client.acknowledged_octets,
        sighting.from_client.largest_acknowledged,
    )  # fmt: skip
    assert moments(SYN, LAST, Mark(30, 3), Mark(30, 3), LAST) == sighting.from_client.moments
    assert sighting.from_client.unacknowledged is None


def test_what_is_under_way() -> None:
    open_ = client(fin=False, sent=11, acknowledged=6, under_way=((11, 57, Mark(30, 3)),))
    stuck = resumed(known(open_, server(fin=False, sent=1, acknowledged=1))).sighting().from_client.unacknowledged

    assert stuck is not None
    assert (5, Mark(30, 3), 1, 57) == (stuck.octets, stuck.first, stuck.sendings, stuck.smallest)


def test_a_lone_syn() -> None:
    alone = client(
        sent=1, acknowledged=1, packets=1, fin=False, headers=0, marks=(SYN, SYN, None, None, None), recalled=b""
    )
    sighting = resumed(known(alone, NOBODY)._replace(established=None)).sighting()

    assert (Outcome.UNANSWERED, 0, SYN) == (sighting.outcome, sighting.from_server.packets, sighting.last)


def test_what_might_be_divided() -> None:
    assert not resumed(known(client(fragmentable=True), server())).sighting().from_client.dont_fragment
    assert resumed(known(client(), server())).sighting().from_client.dont_fragment
