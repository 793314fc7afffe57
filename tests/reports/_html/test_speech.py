"""What was sent, packet by packet."""

from dataclasses import replace

import pytest

from tests.reports import scenes
from wiretruth.model.connection import Connection
from wiretruth.model.frames import Mark
from wiretruth.model.packet import Endpoint
from wiretruth.model.sighting import (
    HalfStream,
    Outcome,
    Rejection,
    Reset,
    SegmentMark,
    Sighting,
    Unacknowledged,
    moments,
)
from wiretruth.reports._html.speech import Speech, of_connection, of_lookup

SECOND = scenes.SECOND
CLIENT, SERVER = Endpoint("10.10.0.5", 1), Endpoint("192.0.2.66", 25)


def syns(*moments_and_ids: tuple[int, int | None]) -> tuple[SegmentMark, ...]:
    return tuple(SegmentMark(at, n, 64, ip_id) for n, (at, ip_id) in enumerate(moments_and_ids, 1))


def bare(vantage: str = "lan", **changes: object) -> Sighting:
    made = replace(scenes.sighting(outcome=Outcome.UNANSWERED), vantage=vantage, established=None, syns=())
    return replace(made, **changes)  # type: ignore[arg-type] # the fields are checked when they are made


def said(*sightings: Sighting) -> list[Speech]:
    return sorted(of_connection(Connection(sightings)), key=lambda s: (s.at, s.frame))


def test_the_seed_in_the_order_of_its_frames() -> None:
    told = [
        (s.frame, s.from_client, s.label) for s in sorted(of_connection(scenes.connection()), key=lambda s: s.frame)
    ]

    assert [
        (7, True, "SYN"),
        (9, True, "ACK"),
        (10, False, "220 relay.other.example ESMTP"),
        (12, True, "EHLO mta.corp.example"),
        (14, False, "250 relay.other.example PIPELINING 8BITMIME ENHANCEDSTATUSCODES DSN"),
        (
            15,
            True,
            "MAIL FROM:<alice@corp.example>, RCPT TO:<bob@example.net> ORCPT=rfc822;bob@example.net, DATA",
        ),
        (16, False, "250 2.1.0 Ok, 250 2.1.5 Ok, 354 End data with <CR><LF>.<CR><LF>"),
        (17, True, "end of the message (551 octets)"),
        (18, False, "250 2.0.0 Ok"),
    ] == told


def test_one_syn_seen_at_two_places_is_one() -> None:
    (one,) = said(bare("lan", syns=syns((0, 7))), bare("wan", syns=syns((100, 7))))

    assert (("lan", 1), ("wan", 1)) == one.places


def test_sendings_are_told_apart_by_their_identification() -> None:
    """The second place saw only the second sending."""
    first, second = said(bare("lan", syns=syns((0, 7), (SECOND, 8))), bare("wan", syns=syns((SECOND, 8))))

    assert ((("lan", 1),), False) == (first.places, first.again)
    assert ((("lan", 2), ("wan", 1)), True) == (second.places, second.again)


def test_without_identification_time_tells_sendings_apart() -> None:
    first, second = said(bare("lan", syns=syns((0, None), (SECOND, None))), bare("wan", syns=syns((SECOND + 5, None))))

    assert (1, 2) == (len(first.places), len(second.places))


def test_a_syn_that_nobody_answered_did_not_arrive_as_far_as_seen() -> None:
    first, second = said(bare(syns=syns((0, 1), (SECOND, 2)), established=Mark(SECOND + 9, 5)))[:2]

    assert (False, True) == (first.arrived, second.arrived)


def test_what_was_sent_again_and_again() -> None:
    marks = (Mark(1, 10), Mark(2 * SECOND, 20), Mark(5 * SECOND, 30))
    stuck = Unacknowledged(1448, marks[0], marks[2], 3, (10, 20, 30), 1500, True, False, marks)
    told = said(bare(from_client=HalfStream(unacknowledged=stuck)))

    assert [
        "not acknowledged, sending 1 of 3",
        "not acknowledged, sending 2 of 3",
        "not acknowledged, sending 3 of 3",
    ] == [s.label for s in told]
    assert [False, True, True] == [s.again for s in told]
    assert not any(s.arrived for s in told)


def test_sent_once_is_not_sent_in_vain() -> None:
    stuck = Unacknowledged(1448, Mark(1, 10), Mark(1, 10), 1, (10,), 1500, True, False)

    assert [] == said(bare(from_client=HalfStream(unacknowledged=stuck)))


def test_what_came_behind_it_was_not_seen_to_arrive_either() -> None:
    stuck = Unacknowledged(9, Mark(scenes.at(900), 15), Mark(scenes.at(900), 15), 1, (15,), 1500, True, False)
    there = scenes.connection(from_client=HalfStream(unacknowledged=stuck))
    arrived = {s.label.split()[0]: s.arrived for s in of_connection(there) if s.from_client}

    assert (True, False, False) == (arrived["EHLO"], arrived["MAIL"], arrived["end"])


def test_resets_errors_and_the_end() -> None:
    rejection = Rejection(3, 12, "10.10.0.1", 4, 3, 4, 1400, CLIENT, SERVER, 63, False)
    told = said(
        bare(
            resets=(Reset(1, 10, False, 64, None, 0, True, False),),
            rejections=(rejection,),
            from_server=HalfStream(moments=moments(fin=Mark(2, 11))),
        )
    )

    assert [
        ("reset", "RST", False),
        ("close", "FIN", False),
        ("error", "ICMP from 10.10.0.1: fragmentation needed, next-hop MTU 1400", False),
    ] == [(s.kind, s.label, s.from_client) for s in told]


def test_octets_that_were_no_dialogue() -> None:
    half = HalfStream(moments=moments(first_data=Mark(1, 10), last_data=Mark(2, 11)))

    assert ["first octets", "last octets"] == [s.label for s in said(bare(from_server=half))]


@pytest.mark.parametrize(
    ("rcode", "expected"), [("NOERROR", ["MX x.example?", "10 mail.example.net"]), (None, ["MX x.example?"])]
)
def test_a_lookup(rcode: str | None, expected: list[str]) -> None:
    tied = scenes.lookup("x.example", "MX", "10 mail.example.net", 3, scenes.at(0), rcode=rcode)
    told = list(of_lookup(tied))

    assert expected == [s.label for s in told]
    assert (rcode is not None) == told[0].arrived
