"""Where nothing is kept as rows, nothing is spared. The rest is held in ``test_sparing``."""

from wiretruth.engine.spared import Spared, spare
from wiretruth.engine.tally import InputTally
from wiretruth.engine.yielded import Yielded


def test_nothing_to_spare() -> None:
    assert Spared() == spare([Yielded("tap", "tap.pcap", InputTally())], alone=True)
