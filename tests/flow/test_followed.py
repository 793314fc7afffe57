"""Connections of which only the beginning and the end are looked at."""

import pytest

from tests.flow.cable import SECOND, Cable, Seen
from wiretruth.flow.table import TcpTable
from wiretruth.model.frames import Mark
from wiretruth.model.packet import TcpFlag, TcpSegment
from wiretruth.model.sighting import Finished, FlowEvent, Outcome

MARKS = int(TcpFlag.SYN | TcpFlag.FIN | TcpFlag.RST)


def outline(cable: Cable, followed_from: int | None = None) -> Seen:
    """Show a table what it needs: SYN, FIN and RST, and everything from a frame on."""
    table = TcpTable()
    events: list[FlowEvent] = []
    for packet in cable.packets:
        segment = packet.transport
        followed = followed_from is not None and packet.number >= followed_from
        if followed or not isinstance(segment, TcpSegment) or segment.flags & MARKS:
            events += table.receive(packet, followed)
    events += table.finish()
    return Seen(events, [event.sighting for event in events if isinstance(event, Finished)])


def talk(cable: Cable) -> Cable:
    cable.s("PA", 1, 1, b"hello, who is there?")
    cable.c("PA", 1, 21, b"somebody", window=0)
    return cable


def test_no_octet_is_claimed_lost_stalled_or_acknowledged() -> None:
    cable = talk(Cable().handshake())
    cable.close(9, 21)
    sighting = outline(cable).only
    for half in (sighting.from_client, sighting.from_server):
        assert (0, 0, 0, 0, None, None) == (
            half.octets, half.missing_octets, half.acknowledged_octets, half.retransmitted, half.unacknowledged,
            half.zero_window,
        )  # fmt: skip
    assert not sighting.followed


def test_no_octet_becomes_readable() -> None:
    """Not even those that a SYN or FIN carries."""
    cable = Cable()
    cable.c("S", 0, payload=b"early")
    cable.s("SA", 0, 6)
    cable.c("FA", 6, 1, b"late")

    assert (b"", b"") == (outline(cable).octets(True), outline(cable).octets(False))


@pytest.mark.parametrize("window", [0, 64])
def test_a_fin_that_closes_its_window_stalls_nothing(window: int) -> None:
    cable = Cable().handshake()
    cable.c("FA", 1, 1, window=window)

    assert outline(cable).only.from_client.zero_window is None


def test_both_ends_closed() -> None:
    """The last acknowledgement is not given; the second FIN has to do."""
    cable = Cable().handshake().close()
    sighting = outline(cable).only

    assert (Outcome.ESTABLISHED, True) == (sighting.outcome, sighting.roles_known)
    assert (Mark(cable.packets[3].at, 4), Mark(cable.packets[4].at, 5)) == (sighting.from_client.fin, sighting.closed)


def test_the_answer_completes_the_handshake() -> None:
    """Whether the client acknowledged is not looked at, so nobody is accused of not having done so."""
    cable = Cable().handshake()
    sighting = outline(cable).only

    assert (Outcome.ESTABLISHED, Mark(cable.packets[1].at, 2)) == (sighting.outcome, sighting.established)


@pytest.mark.parametrize("from_client", [False, True])
def test_a_reset_is_taken_at_its_word(from_client: bool) -> None:
    """Which number would have been next is not known: a reset with any number ends the connection, and none is forged."""
    cable = talk(Cable().handshake())
    (cable.c if from_client else cable.s)("R", 5000)
    sighting = outline(cable).only

    assert Outcome.RESET == sighting.outcome
    assert [(from_client, True, False)] == [(r.from_client, r.acceptable, r.answers_closed) for r in sighting.resets]
    assert sighting.data_after_reset is None


def test_refusal() -> None:
    cable = Cable()
    cable.c("S")
    cable.s("RA", 0, 1)

    assert Outcome.REFUSED == outline(cable).only.outcome


def test_silence() -> None:
    cable = Cable()
    for _ in range(3):
        cable.c("S")
        cable.wait(2 * SECOND)
    sighting = outline(cable).only

    assert (Outcome.UNANSWERED, 3) == (sighting.outcome, sighting.syn_count)


@pytest.mark.parametrize("begin", [3, 4, 5, 6])
def test_followed_from_some_packet_on(begin: int) -> None:
    """What is said from there on is read, and nothing that was said before is missing."""
    cable = Cable().handshake()
    cable.s("PA", 1, 1, b"220 mx.example.net\r\n")
    cable.c("PA", 1, 21, b"EHLO mta\r\n")
    cable.s("PA", 21, 11, b"250 mx\r\n")
    cable.close(11, 29)
    seen = outline(cable, begin)
    server = b"220 mx.example.net\r\n250 mx\r\n" if begin <= 4 else b"250 mx\r\n"
    client = b"EHLO mta\r\n" if begin <= 5 else b""

    assert (client, server) == (seen.octets(True), seen.octets(False))
    assert (0, 0, True) == (
        seen.only.from_client.missing_octets, seen.only.from_server.missing_octets, seen.only.followed
    )  # fmt: skip
    assert Outcome.ESTABLISHED == seen.only.outcome
    assert Mark(cable.packets[-1].at, 9) == seen.only.closed
