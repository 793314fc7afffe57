"""A sitting with known figures."""

import pytest

from bench.contestants import TCPDUMP, TSHARK, WIRETRUTH
from bench.costs import Cost
from bench.rounds import Result
from bench.sitting import Reading, Sitting


@pytest.fixture
def sitting() -> Sitting:
    """Of wiretruth 2 s wall, 1.5 s CPU; tcpdump 1 s; tshark 60 s; a loop from a sample; one that failed."""
    results = [
        Result(WIRETRUTH, (Cost(2, 1.5, 140), Cost(1.5, 1.5, 130), Cost(2.5, 2, 150)), 0),
        Result(TCPDUMP, (Cost(1, 1, 12),), 0),
        Result(TSHARK, (Cost(60, 60, 2700),), 0),
        Result("scapy loop", (Cost(500, 500, 60),), 30_000),
        Result("tcptrace", (), 0, "out of memory"),
    ]
    reading = Reading("gateway", "all kinds of things", 3_000_000, 2_000_000_000, results)
    return Sitting(
        date="2026-11-20 18:40",
        load=(0.1, 1.1),
        scale=1,
        runs=3,
        machine=["two cores"],
        versions={WIRETRUTH: "0.1.0", TSHARK: "4.0"},
        absent=["tcpflow"],
        readings=[reading],
        floor=19,
        growth=[reading._replace(packets=300_000)],
    )
