"""What a vantage could see is counted once, whatever was damaged, cut or one-sided."""

from dataclasses import replace

import pytest

from tests.ledger.made import sighting
from wiretruth.engine.tally import MAX_FAULTS, InputTally, VantageTally, survey
from wiretruth.model.frames import Fault, Vantage
from wiretruth.model.packet import Packet
from wiretruth.model.sighting import HalfStream

TAP = Vantage("tap", "tap.pcap")
FAULT = Fault("ipv4 header", 14, "20 octets", "3")


def packet(at: int, *faults: Fault) -> Packet:
    return Packet("tap", 1, at, "192.0.2.1", "192.0.2.2", 17, 64, 1, True, 28, None, faults=faults)


def test_packets_are_counted_whatever_their_order() -> None:
    counts = VantageTally()
    for at, cut in ((5, False), (3, True), (9, False)):
        counts.see(packet(at, *((FAULT,) if cut else ())), cut)
    told = survey(TAP, counts, InputTally(), cut_off=True, kernel_drops=4)

    assert (3, 3, 9, 1, 1) == (told.packets, told.first, told.last, told.cut_frames, told.damaged_frames)
    assert (True, 4, "tap", "tap.pcap") == (told.cut_off, told.kernel_drops, told.vantage, told.path)


@pytest.mark.parametrize(
    ("client", "server", "expected"),
    [
        (HalfStream(packets=1), HalfStream(packets=1), (1, 0)),
        (HalfStream(packets=1), HalfStream(), (0, 0)),
        (HalfStream(packets=2, octets=5), HalfStream(), (0, 1)),
        (HalfStream(), HalfStream(packets=2, octets=5), (0, 1)),
        (HalfStream(packets=2), HalfStream(acknowledged_octets=9), (0, 1)),
    ],
    ids=["both", "a lone SYN", "data one way", "data the other way", "acknowledges the unseen"],
)
def test_sides(client: HalfStream, server: HalfStream, expected: tuple[int, int]) -> None:
    """A SYN that nobody answered is no sign of a one-sided capture; data that nobody acknowledged is."""
    counts = VantageTally()
    counts.settle(sighting(from_client=client, from_server=server))

    assert expected == (counts.two_sided, counts.one_sided)


def test_octets_add_up() -> None:
    counts = VantageTally()
    counts.settle(
        sighting(
            from_client=HalfStream(octets=70, missing_octets=10), from_server=HalfStream(octets=10, missing_octets=10)
        )
    )
    told = survey(TAP, counts, InputTally(), cut_off=False, kernel_drops=None)

    assert (80, 20, 0.2) == (told.seen_octets, told.missing_octets, told.loss)


def test_an_input_knows_its_times_and_links() -> None:
    whole = InputTally()
    for at, link in ((5, 1), (2, 1), (9, 276)):
        whole.see(at, link)

    assert (3, 2, 9, 9, [1, 276]) == (
        whole.frames,
        whole.first,
        whole.last,
        whole.watched_until,
        list(whole.link_types),
    )


def test_an_input_may_have_been_watched_longer_than_it_has_frames() -> None:
    whole = InputTally()
    whole.see(5, 1)
    whole.watch(20)
    whole.watch(10)
    told = survey(TAP, VantageTally(), whole, cut_off=False, kernel_drops=None)

    assert (5, 20) == (told.watched_from, told.watched_until)
    assert 5 == whole.last


def test_faults_are_kept_up_to_the_bound_and_counted_beyond() -> None:
    whole = InputTally()
    for _ in range(MAX_FAULTS // 3 + 2):
        whole.note((FAULT,) * 3)

    assert (MAX_FAULTS, (MAX_FAULTS // 3 + 2) * 3 - MAX_FAULTS) == (len(whole.faults), whole.faults_dropped)


def test_the_first_frames_are_kept_whatever_the_order_in_which_damage_is_found() -> None:
    forward, backward = InputTally(), InputTally()
    faults = [replace(FAULT, frame=number) for number in range(3 * MAX_FAULTS)]
    forward.note(tuple(faults))
    for fault in reversed(faults):
        backward.note((fault,))

    assert faults[:MAX_FAULTS] == forward.faults == backward.faults
    assert 2 * MAX_FAULTS == forward.faults_dropped == backward.faults_dropped
