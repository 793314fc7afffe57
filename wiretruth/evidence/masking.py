"""Frames in which every address and mailbox is another one, the same always by the same; lengths and checksums hold.

What a packet tells is found by reading it. Of one that cannot be read to its end, only that it was there is left: its size, its
masked addresses, and a protocol number that says nothing.
"""

from collections.abc import Sequence
from typing import Final

from wiretruth.evidence.checksums import adjusted, changed
from wiretruth.evidence.conversations import DNS
from wiretruth.evidence.guarding import Guarded, with_payload
from wiretruth.evidence.layers import Layers, layers
from wiretruth.evidence.masked_addresses import Addresses
from wiretruth.evidence.masked_dns import Messages
from wiretruth.evidence.masked_words import Words
from wiretruth.evidence.speech import TLS
from wiretruth.evidence.streams import Edit, Run, talks
from wiretruth.evidence.taken import Taken
from wiretruth.model.packet import ICMP, UDP, IcmpMessage, LinkFrame, Packet, UdpDatagram
from wiretruth.wire.link_types import decoders

_HARDWARE: Final = {1: (0, 12), 113: (6, 14), 276: (12, 20), 0: (0, 0), 12: (0, 0), 101: (0, 0), 108: (0, 0), 228: (0, 0), 229: (0, 0)}  # fmt: skip
"""Where hardware addresses stand, by LINKTYPE; frames of other links are left out."""
_IPV6, _IPV4_HEADER, _IPV6_HEADER, _UDP_HEADER = 6, 20, 40, 8
_IPV4_PLACES, _IPV6_PLACES = (12, 16, 20), (8, 24, 40)
_NO_OPERATION: Final = b"\1"
_UDP_PROTOCOL_V4, _UDP_PROTOCOL_V6 = 9, 6
_NOBODYS: Final = b"\xfd"
"""A protocol number for experiments (RFC 3692)."""
_NO_NEXT_HEADER: Final = 59
"""RFC 8200 §4.7."""


class Mask:
    """Replaces addresses and mailboxes under one key."""

    def __init__(self, key: bytes) -> None:
        """Begin; *key* decides what becomes of what."""
        self._addresses = Addresses(key)
        self.words = Words(self._addresses, key)
        self._messages = Messages(self._addresses, self.words)

    def masked(self, frames: Sequence[Taken]) -> Guarded:
        """Mask frames of one input."""
        read = [(frame, frame.packet()) for frame in frames]
        changes: dict[int, bytes] = {}
        packets = [(index, packet) for index, (_, packet) in enumerate(read) if isinstance(packet, Packet)]
        for key, talk in talks(packets):
            of_dns = DNS in (key.low.port, key.high.port)
            for direction in talk.directions.values():
                edits = [Edit(run.begin, self._said(run, of_dns=of_dns)) for run in direction.runs()]
                changes.update(direction.edited(edits))
        for index, packet in packets:
            if isinstance(packet.transport, UdpDatagram):
                changes[index] = self._messages.masked(packet.transport.payload)
        done = [self._frame(frame, packet, changes.get(n)) for n, (frame, packet) in enumerate(read)]
        kept = [frame for frame in done if frame is not None]
        return Guarded(kept, len(frames) - len(kept))

    def _said(self, run: Run, *, of_dns: bool) -> bytes:
        if of_dns:
            return self._messages.stream(run.octets)
        end = 0 if run.octets.startswith(TLS) else run.octets.find(b"\n" + TLS) + 1 or len(run.octets)
        return self.words.masked(run.octets[:end]) + run.octets[end:]

    def _frame(self, frame: Taken, packet: object, payload: bytes | None) -> Taken | None:
        if frame.link_type not in _HARDWARE:
            return None
        if not isinstance(packet, Packet):
            return self._without_body(frame)
        places = layers(frame, packet)
        if places is None or not _is_plain(frame.octets, places):
            return self._opaque(frame)
        if payload is not None:
            frame = with_payload(frame, packet, payload)
        octets = bytearray(frame.octets)
        if isinstance(packet.transport, IcmpMessage):
            self._message(octets, places, quotes=packet.transport.quoted is not None)
        self._network(octets, places.network, None if packet.protocol == ICMP else places.checksum)
        _without_hardware(octets, frame.link_type)
        return frame._replace(octets=bytes(octets))

    def _opaque(self, frame: Taken) -> Taken:
        """Leave of a packet that it was there."""
        link = decoders()[frame.link_type](frame.octets)
        begin = link.offset if isinstance(link, LinkFrame) else len(frame.octets)
        octets = bytearray(frame.octets)
        four = begin < len(octets) and octets[begin] >> 4 != _IPV6
        body = begin + (_IPV4_HEADER if four else _IPV6_HEADER)
        if body > len(octets):
            return self._without_body(frame)
        octets[body:] = bytes(len(octets) - body)
        if four:
            changed(octets, begin, b"\x45", begin + 10, begin)
            changed(octets, begin + _UDP_PROTOCOL_V4, _NOBODYS, begin + 10, begin)
        else:
            octets[begin + _UDP_PROTOCOL_V6] = _NO_NEXT_HEADER
        self._network(octets, begin, None)
        _without_hardware(octets, frame.link_type)
        return frame._replace(octets=bytes(octets))

    def _without_body(self, frame: Taken) -> Taken:
        link = decoders()[frame.link_type](frame.octets)
        keep = link.offset if isinstance(link, LinkFrame) else 0
        octets = bytearray(frame.octets[:keep] + bytes(len(frame.octets) - keep))
        _without_hardware(octets, frame.link_type)
        return frame._replace(octets=bytes(octets))

    def _network(self, octets: bytearray, begin: int, checksum: int | None) -> None:
        """Mask the addresses of an IP header, and let the checksums that cover them follow."""
        four = octets[begin] >> 4 != _IPV6
        first, second, end = (begin + place for place in (_IPV4_PLACES if four else _IPV6_PLACES))
        before = bytes(octets[first:end])
        after = self._addresses.packed(before[: second - first]) + self._addresses.packed(before[second - first :])
        changed(octets, first, after, begin + 10 if four else None, begin)
        adjusted(octets, checksum, before, after)
        options = _header(octets, begin) - (end - begin)
        if four and options > 0:
            changed(octets, end, _NO_OPERATION * options, begin + 10, begin)

    def _message(self, octets: bytearray, places: Layers, *, quotes: bool) -> None:
        """Mask what an ICMP message quotes; what else it says is overwritten."""
        quoted = bytearray(octets[places.payload : places.end])
        if quotes and len(quoted) >= (_IPV6_HEADER if quoted[0] >> 4 == _IPV6 else _IPV4_HEADER):
            self._network(quoted, 0, None)
            begin = _header(quoted, 0)
            protocol = quoted[_UDP_PROTOCOL_V6 if quoted[0] >> 4 == _IPV6 else _UDP_PROTOCOL_V4]
            if protocol == UDP:
                begin += _UDP_HEADER
                quoted[begin:] = self._messages.masked(bytes(quoted[begin:]))
        else:
            quoted = bytearray(len(quoted))
        changed(octets, places.payload, bytes(quoted), places.checksum, places.transport)


def _header(octets: bytearray, begin: int) -> int:
    return _IPV6_HEADER if octets[begin] >> 4 == _IPV6 else (octets[begin] & 15) * 4


def _is_plain(octets: bytes, places: Layers) -> bool:
    """Tell whether nothing stands between the IP header and the transport: extension headers may hold addresses."""
    return places.transport - places.network == _header(bytearray(octets), places.network)


def _without_hardware(octets: bytearray, link_type: int) -> None:
    begin, end = _HARDWARE[link_type]
    end = min(end, len(octets))
    octets[begin:end] = bytes(max(end - begin, 0))
