"""One frame of any link type: decoded whatever it is, with damage at its place."""

from collections.abc import Iterator

from tests.fuzz.framing import link_type, recorded
from tests.fuzz.target import harmless
from wiretruth.model.frames import Fault
from wiretruth.model.packet import IcmpMessage, Packet, Unread
from wiretruth.wire import decode
from wiretruth.wire.frame import reassembled

_HEAD = 4
"""Octets of a seed before the octets of its frame: link type and length; and one more of what the frame was cut by."""

_BEHIND = 60
"""Octets behind the end of a cut frame at which its header may say that the next one begins: the longest of IPv4."""


def seeds() -> Iterator[bytes]:
    """Give single frames."""
    for one in recorded(1):
        yield one[:1] + bytes(1) + one[_HEAD - 1 :]


def check(octets: bytes) -> None:
    """Decode a frame, and once more as what completes a datagram."""
    if len(octets) < _HEAD:
        return
    frame = octets[2:]
    original = len(frame) + octets[1] * 7
    packet = decode(
        frame, link_type(octets[0]), vantage_of=lambda index: f"at {index}", number=1, at=0, original=original
    )
    _hold(packet, original)
    if isinstance(packet, Packet) and packet.fragment is not None:
        _hold(reassembled(packet, frame), len(frame))


def _hold(packet: Packet | Unread, size: int) -> None:
    for fault in packet.faults:
        _at_its_place(fault, size)
    if isinstance(packet, Packet):
        quoted = packet.transport.quoted if isinstance(packet.transport, IcmpMessage) else None
        harmless(f"{packet.source} {packet.destination} {quoted}")


def _at_its_place(fault: Fault, size: int) -> None:
    assert fault.frame == 1, "damage is told with its frame"
    assert 0 <= fault.offset <= size + _BEHIND
    harmless(f"{fault.where} {fault.expected} {fault.got}")
