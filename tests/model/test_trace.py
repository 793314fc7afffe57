"""What became of a traced packet, and which step did it."""

from wiretruth.model.packet import TCP, Endpoint
from wiretruth.model.trace import Traced, TraceStep
from wiretruth.model.translation import FlowTuple

CLIENT, MEANT, REACHED = Endpoint("10.10.0.5", 41000), Endpoint("198.51.100.10", 25), Endpoint("192.0.2.66", 25)
BEFORE, BEHIND = FlowTuple(CLIENT, MEANT), FlowTuple(CLIENT, REACHED)
DNAT = TraceStep(1, "nat OUTPUT", "-A OUTPUT -j DNAT", "accept", BEFORE)
POLICY = TraceStep(2, "nat OUTPUT", "policy", "accept", BEFORE)
DROP = TraceStep(3, "filter OUTPUT", "-A OUTPUT -j DROP", "drop", BEHIND)


def test_the_last_rule_before_the_change_did_it() -> None:
    traced = Traced("trace.txt", TCP, BEFORE, (DNAT, POLICY, DROP), BEHIND)

    assert DNAT == traced.led_to(REACHED)
    assert None is traced.led_to(MEANT)
    assert DROP == traced.discarded_by()


def test_nothing_happened() -> None:
    traced = Traced("trace.txt", TCP, BEFORE, (POLICY,), BEFORE)

    assert (None, None) == (traced.led_to(MEANT), traced.discarded_by())
