"""What names a connection by its first sequence number is found as among packets."""

import pytest

from tests.columns.bundled import bundled
from tests.rules.packets import ACK, RST, SYN
from wiretruth.columns.bundling import Named as Part
from wiretruth.columns.headers import Headers
from wiretruth.model.packet import Packet, TcpSegment

Named = list[tuple[int, int]]


def named(part: Part, found: Headers, packets: dict[int, Packet]) -> tuple[Named, Named]:
    """Give what opens, and what answers something else than the first packet of its connection."""
    opening: Named = []
    astray: Named = []
    for n in range(len(part.keys)):
        first: int | None = None
        for place, row in enumerate(found.segments.rows[part.of([n])].tolist()):
            segment = packets[row].transport
            assert isinstance(segment, TcpSegment)
            opens = segment.flags & (SYN | RST | ACK) == SYN
            first = segment.seq if opens and place == 0 else first
            opening += [(n, segment.seq)] * opens
            answered = (segment.ack - 1) % (1 << 32)
            if segment.flags & ACK and segment.flags & (SYN | RST) and answered != first:
                astray.append((n, answered))
    return opening, astray


@pytest.mark.parametrize("seed", range(40))
def test_what_names_a_number(seed: int) -> None:
    parts, found, packets = bundled(seed, sketching=True)
    for part in (each.named for each in parts):
        assert named(part, found, packets) == ([*part.opening()], [*part.astray()])
