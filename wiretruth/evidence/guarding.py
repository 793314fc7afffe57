"""Frames as they may be handed over: nothing of AUTH in them, no message where none is wanted, and nothing that is neither mail nor DNS."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from wiretruth.evidence.checksums import changed
from wiretruth.evidence.conversations import DNS
from wiretruth.evidence.layers import Layers, layers
from wiretruth.evidence.speech import TLS, ClientSpeech, covered, server_edits
from wiretruth.evidence.streams import Direction, Edit, Talk, talks
from wiretruth.evidence.taken import Taken
from wiretruth.model.packet import TCP, IcmpMessage, LinkFrame, Packet, TcpSegment, UdpDatagram, Unread
from wiretruth.protocols.smtp.commands import UNMISTAKABLE
from wiretruth.protocols.smtp.replies import read_tidy
from wiretruth.wire.link_types import decoders
from wiretruth.witnesses.contact import MAIL_PORTS


class Guarded(NamedTuple):
    """What may be handed over."""

    frames: list[Taken]
    left_out: int
    """Frames of which nobody can say what they hold: pieces of TCP segments, links that nobody reads."""


def guarded(frames: Sequence[Taken], *, content: bool) -> Guarded:
    """Overwrite what nobody else may see.

    Args:
        frames: of one input.
        content: messages stay as they are.
    """
    decoded = [(frame, frame.packet()) for frame in frames]
    kept = [(frame, packet) for frame, packet in decoded if _is_clear(frame, packet)]
    readable = [(index, packet) for index, (_, packet) in enumerate(kept) if isinstance(packet, Packet)]
    changes = {index: payload for index, packet in readable for payload in _other(packet)}
    for key, talk in talks(readable):
        changes.update(_of_talk(talk, {key.low.port, key.high.port}, content=content))
    done = [_handed_over(frame, packet, changes.get(index)) for index, (frame, packet) in enumerate(kept)]
    return Guarded(done, len(frames) - len(kept))


def _handed_over(frame: Taken, packet: Packet | Unread, payload: bytes | None) -> Taken:
    if isinstance(packet, Unread):
        return frame if packet.kind == "ARP" else _without_body(frame)
    return _without_quotation(frame, packet) if payload is None else with_payload(frame, packet, payload)


def _without_body(frame: Taken) -> Taken:
    """Leave of what nobody can read that it was there."""
    link = decoders()[frame.link_type](frame.octets)
    keep = link.offset if isinstance(link, LinkFrame) else 0
    return frame._replace(octets=frame.octets[:keep] + bytes(len(frame.octets) - keep))


def _is_clear(frame: Taken, packet: Packet | Unread) -> bool:
    """Tell whether all that a packet may give away can be found in it."""
    if isinstance(packet, Unread):
        return frame.link_type in decoders()
    if packet.protocol == TCP and packet.fragment is not None:
        return False
    return not _quotes_tcp(packet) or layers(frame, packet) is not None


def _quotes_tcp(packet: Packet) -> bool:
    message = packet.transport
    return isinstance(message, IcmpMessage) and message.quoted is not None and message.quoted.protocol == TCP


def _other(packet: Packet) -> Iterator[bytes]:
    datagram = packet.transport
    if isinstance(datagram, UdpDatagram) and DNS not in {datagram.source_port, datagram.destination_port}:
        yield bytes(len(datagram.payload))


def _of_talk(talk: Talk, ports: set[int], *, content: bool) -> Iterator[tuple[int, bytes]]:
    if DNS in ports or not talk.directions:
        return
    client, server = _sides(talk)
    first = _first(client) or _first(server)
    if first.startswith(TLS):
        return
    if not _is_mail(ports, client, server):
        for direction in talk.directions.values():
            yield from direction.edited(_all(direction))
        return
    speech = ClientSpeech(content=content)
    said = client.runs() if client else []
    if client:
        yield from client.edited(list(speech.edits(said)))
    if server:
        yield from server.edited(server_edits(server.runs(), speech.memory, whole=len(said) == 1))


def _sides(talk: Talk) -> tuple[Direction | None, Direction | None]:
    """Tell who asks and who answers: by what they say, and otherwise by their ports."""
    ends = sorted(talk.directions.items(), key=lambda end: _serves(*end))
    if len(ends) > 1:
        return ends[0][1], ends[1][1]
    ((end, only),) = ends
    return (None, only) if _serves(end, only) > _UNDECIDED else (only, None)


_UNDECIDED = (0, 0)


def _serves(end: tuple[str, int], direction: Direction) -> tuple[int, int]:
    first = _first(direction)
    speaks = 1 if _is_reply(first) else -1 if UNMISTAKABLE.match(first) else 0
    return speaks, 1 if end[1] in MAIL_PORTS else 0


def _first(direction: Direction | None) -> bytes:
    runs = direction.runs() if direction else []
    octets = runs[0].octets if runs else b""
    return octets[: octets.find(b"\n") + 1 or None]


def _is_reply(line: bytes) -> bool:
    return line[:3].isdigit() and (line[3:4] in (b" ", b"-") or read_tidy(line) is not None)


def _is_mail(ports: set[int], client: Direction | None, server: Direction | None) -> bool:
    return not MAIL_PORTS.isdisjoint(ports) or _is_reply(_first(server)) or bool(UNMISTAKABLE.match(_first(client)))


def _all(direction: Direction) -> Iterable[Edit]:
    return [Edit(run.begin, covered(run.octets)) for run in direction.runs()]


def with_payload(frame: Taken, packet: Packet, payload: bytes) -> Taken:
    """Give a frame with another payload, as long as its own."""
    transport = packet.transport
    if not isinstance(transport, TcpSegment | UdpDatagram):
        return frame
    octets = bytearray(frame.octets)
    places = layers(frame, packet)
    if places is not None:
        changed(octets, places.payload, payload, places.checksum, places.transport)
    else:
        within = octets.rfind(transport.payload)
        octets[within : within + len(payload)] = payload
    return frame._replace(octets=bytes(octets))


def _without_quotation(frame: Taken, packet: Packet) -> Taken:
    """Take the payload out of a TCP segment that an error quotes: it may be any part of a dialogue."""
    places = layers(frame, packet) if _quotes_tcp(packet) else None
    if places is None:
        return frame
    begin = _quoted_payload(frame.octets, places)
    octets = bytearray(frame.octets)
    if begin < places.end:
        changed(octets, begin, bytes(places.end - begin), places.checksum, places.transport)
    return frame._replace(octets=bytes(octets))


def _quoted_payload(octets: bytes, places: Layers) -> int:
    first = octets[places.payload]
    header = (first & 0x0F) * 4 if first >> 4 == 4 else 40  # noqa: PLR2004 - the version
    size = places.payload + header + 12
    return places.payload + header + ((octets[size] >> 4) * 4 if size < places.end else 20)
