"""One connection: handshake, roles, resets, errors, and the octets of both sides."""

from dataclasses import replace
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.flow.cable import CLIENT, MILLISECOND, MODULUS, SERVER, Cable, relabelled, watch
from wiretruth.model.frames import Mark
from wiretruth.model.packet import Endpoint, Packet, TcpSegment
from wiretruth.model.sighting import KEPT_FRAMES, Opened, Outcome, Sighting, StreamGap, StreamOctets


def session(cable: Cable | None = None, turns: int = 5) -> Cable:
    """A whole dialogue: the server greets, each side takes its turns, both close."""
    cable = (cable or Cable()).handshake()
    client = server = 1
    for turn in range(turns):
        reply, command = b"250 reply %d\r\n" % turn, b"NOOP number %d\r\n" % turn
        cable.s("PA", server, client, reply)
        server += len(reply)
        cable.c("A", client, server)
        cable.c("PA", client, server, command)
        client += len(command)
        cable.s("A", server, client)
    return cable.close(client, server)


def text(turns: int = 5) -> tuple[bytes, bytes]:
    numbers = range(turns)
    return b"".join(b"NOOP number %d\r\n" % n for n in numbers), b"".join(b"250 reply %d\r\n" % n for n in numbers)


def mark(packet: Packet) -> Mark:
    return Mark(packet.at, packet.number)


def test_whole_session() -> None:
    cable = session()
    seen = watch(cable.packets)
    sighting = seen.only

    assert (CLIENT, SERVER, True, Outcome.ESTABLISHED) == (
        sighting.client, sighting.server, sighting.roles_known, sighting.outcome
    )  # fmt: skip
    assert text() == (seen.octets(True), seen.octets(False))
    assert [mark(cable.packets[n]) for n in (0, 2, -1, -1)] == [
        sighting.opened, sighting.established, sighting.closed, sighting.last
    ]  # fmt: skip
    assert (1000, 900_000, 1, 1) == (
        sighting.client_isn, sighting.server_isn, sighting.syn_count, sighting.syn_ack_count
    )  # fmt: skip
    assert (None, None) == (sighting.from_client.unacknowledged, sighting.from_server.unacknowledged)


def test_opened_comes_first_and_everything_in_packet_order() -> None:
    cable = session()
    events = watch(cable.packets).events
    frames = [e.frame for e in events if isinstance(e, Opened | StreamOctets | StreamGap)]

    assert isinstance(events[0], Opened)
    assert sorted(frames) == frames


def test_repeated_syns_are_kept_up_to_the_bound() -> None:
    cable = Cable()
    for _ in range(KEPT_FRAMES + 4):
        cable.c("S", ts_value=7)
    sighting = watch(cable.packets).only

    assert (KEPT_FRAMES + 4, KEPT_FRAMES, 7) == (sighting.syn_count, len(sighting.syns), sighting.client_ts)


def test_syn_ack_with_another_number_replaces_the_first() -> None:
    """A SYN cookie expired, or the server was restarted."""
    cable = Cable()
    cable.c("S")
    cable.s("SA", -500, 1)
    cable.s("SA", 0, 1)
    cable.c("A", 1, 1)
    cable.s("PA", 1, 1, b"220 hi\r\n")
    seen = watch(cable.packets)

    assert (900_000, b"220 hi\r\n", Outcome.ESTABLISHED) == (
        seen.only.server_isn, seen.octets(False), seen.only.outcome
    )  # fmt: skip


def test_acknowledgement_that_fits_no_syn_ack_establishes_nothing() -> None:
    cable = Cable()
    cable.c("S")
    cable.s("SA", 0, 1)
    cable.c("A", 1, -5000)

    assert Outcome.HALF_OPEN is watch(cable.packets).only.outcome


def test_simultaneous_open() -> None:
    """RFC 9293 §3.5, figure 7: both send SYN, both answer with SYN-ACK."""
    cable = Cable()
    cable.c("S")
    cable.s("S")
    cable.c("SA", 0, 1)
    cable.s("SA", 0, 1)
    cable.c("A", 1, 1)
    cable.s("A", 1, 1, b"220 hi\r\n")
    seen = watch(cable.packets)

    assert (Outcome.ESTABLISHED, 1, 1) == (seen.only.outcome, seen.only.syn_count, seen.only.syn_ack_count)
    assert b"220 hi\r\n" == seen.octets(False)


@pytest.mark.parametrize(
    ("ports", "server"),
    [((40000, 25), 25), ((25, 40000), 25), ((25, 53), 25), ((587, 40000), 587), ((1030, 1031), 1030)],
)
def test_roles_without_handshake_are_a_guess(ports: tuple[int, int], server: int) -> None:
    cable = Cable(client=Endpoint("192.0.2.1", ports[0]), server=Endpoint("192.0.2.2", ports[1]))
    cable.c("PA", 1, 1, b"x")
    sighting = watch(cable.packets).only

    assert (server, False) == (sighting.server.port, sighting.roles_known)


def test_syn_ack_alone_tells_the_roles_and_the_clients_number() -> None:
    cable = Cable(client=Endpoint("192.0.2.1", 25), server=Endpoint("192.0.2.2", 40000))
    cable.s("SA", 0, 1)
    cable.c("A", 1, 1)
    sighting = watch(cable.packets).only

    assert (True, 25, 1000, Outcome.MIDSTREAM) == (
        sighting.roles_known, sighting.client.port, sighting.client_isn, sighting.outcome
    )  # fmt: skip


def test_reset_in_sequence() -> None:
    cable = session(turns=0)
    cable.packets.clear()
    cable.number = 0
    cable.handshake().s("PA", 1, 1, b"220 hi\r\n")
    reset = cable.s("R", 9, ttl=50, window=0)
    sighting = watch(cable.packets).only

    assert [(5, False, 50, True, False)] == [
        (r.frame, r.from_client, r.ttl, r.acceptable, r.answers_closed) for r in sighting.resets
    ]
    assert ((64,), mark(reset)) == (sighting.from_server.ttls, sighting.closed)


@pytest.mark.parametrize(("seq", "acceptable"), [(1, True), (9, True), (10, False), (0, False), (5000, False)])
def test_acceptable_reset(seq: int, acceptable: bool) -> None:
    """Eight octets were sent and not acknowledged: the next one, or the first that may be lost."""
    cable = Cable().handshake()
    cable.s("PA", 1, 1, b"220 hi\r\n")
    cable.s("R", seq)

    assert acceptable is watch(cable.packets).only.resets[0].acceptable


def test_backscatter_reset_of_the_client_is_acceptable() -> None:
    """The SYN was not seen: the SYN-ACK tells what it was."""
    cable = Cable()
    cable.s("SA", 0, 1)
    cable.c("R", 1)

    assert watch(cable.packets).only.resets[0].acceptable


def test_data_after_a_reset() -> None:
    """Whoever sent the reset, it was not the server."""
    cable = Cable().handshake()
    cable.s("R", 1, ttl=40)
    late = cable.s("PA", 1, 1, b"220 hi\r\n")
    cable.c("A", 1, 9)

    assert mark(late) == watch(cable.packets).only.data_after_reset


def test_retransmission_after_a_reset_is_no_new_data() -> None:
    cable = Cable().handshake()
    cable.s("PA", 1, 1, b"220 hi\r\n")
    cable.s("R", 9)
    cable.s("PA", 1, 1, b"220 hi\r\n")

    assert None is watch(cable.packets).only.data_after_reset


def test_reset_seen_before_the_data_that_it_followed() -> None:
    """A tap with parallel queues swapped them: the reset is the server's own."""
    cable = Cable().handshake()
    cable.s("R", 9)
    cable.s("PA", 1, 1, b"421 bye\r"[:8])
    sighting = watch(cable.packets).only

    assert (None, True, Outcome.RESET) == (
        sighting.data_after_reset, sighting.resets[0].acceptable, sighting.outcome
    )  # fmt: skip


def test_error_about_the_syn() -> None:
    cable = Cable()
    cable.error(cable.c("S"), ip_length=60)
    (rejection,) = watch(cable.packets).only.rejections

    assert (True, 63, "203.0.113.1", SERVER) == (
        rejection.of_syn, rejection.quoted_ttl, rejection.sender, rejection.quoted_destination
    )  # fmt: skip


@pytest.mark.parametrize(
    "translated",
    [
        {"destination": "198.51.100.99", "destination_port": 2525},
        {"source": "203.0.113.7", "source_port": 61000},
    ],
)
def test_error_that_quotes_translated_addresses(translated: dict[str, Any]) -> None:
    """The initial sequence number and one side's address are the same."""
    cable = Cable()
    cable.error(cable.c("S"), **translated)
    sighting = watch(cable.packets).only

    assert (Outcome.REJECTED, True) == (sighting.outcome, sighting.rejections[0].of_syn)


def test_error_about_another_connection_is_not_ours() -> None:
    cable = Cable()
    cable.error(cable.c("S"), source="203.0.113.7", destination="203.0.113.8")

    assert () == watch(cable.packets).only.rejections


def test_error_about_data_or_a_syn_ack_is_not_about_the_syn() -> None:
    cable = Cable()
    cable.c("S")
    cable.error(cable.s("SA", 0, 1))
    cable.c("A", 1, 1)
    cable.error(cable.c("PA", 1, 1, b"x" * 1460), 3, 4)

    assert [False, False] == [r.of_syn for r in watch(cable.packets).only.rejections]


def test_duplicates_change_nothing_else() -> None:
    """A router's ``-i any``: each packet comes in, and goes out with one hop less."""
    cable = session()
    once = watch(cable.packets).only
    doubled = [p._replace(ttl=p.ttl - out) for p in cable.packets for out in (0, 1)]
    twice = watch(doubled).only

    assert [(0, h.packets) for h in (once.from_client, once.from_server)] == [
        (h.duplicates - h.packets, h.packets) for h in (twice.from_client, twice.from_server)
    ]
    assert [(64,), (64,)] == [h.ttls for h in (twice.from_client, twice.from_server)]
    assert without_duplicates(once) == without_duplicates(twice)


def without_duplicates(sighting: Sighting) -> Sighting:
    return replace(
        sighting,
        from_client=replace(sighting.from_client, duplicates=0),
        from_server=replace(sighting.from_server, duplicates=0),
    )


def test_duplicated_syn_ack_without_identification_is_one() -> None:
    cable = Cable(step=MILLISECOND // 100)
    cable.c("S")
    cable.again(cable.s("SA", 0, 1, ip_id=0), ttl=63)
    sighting = watch(cable.packets).only

    assert (1, 1) == (sighting.syn_ack_count, sighting.from_server.duplicates)


@given(st.sets(st.integers(0, 26), max_size=12))
def test_loss_of_the_capture_is_counted_exactly(lost: set[int]) -> None:
    """Packets that the vantage missed and the hosts did not: what is missing adds up to what was sent.

    The handshake is kept: without it nobody knows where the streams begin. So are both ends: behind the last packet seen
    nothing can be known to be missing.
    """
    cable = session()
    handshake, closing = 3, len(cable.packets) - 4
    kept = [p for n, p in enumerate(cable.packets) if n < handshake or n >= closing or n not in lost]
    seen = watch(relabelled(kept))
    sighting = seen.only

    for from_client, whole in zip((True, False), text(), strict=True):
        half, told = sighting.half(from_client), seen.octets(from_client)
        assert len(whole) == half.octets + half.missing_octets
        assert len(whole) == len(told)
        assert all(shown in (octet, ord("?")) for shown, octet in zip(told, whole, strict=True))


def test_side_that_passes_elsewhere_is_not_lost() -> None:
    """Only the client's packets come by: what they acknowledge is no loss of this capture."""
    seen = watch(p for p in session().packets if p.source == CLIENT.address)

    assert (text()[0], b"", 0, 0) == (
        seen.octets(True), seen.octets(False), seen.only.from_server.missing_octets, seen.only.from_server.packets
    )  # fmt: skip


@pytest.mark.parametrize("which", [0, 1, 2])
def test_loss_of_one_packet_of_the_handshake_costs_no_octet(which: int) -> None:
    cable = session()
    seen = watch(relabelled(p for n, p in enumerate(cable.packets) if n != which))

    assert text() == (seen.octets(True), seen.octets(False))
    assert seen.only.roles_known


@given(st.integers(0, MODULUS - 1), st.integers(0, MODULUS - 1), st.integers(-(10**18), 10**18))
def test_numbers_and_clocks_may_start_anywhere(client_isn: int, server_isn: int, shift: int) -> None:
    """Shifting sequence numbers (and so wrapping them) and times changes nothing but these."""
    plain = watch(session().packets)
    moved = Cable(client_isn=client_isn, server_isn=server_isn)
    moved.at += shift
    shifted = watch(session(moved).packets)

    assert len(plain.events) == len(shifted.events)
    assert text() == (shifted.octets(True), shifted.octets(False))
    assert (plain.only.outcome, plain.only.from_client.packets) == (
        shifted.only.outcome, shifted.only.from_client.packets
    )  # fmt: skip
    assert [e.frame for e in plain.events if isinstance(e, Opened)] == [
        e.frame for e in shifted.events if isinstance(e, Opened)
    ]


def test_simulation_with_loss_and_repetition() -> None:
    """Seeded: segments are lost on the way, sent again, swapped and doubled; both sides' octets come whole, once."""
    for seed in range(40):
        random = Random(seed)
        body = random.randbytes(4000)
        cable = Cable(client_isn=random.randrange(MODULUS)).handshake()
        arrived = 0
        while arrived < len(body):
            for start in range(arrived, min(arrived + 800, len(body)), 100):
                if random.random() < 0.8:
                    cable.c("PA", 1 + start, 1, body[start : start + 100])
            arrived = acknowledged(cable, body)
            cable.s("A", 1, 1 + arrived)
        swapped = list(cable.packets)
        for n in range(4, len(swapped) - 1, 5):
            swapped[n], swapped[n + 1] = swapped[n + 1], swapped[n]
        seen = watch(relabelled(swapped))
        assert (body, 0) == (seen.octets(True), seen.only.from_client.missing_octets)
        assert None is seen.only.from_client.unacknowledged
        assert len(body) == seen.only.from_client.acknowledged_octets


def acknowledged(cable: Cable, body: bytes) -> int:
    """How far the receiver has everything."""
    starts = {
        (p.transport.seq - cable.client_isn - 1) % MODULUS
        for p in cable.packets
        if isinstance(p.transport, TcpSegment) and p.transport.payload and p.source == cable.client.address
    }
    return next((n for n in range(0, len(body), 100) if n not in starts), len(body))
