"""Damage of an input: the first by frames, that of lookups with theirs, and none that only a snap length made."""

from dataclasses import replace

from tests.ledger.made import lookup
from wiretruth.engine.damage import first, of_lookups
from wiretruth.engine.tally import MAX_FAULTS, InputTally, VantageTally
from wiretruth.engine.yielded import Yielded
from wiretruth.model.connection import TiedLookup
from wiretruth.model.frames import Fault, Mark, Vantage

FAULT = Fault("dns answer 1", 40, "4 octets", "2 octets")


def damaged(*, cut_frames: int = 0) -> list[Fault]:
    one = lookup("MX example.net")._replace(vantage="tap", queries=(Mark(1, 7),), response=Mark(2, 9), faults=(FAULT,))
    source = Yielded("tap", "tap.pcap", InputTally(), (Vantage("tap", "tap.pcap"),))
    source.counts["tap"] = VantageTally(cut_frames=cut_frames)
    return list(of_lookups(source, [TiedLookup((one,))]))


def test_damage_of_a_lookup_has_the_frame_of_its_response() -> None:
    assert [replace(FAULT, frame=9)] == damaged()


def test_what_a_snap_length_cut_is_no_damage() -> None:
    assert [] == damaged(cut_frames=1)


def test_the_first_are_kept() -> None:
    faults = [replace(FAULT, frame=number) for number in range(3 * MAX_FAULTS)]

    assert faults[:MAX_FAULTS] == first(reversed(faults))
