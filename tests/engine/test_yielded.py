"""What an input gave, before it gave anything."""

from wiretruth.engine.tally import InputTally
from wiretruth.engine.yielded import Yielded


def test_inputs_share_nothing() -> None:
    one, other = (Yielded(label, f"{label}.pcap", InputTally()) for label in ("lan", "wan"))
    one.sightings.clear()
    one.evicted["the list of damage"] = 1
    one.replied.add(("lan", "192.0.2.1"))

    assert ({}, set()) == (other.evicted, other.replied)
