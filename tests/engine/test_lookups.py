"""Datagrams, streams and ICMP errors become lookups."""

import dns.message
import pytest

from tests.engine.stage import read
from tests.rules.packets import ACK, PSH, UDP, ip, udp
from tests.rules.scene import GATEWAY, MTA, RESOLVER, SECOND, Scene
from tests.rules.session import Session
from wiretruth.engine import lookups
from wiretruth.engine.lookups import LookupLane
from wiretruth.engine.settings import Settings
from wiretruth.model.dns import Lookup
from wiretruth.model.packet import Endpoint
from wiretruth.model.sighting import Opened, StreamGap, StreamOctets


def looked_up(scene: Scene) -> list[Lookup]:
    return [x for t in read(scene, settings=Settings(every_lookup=True)).lookups for x in t.sightings]


def over_tcp(scene: Scene, *pieces: int, port: int = 53) -> None:
    """Ask and answer over TCP, the response in segments that end at these places."""
    query = dns.message.make_query("example.net", "MX", id=7)
    response = dns.message.make_response(query)
    response.answer.append(dns.rrset.from_text("example.net.", 300, "IN", "MX", "10 mail.example.net."))
    session = Session(scene, RESOLVER, port).connect()
    asked, said = ((len(w := m.to_wire())).to_bytes(2, "big") + w for m in (query, response))
    session.send(True, PSH | ACK, asked)
    for start, stop in zip((0, *pieces), (*pieces, len(said)), strict=True):
        session.send(False, PSH | ACK, said[start:stop])
        session.acknowledge()
    session.close()


@pytest.mark.parametrize("pieces", [(), (1,), (2,), (1, 2, 14, 20), tuple(range(1, 40))])
def test_over_tcp_in_any_segments(pieces: tuple[int, ...]) -> None:
    scene = Scene()
    over_tcp(scene, *pieces)

    assert [("tcp", "NOERROR", ["10 mail.example.net"])] == [
        (x.transport, x.rcode, [r.data for r in x.answers]) for x in looked_up(scene)
    ]


def test_other_connections_carry_no_lookups() -> None:
    scene = Scene()
    over_tcp(scene, port=5300)

    assert [] == looked_up(scene)


def test_an_error_that_quotes_a_query() -> None:
    scene = Scene()
    asked = scene.ask("example.net", "MX")
    scene.icmp(GATEWAY, asked.packet, 3, 13)
    (one,) = looked_up(scene)

    assert [(GATEWAY, 3, 13, 4, RESOLVER)] == [
        (r.sender, r.type, r.code, r.version, r.quoted_destination.address) for r in one.rejections
    ]


def test_an_error_that_quotes_no_id() -> None:
    """Eight octets of UDP are all that RFC 792 asks for: the one query under way between these ends is meant."""
    scene = Scene()
    asked = scene.ask("example.net", "MX")
    scene.icmp(GATEWAY, asked.packet[:28], 3, 3)
    (one,) = looked_up(scene)

    assert 1 == len(one.rejections)


def test_streams_are_bounded_and_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lookups, "MAX_STREAMS", 2)
    lane = LookupLane()
    for serial in range(5):
        lane.stream(Opened(serial, "tap", Endpoint("192.0.2.1", 1000 + serial), Endpoint(RESOLVER, 53), 0, 1))
        lane.stream(StreamOctets(serial, True, 0, 1, b"\xff\xff" + bytes(1000)))
    lane.stream(StreamOctets(0, True, 0, 1, b"late"))
    lane.stream(StreamGap(1, True, 0, 1, 4))

    assert ([3, 4], 3) == (list(lane._streams), lane.streams_dropped)


def test_time_passes_for_those_who_watch() -> None:
    scene = Scene()
    scene.ask("example.net", "MX")
    lane = LookupLane()
    lane.advance(SECOND, [])

    assert [] == lane.finish()
    assert 1 == len(looked_up(scene))


def faults(scene: Scene) -> list[tuple[int | None, str, int]]:
    """Give frame, place and offset of what the report says to be damaged."""
    return [
        (fault.frame, fault.where, fault.offset)
        for fault in read(scene, settings=Settings(every_lookup=True)).inputs[0].faults
    ]


def garbled(scene: Scene, octets: bytes, port: int = 53) -> int:
    return scene.put(ip(RESOLVER, MTA, UDP, udp((port, 40_001), octets)))


@pytest.mark.parametrize(
    ("octets", "where", "offset"),
    [
        (b"\0\7\x81\x80\0\1\0\0", "dns header", 8),
        (b"\0\7\x81\x80\0\1\0\0\0\0\0\0\xc0\x0c\0\1\0\1", "dns question 1", 12),
        (b"\0\7\x81\x80\0\1\0\1\0\0\0\0\1a\0\0\1\0\1\1a\0\0\1\0\1\0\0\0\1\0\4\1\2", "dns answer 1", 32),
    ],
    ids=["a header cut", "a pointer to itself", "a record beyond the end"],
)
def test_damage_of_a_message_is_told_with_its_frame_and_place(octets: bytes, where: str, offset: int) -> None:
    scene = Scene()
    number = garbled(scene, octets)

    assert [(number, where, offset)] == faults(scene)


def test_what_the_capture_cut_is_no_damage() -> None:
    scene = Scene(snap=60)
    scene.told("example.net", "MX", "10 mail.example.net.")

    assert [] == faults(scene)


def test_a_stream_that_cannot_be_cut_into_messages_is_told_once() -> None:
    scene = Scene()
    session = Session(scene, RESOLVER, 53).connect()
    number = session.send(True, PSH | ACK, b"\0\1xxxx\0\2yyyy")
    session.close()

    assert [(number, "dns stream", 0)] == faults(scene)
