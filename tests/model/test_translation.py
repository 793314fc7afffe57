"""Translation is told by comparing the tuples."""

import pytest

from wiretruth.model.packet import TCP, Endpoint
from wiretruth.model.translation import FlowTuple, Translation

CLIENT, MEANT, STRANGER = Endpoint("10.10.0.5", 41000), Endpoint("198.51.100.10", 25), Endpoint("192.0.2.66", 25)
PUBLIC = Endpoint("203.0.113.1", 41000)


@pytest.mark.parametrize(
    ("reply", "destination", "source"),
    [
        (FlowTuple(MEANT, CLIENT), False, False),
        (FlowTuple(STRANGER, CLIENT), True, False),
        (FlowTuple(MEANT._replace(port=2525), CLIENT), True, False),
        (FlowTuple(MEANT, PUBLIC), False, True),
        (FlowTuple(MEANT, CLIENT._replace(port=41001)), False, True),
        (FlowTuple(STRANGER, PUBLIC), True, True),
    ],
)
def test_tuples_tell(reply: FlowTuple, destination: bool, source: bool) -> None:
    entry = Translation("conntrack.txt", 1, TCP, FlowTuple(CLIENT, MEANT), reply, "ESTABLISHED")

    assert (destination, source) == (entry.destination_translated, entry.source_translated)


def test_a_tuple_says_who_sends_to_whom() -> None:
    assert str(FlowTuple(CLIENT, MEANT)) == "10.10.0.5:41000 > 198.51.100.10:25"
