"""wiretruth does not become slow unseen: its CPU time, by that of a plain dpkt loop over the same capture, has a limit.

Processor time and one machine in one run: a busy or slow machine changes both sides. The limits are twice what was
measured on 2026-11-21, when mail was first read by connections and DNS in columns; they are to follow what is gained.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

import pytest

from bench.contestants import CONTESTANTS, WIRETRUTH
from bench.costs import cost
from bench.workloads import WORKLOADS, write

PACKETS: Final = 40_000
ROUNDS: Final = 2
"""The lesser of two counts: what disturbs a run only makes it longer."""
MARGIN: Final = 2.0
MEASURED: Final[Mapping[str, float]] = {"gateway": 0.65, "mail server": 1.25, "resolver": 0.4}
"""wiretruth's CPU time by the dpkt loop's."""


@pytest.mark.parametrize("name", MEASURED)
def test_cpu_time_by_that_of_a_dpkt_loop(name: str, tmp_path: Path) -> None:
    path = tmp_path / "capture.pcap"
    write(path, WORKLOADS[name][0], PACKETS)
    pipes = {c.name: c.pipe(str(path), str(tmp_path)) for c in CONTESTANTS if c.name in {WIRETRUTH, "dpkt loop"}}
    spent: dict[str, list[float]] = {reader: [] for reader in pipes}
    for _ in range(ROUNDS):
        for reader, pipe in pipes.items():
            spent[reader].append(cost(pipe).cpu)

    assert min(spent[WIRETRUTH]) / min(spent["dpkt loop"]) < MARGIN * MEASURED[name]
