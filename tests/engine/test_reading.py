"""One input: what it gives stands alone, is numbered apart from other inputs, and can be handed to another process."""

import pickle
from dataclasses import replace

from tests.engine.stage import batches, busy
from tests.rules.scene import TAP
from wiretruth.engine.reading import SERIALS, Reading
from wiretruth.engine.settings import Settings
from wiretruth.engine.yielded import Ending, Yielded


def gave(place: int, sizes: tuple[int, ...] = (7,)) -> Yielded:
    reading = Reading(Settings(), TAP, "tap.pcap", place)
    for batch in batches(busy().frames[TAP], sizes):
        reading.receive(batch)
    return reading.finish(Ending("pcap", cut_off=True))


def told(read: Yielded) -> tuple[str, set[tuple[str, str]]]:
    """All that was read; of what has no order, the members."""
    return repr(replace(read, replied=set())), read.replied


def test_serials_of_inputs_are_apart_and_otherwise_the_same() -> None:
    first, third = (sorted(s.serial for s in gave(place).sightings) for place in (0, 2))

    assert len(first) > 3
    assert [serial + 2 * SERIALS for serial in first] == third


def test_dialogues_belong_to_sightings() -> None:
    read = gave(1)

    assert read.dialogues
    assert set(read.dialogues) <= {sighting.serial for sighting in read.sightings}


def test_what_was_read_says_how_it_ended() -> None:
    read = gave(0)

    assert (TAP, "tap.pcap", "pcap", True) == (read.label, read.path, read.ending.format, read.ending.cut_off)
    assert [TAP] == [vantage.label for vantage in read.vantages] == list(read.counts)


def test_what_was_read_is_the_same_behind_a_process_s_border() -> None:
    read = gave(0)

    assert told(read) == told(pickle.loads(pickle.dumps(read)))  # noqa: S301 - our own octets


def test_the_size_of_the_batches_changes_nothing() -> None:
    assert told(gave(0, (1,))) == told(gave(0, (3, 50))) == told(gave(0, (10_000,)))
