"""The columns of a connection say what its segments say."""

from random import Random

import pytest

from tests.columns.lanes import FIRST
from tests.columns.steadied import begin, brought_together
from tests.engine.polite import session
from tests.rules.packets import ACK, FIN, PSH, SYN
from wiretruth.columns.steady_rows import columns


@pytest.mark.parametrize("seed", range(10))
def test_each_segment(seed: int) -> None:
    segments = session(Random(seed), seed, 0.0)
    part = brought_together(segments)
    found = columns(part, begin(part), FIRST)

    assert [s.source == segments[0].source for s in segments] == found.side.tolist()
    assert [s.flags for s in segments] == found.flags.tolist()
    assert [s.seq % (1 << 32) for s in segments] == found.seq.tolist()
    assert [s.ack % (1 << 32) for s in segments] == found.ack.tolist()
    assert [len(s.payload) for s in segments] == found.length.tolist()
    assert [len(s.octets()) - len(s.payload) for s in segments] == found.headers.tolist()
    assert [len(s.payload) + bool(s.flags & (SYN | FIN)) for s in segments] == found.advance.tolist()
    assert [s.flags in {ACK, ACK | PSH} for s in segments] == found.plain.tolist()
    assert [s.flags & FIN != 0 for s in segments] == found.ending.tolist()
    assert [s.ttl for s in segments] == found.ttl.tolist()
    assert [FIRST + n for n in range(len(segments))] == found.frame.tolist()
    octets = part.found.view.octets
    begins = found.begin.tolist()
    assert [s.payload for s in segments] == [
        bytes(octets[b : b + len(s.payload)]) for b, s in zip(begins, segments, strict=True)
    ]
    assert found.tidy.all()
