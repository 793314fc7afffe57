"""What captures of the corpus hold, by our decoder and by the oracle (tshark), in one shape."""

import csv
import gzip
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from wiretruth.capture.recognition import HEAD, feed_for
from wiretruth.flow.fragments import Fragments
from wiretruth.model.packet import Endpoint, IcmpMessage, Packet, TcpSegment, UdpDatagram, Unread
from wiretruth.wire import decode, icmp, icmpv6, reassembled


class Tally(NamedTuple):
    """What both sides can count."""

    segments: Counter[tuple[str, str]]
    """TCP segments by (source, destination)."""
    octets: Counter[tuple[str, str]]
    """TCP payload octets on the wire."""
    datagrams: Counter[tuple[str, str]]
    errors: list[tuple[object, ...]]
    """Frame, source, destination, type, code, MTU, and the quoted packet's protocol, addresses and ports."""


def manifest(shared: Path) -> dict[str, dict[str, str]]:
    """The rows of the corpus's manifest by file."""
    with (shared / "corpus/MANIFEST.csv").open(encoding="utf-8", newline="") as lines:
        return {row["file"]: row for row in csv.DictReader(lines)}


def oracle(shared: Path, name: str) -> dict[str, Any] | None:
    """What tshark says of a capture; ``None`` where it was not asked."""
    plain = shared / "corpus/oracle" / f"{name}.json"
    if plain.exists():
        return dict(json.loads(plain.read_bytes()))
    packed = plain.with_name(plain.name + ".gz")
    return dict(json.loads(gzip.decompress(packed.read_bytes()))) if packed.exists() else None


def packets(capture: Path) -> Iterator[Packet | Unread]:
    """Decode each frame of a capture file; fragments that complete a datagram come with its transport."""
    octets = capture.read_bytes()
    if octets.startswith(b"\x1f\x8b"):
        octets = gzip.decompress(octets)
    fragments = Fragments()
    for packet in _decoded(octets):
        whole = fragments.receive(packet) if isinstance(packet, Packet) else None
        yield reassembled(packet, whole) if isinstance(packet, Packet) and whole is not None else packet


def _decoded(octets: bytes) -> Iterator[Packet | Unread]:
    feed = feed_for(octets[:HEAD])
    for batch in feed.receive(octets) if feed else ():
        frames = memoryview(batch.buffer)
        for row, begin in enumerate(batch.offsets):
            yield decode(
                frames[begin : begin + batch.captured[row]],
                batch.interfaces[batch.interface[row]].link_type,
                vantage_of=lambda _: "",
                number=batch.first_number + row,
                at=batch.times[row],
                original=batch.original[row],
            )


def ours(capture: Path) -> Tally:
    """Count what our decoder makes of a capture."""
    tally = Tally(Counter(), Counter(), Counter(), [])
    for packet in packets(capture):
        if isinstance(packet, Unread):
            continue
        match packet.transport:
            case TcpSegment() as segment:
                tally.segments[_ends(packet, segment)] += 1
                tally.octets[_ends(packet, segment)] += segment.length
            case UdpDatagram() as datagram:
                tally.datagrams[_ends(packet, datagram)] += 1
            case IcmpMessage() as message if message.type in (icmp.ERRORS if packet.protocol == 1 else icmpv6.ERRORS):
                tally.errors.append(_error(packet, message))
            case _:
                pass
    return tally


def theirs(said: dict[str, Any]) -> Tally:
    """Count what the oracle lists."""
    tally = Tally(Counter(), Counter(), Counter(), [])
    for talk in said["tcp"]:
        for ends, side in (((talk["a"], talk["b"]), 0), ((talk["b"], talk["a"]), 1)):
            tally.segments[ends] += talk["frames"][side]
            tally.octets[ends] += talk["bytes"][side]
    for _, a, b, there, back, _ in said["udp"]:
        tally.datagrams[a, b] += there
        tally.datagrams[b, a] += back
    tally.errors.extend(_said(error) for error in said["icmp"] if (error["v"], error["type"]) != (6, 137))
    return tally


def _ends(packet: Packet, transport: TcpSegment | UdpDatagram) -> tuple[str, str]:
    source = Endpoint(packet.source, transport.source_port)
    return str(source), str(Endpoint(packet.destination, transport.destination_port))


def _error(packet: Packet, message: IcmpMessage) -> tuple[object, ...]:
    quoted = message.quoted
    head = (packet.number, packet.source, packet.destination, message.type, message.code, message.mtu)
    if quoted is None:
        return (*head, None)
    ports = (quoted.source_port, quoted.destination_port)
    return (*head, quoted.source, quoted.destination, *ports)


def _said(error: dict[str, Any]) -> tuple[object, ...]:
    quoted = error.get("quoted")
    head = (error["frame"], error["src"], error["dst"], error["type"], error["code"], error["mtu"] or None)
    if quoted is None:
        return (*head, None)
    return (*head, quoted["src"], quoted["dst"], quoted.get("sport"), quoted.get("dport"))
