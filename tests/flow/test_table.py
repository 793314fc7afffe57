"""Packets find their connection; nothing grows without bound."""

from itertools import pairwise
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.flow.cable import CLIENT, SECOND, SERVER, Cable, watch
from wiretruth.flow.idle import IDLE_ESTABLISHED, IDLE_OTHERWISE
from wiretruth.flow.table import SWEEP, TcpTable
from wiretruth.model.packet import TCP, Endpoint, Packet, TcpSegment
from wiretruth.model.sighting import Finished, Opened, Outcome, StreamGap, StreamOctets

LOOPBACK = Endpoint("127.0.0.1", 10025)
AT_MOST = 30.0
"""Seconds of work for a storm of 50,000 packets: linear cost needs two or three."""


def redirected(answer: str = "SA") -> Cable:
    """Physics P2: on ``lo`` the client's packets go to the proxy, the answers come from whom it asked."""
    cable = Cable()
    cable.c("S", destination=LOOPBACK)
    cable.s(answer, 0, 1)
    return cable


def test_redirected_connection_is_one_sighting() -> None:
    cable = redirected()
    cable.c("A", 1, 1, destination=LOOPBACK)
    cable.s("PA", 1, 1, b"220 hi\r\n")
    cable.c("PA", 1, 9, b"QUIT\r\n", destination=LOOPBACK)
    cable.s("A", 9, 7)
    seen = watch(cable.packets)

    assert (CLIENT, LOOPBACK, SERVER, Outcome.ESTABLISHED) == (
        seen.only.client, seen.only.server, seen.only.reply_source, seen.only.outcome
    )  # fmt: skip
    assert (b"QUIT\r\n", b"220 hi\r\n") == (seen.octets(True), seen.octets(False))


def test_redirected_connection_may_be_refused() -> None:
    sighting = watch(redirected("RA").packets).only

    assert (SERVER, Outcome.REFUSED) == (sighting.reply_source, sighting.outcome)


@pytest.mark.parametrize(
    "changed",
    [{"ack": 77}, {"source": SERVER, "destination": Endpoint("192.0.2.1", 40001)}, {"flags": 0x02}],
    ids=["other number", "other client", "no acknowledgement"],
)
def test_answers_from_elsewhere_must_fit(changed: dict[str, object]) -> None:
    cable = redirected()
    answer = cable.packets[1]
    assert isinstance(answer.transport, TcpSegment)
    ends = {k: v for k, v in changed.items() if k in ("ack", "flags")}
    segment = answer.transport._replace(**ends)  # type: ignore[arg-type] # a table of odd changes
    if "destination" in changed:
        segment = segment._replace(destination_port=40001)
    cable.packets[1] = answer._replace(transport=segment)

    assert 2 == len(watch(cable.packets).sightings)


def test_plain_answer_has_no_other_source() -> None:
    assert None is watch(Cable().handshake().packets).only.reply_source


def test_vantages_never_meet() -> None:
    one, other = Cable(vantage="lan").handshake(), Cable(vantage="wan").handshake()
    mixed = [p for pair in zip(one.packets, other.packets, strict=True) for p in pair]

    assert [("lan", 3), ("wan", 3)] == [
        (s.vantage, s.from_client.packets + s.from_server.packets) for s in watch(mixed).sightings
    ]


def test_repeated_syn_is_the_same_connection() -> None:
    cable = Cable()
    cable.c("S")
    cable.wait(SECOND).c("S")

    assert 2 == watch(cable.packets).only.syn_count


def test_syn_with_another_number_is_another_connection() -> None:
    """Port reuse: the first one ends there."""
    cable = Cable().handshake().close()
    cable.client_isn, cable.server_isn = 5_000_000, 7_000_000
    cable.handshake()
    seen = watch(cable.packets)

    assert [(1, 1000), (7, 5_000_000)] == [(s.serial, s.client_isn) for s in seen.sightings]
    assert [Opened, Finished, Opened, Finished] == [type(e) for e in seen.events]


def test_port_reuse_with_its_syn_not_seen() -> None:
    """The SYN-ACK acknowledges another SYN."""
    cable = Cable().handshake().close()
    cable.client_isn, cable.server_isn = 5_000_000, 7_000_000
    cable.s("SA", 0, 1)
    cable.c("A", 1, 1)

    assert [(1000, Outcome.ESTABLISHED), (5_000_000, Outcome.MIDSTREAM)] == [
        (s.client_isn, s.outcome) for s in watch(cable.packets).sightings
    ]


def test_port_reuse_by_the_other_side() -> None:
    cable = Cable().handshake().close()
    back = Cable(client=SERVER, server=CLIENT, client_isn=77, number=cable.number, at=cable.at).handshake()

    assert [CLIENT, SERVER] == [s.client for s in watch([*cable.packets, *back.packets]).sightings]


@pytest.mark.parametrize(("pause", "sightings"), [(IDLE_ESTABLISHED - SWEEP, 1), (IDLE_ESTABLISHED + 2 * SWEEP, 2)])
def test_established_connection_may_rest(pause: int, sightings: int) -> None:
    """Other traffic goes on; then the connection does."""
    cable, other = Cable().handshake(), Cable(client=Endpoint("192.0.2.9", 9))
    for passed in range(0, pause, SWEEP):
        other.at = cable.at + passed
        cable.packets.append(other.c("A", 1, 1, ip_id=passed // SWEEP % 60000 + 1))
    cable.wait(pause).c("A", 1, 1, b"x")

    assert sightings == len([s for s in watch(cable.packets, sweeping=True).sightings if s.client == CLIENT])


@pytest.mark.parametrize("story", ["injected reset", "midstream"])
def test_session_under_way_is_not_cut_by_a_pause(story: str) -> None:
    """A reset that did not end it, or a beginning not seen, make it no shorter-lived."""
    cable = Cable()
    if story == "injected reset":
        cable.handshake().s("R", 5000)
    cable.c("PA", 1, 1, b"EHLO\r\n")
    other = Cable(client=Endpoint("192.0.2.9", 9), at=cable.at + 2 * IDLE_OTHERWISE)
    cable.packets += [other.c("A", 1, 1) for _ in range(3)]
    cable.wait(3 * IDLE_OTHERWISE).s("PA", 1, 7, b"250 ok\r\n")

    assert 1 == len([s for s in watch(cable.packets, sweeping=True).sightings if CLIENT in (s.client, s.server)])


def test_idle_attempt_ends_while_others_go_on() -> None:
    cable = Cable()
    cable.c("S")
    other = Cable(client=Endpoint("192.0.2.9", 9), at=cable.at + IDLE_OTHERWISE + SWEEP)
    events = watch([*cable.packets, *(other.c("A", 1, 1) for _ in range(3))], sweeping=True).events

    assert [Opened, Opened, Finished, Finished] == [type(e) for e in events]
    assert [CLIENT] == [e.sighting.client for e in events[:3] if isinstance(e, Finished)]


def test_one_mad_clock_ends_nothing() -> None:
    """A single frame from the next century, among ordinary ones; and clocks that jump back."""
    cable = Cable().handshake()
    mad = Cable(client=Endpoint("192.0.2.9", 9), at=cable.at * 2)
    cable.packets.append(mad.c("A", 1, 1))
    cable.c("PA", 1, 1, b"x")
    cable.wait(-(10**12)).s("A", 1, 2)

    assert 1 == len([s for s in watch(cable.packets, sweeping=True).sightings if s.client == CLIENT])


def test_full_table_gives_up_who_never_connected() -> None:
    table, limit = TcpTable(limit=100), 100
    good = Cable().handshake()
    flood = [Cable(client=Endpoint("192.0.2.2", n), client_isn=n * 977).c("S", ip_id=n) for n in range(1, 301)]
    seen = watch([*good.packets, *flood], table, sweeping=True)
    ended = [e.sighting.client for e in seen.events[: -limit // 2] if isinstance(e, Finished)]

    assert (301, 201) == (len(seen.sightings), table.counts.evicted)
    assert CLIENT not in ended[:200]


def test_full_table_of_established_ones_gives_up_the_longest_idle() -> None:
    table = TcpTable(limit=10)
    cables = [
        Cable(client=Endpoint("192.0.2.2", n), client_isn=n * 977, at=n * SECOND, number=3 * n).handshake()
        for n in range(1, 13)
    ]
    for packet in (p for c in cables for p in c.packets):
        table.receive(packet)
    given_up = [e.sighting.client.port for e in table.sweep(12 * SECOND) if isinstance(e, Finished)]

    assert (2, [1, 2]) == (table.counts.evicted, given_up)


def test_segments_are_never_kept_by_a_full_table_beyond_its_limit() -> None:
    table = TcpTable(limit=50)
    for n in range(500):
        table.receive(Cable(client=Endpoint("192.0.2.2", n + 1), client_isn=n * 977, number=n).c("S", ip_id=n + 1))
        table.sweep(n)
        assert len(table._open) <= 50 >= len(table._by_isn)
        assert len(table._by_key) <= 100


def lone_syns(count: int, start: int = 0) -> list[Packet]:
    return [
        Packet(
            "mta", n + 1, start + n * 1000, f"10.{n >> 16}.{n >> 8 & 255}.{n & 255}", SERVER.address, TCP, 64, n % 65535,
            False, 40, TcpSegment(1024 + n % 60000, 25, n * 7919 % (1 << 32), 0, 2, 1024, b"", 0),
        )
        for n in range(count)
    ]  # fmt: skip


def test_flood_of_syns_is_linear() -> None:
    begin, table = process_time(), TcpTable(limit=2000)
    for packet in lone_syns(50_000):
        table.receive(packet)
        if packet.number % 1000 == 0:
            table.sweep(packet.at)

    assert process_time() - begin < AT_MOST


def test_tiny_segments_behind_a_hole_are_linear() -> None:
    """In reverse, all of them acknowledged selectively."""
    begin, table, cable = process_time(), TcpTable(), Cable(step=0).handshake()
    for n in range(50_000, 0, -1):
        cable.c("A", 2 * n, 1, b"x")
        cable.s("A", 1, 1, sack=((1000 + 2 * n, 1000 + 2 * n + 1), (0, 1 << 31)))
    for packet in cable.packets:
        table.receive(packet)

    assert process_time() - begin < AT_MOST


@given(st.data())
def test_any_packets_raise_nothing_and_end(data: st.DataObject) -> None:
    """Every sighting that is opened is finished once, in a run that can be repeated."""
    numbers = st.sampled_from([0, 1, 2, 5, 9, 1000, 1 << 20, (1 << 31) - 1, 1 << 31, (1 << 32) - 1])
    cable = Cable(client_isn=(1 << 32) - 3, server_isn=0)
    for _ in range(data.draw(st.integers(1, 25))):
        flags = "".join(data.draw(st.sets(st.sampled_from("SAFR"))))
        send = cable.c if data.draw(st.booleans()) else cable.s
        payload = data.draw(st.binary(max_size=3))
        packet = send(
            flags, data.draw(numbers), data.draw(numbers), payload, length=len(payload) + data.draw(st.integers(0, 2)),
            sack=tuple(data.draw(st.lists(st.tuples(numbers, numbers), max_size=2))), window=data.draw(st.integers(0, 1)),
            mss=data.draw(st.sampled_from([None, 0, 1, 1460, 65535])),
        )  # fmt: skip
        cable.wait(data.draw(st.sampled_from([0, SECOND, -SECOND, IDLE_OTHERWISE * 2])))
        if data.draw(st.integers(0, 4)) == 0:
            cable.error(packet)
    one, again = watch(cable.packets), watch(cable.packets)

    assert one.events == again.events
    opened = [e.serial for e in one.events if isinstance(e, Opened)]
    assert sorted(set(opened)) == opened == sorted(s.serial for s in one.sightings)


@given(st.permutations(range(12)))
def test_frames_never_go_back(order: list[int]) -> None:
    """Whatever order segments come in, what a dialogue reads is in packet order."""
    cable = Cable().handshake()
    for n in order:
        cable.c("PA", 1 + 10 * n, 1, b"0123456789")
    seen = watch(cable.packets)
    frames = [e.frame for e in seen.events if isinstance(e, Opened | StreamOctets | StreamGap)]

    assert b"0123456789" * 12 == seen.octets(True)
    assert all(one <= other for one, other in pairwise(frames))


def test_syn_with_rst_opens_nothing_that_an_answer_could_find() -> None:
    """Nonsense that scanners send: it is a reset, and no connection attempt."""
    cable = Cable()
    cable.c("SR")
    cable.wait(2 * IDLE_OTHERWISE).s("SA", 0, 1)
    cable.c("SR", 5)
    cable.s("SA", 0, 1, source=Endpoint("203.0.113.5", 25))

    assert [0, 0, 0] == [s.syn_count for s in watch(cable.packets).sightings]
