"""Traced packets are found by their ends, and bounded."""

import pytest

from wiretruth.ledger import traces
from wiretruth.ledger.traces import Traces
from wiretruth.model.packet import TCP, UDP, Endpoint
from wiretruth.model.trace import Traced
from wiretruth.model.translation import FlowTuple

ENDS = FlowTuple(Endpoint("10.10.0.5", 41000), Endpoint("198.51.100.10", 25))
PACKET = Traced("trace.txt", TCP, ENDS, (), ENDS)


def test_found_by_protocol_and_ends() -> None:
    known = Traces()
    known.add(PACKET)

    assert [PACKET] == known.of(TCP, *ENDS)
    assert [] == known.of(UDP, *ENDS) + known.of(TCP, ENDS.destination, ENDS.source)
    assert known


def test_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(traces, "MAX_TRACES", 1)
    known = Traces()
    known.add(PACKET)
    known.add(PACKET)

    assert (1, 1) == (len(known.of(TCP, *ENDS)), known.given_up)
