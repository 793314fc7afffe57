"""Frames as a case takes them, for tests."""

from collections.abc import Iterable

from tests.rules.scene import RAW, Frame
from wiretruth.evidence.taken import Taken
from wiretruth.model.packet import Packet, TcpSegment


def taken(frames: Iterable[Frame], link_type: int = RAW) -> list[Taken]:
    return [
        Taken(number, frame.at, frame.octets, frame.original, 0, link_type, 1) for number, frame in enumerate(frames, 1)
    ]


def said(frames: Iterable[Taken]) -> dict[tuple[str, int], bytes]:
    """What each end sent, in the order of sequence numbers."""
    octets: dict[tuple[str, int], dict[int, int]] = {}
    for frame in frames:
        packet = frame.packet()
        if isinstance(packet, Packet) and isinstance(packet.transport, TcpSegment):
            segment = packet.transport
            places = octets.setdefault((packet.source, segment.source_port), {})
            places.update(enumerate(segment.payload, segment.seq))
    return {end: bytes(places[place] for place in sorted(places)) for end, places in octets.items()}
