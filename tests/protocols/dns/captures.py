"""The DNS messages of the corpus, and what tshark says of them."""

import csv
import functools
import gzip
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from wiretruth import discover
from wiretruth.model.dns import DnsMessage
from wiretruth.model.frames import FrameBatch
from wiretruth.model.packet import Endpoint, Packet, UdpDatagram
from wiretruth.protocols.dns.message import decode
from wiretruth.protocols.dns.recognition import is_lookup
from wiretruth.protocols.dns.types import rcode_name, type_name
from wiretruth.wire.frame import decode as decode_frame

GZIP = b"\x1f\x8b"


class Heard(NamedTuple):
    """One UDP message of a capture."""

    frame: int
    at: int
    source: Endpoint
    destination: Endpoint
    payload: bytes


def with_dns(corpus: Path) -> list[Path]:
    """List the captures in which tshark finds DNS."""
    with (corpus / "MANIFEST.csv").open(newline="") as manifest:
        return [corpus / row["file"] for row in csv.DictReader(manifest) if int(row["n_dns_messages"])]


def heard(capture: Path) -> Iterator[Heard]:
    """Give every message in one piece that looks like part of a lookup."""
    octets = capture.read_bytes()
    for batch in _batches(gzip.decompress(octets) if octets.startswith(GZIP) else octets):
        for packet in _packets(batch):
            datagram = packet.transport
            if isinstance(datagram, UdpDatagram):
                ends = (
                    Endpoint(packet.source, datagram.source_port),
                    Endpoint(packet.destination, datagram.destination_port),
                )
                if is_lookup(datagram.payload, *ends):
                    yield Heard(packet.number, packet.at, *ends, datagram.payload)


def _batches(octets: bytes) -> Iterator[FrameBatch]:
    for module in discover.modules("wiretruth.capture"):
        if any(octets.startswith(magic) for magic in getattr(module, "MAGICS", ())):
            yield from module.FEED().receive(octets)


def _packets(batch: FrameBatch) -> Iterator[Packet]:
    buffer = memoryview(batch.buffer)
    for row, offset in enumerate(batch.offsets):
        packet = decode_frame(
            buffer[offset : offset + batch.captured[row]],
            batch.interfaces[batch.interface[row]].link_type,
            vantage_of=str,
            number=batch.first_number + row,
            at=batch.times[row],
            original=batch.original[row],
        )
        if isinstance(packet, Packet):
            yield packet


def ours(capture: Path) -> tuple[Counter[Any], Counter[Any]]:
    """Count messages (id, QNAME, QTYPE, rcode) and answers (client, QNAME, owner, type, data)."""
    messages: Counter[Any] = Counter()
    answers: Counter[Any] = Counter()
    for one in heard(capture):
        message = decode(one.payload)
        if not isinstance(message, DnsMessage):
            continue
        name, kind = message.questions[0][:2] if message.questions else (None, None)
        messages[message.id, name, kind, message.rcode if message.is_response else None] += 1
        client = one.destination.address if message.is_response else one.source.address
        for record in message.answers:
            if record.type in {"A", "AAAA", "CNAME", "MX"} and not record.data.startswith("\\#"):
                answers[client, name, record.owner, record.type, record.data] += 1
    return messages, answers


def theirs(capture: Path, corpus: Path) -> tuple[Counter[Any], Counter[Any]]:
    """Give tshark's counts, in our words."""
    messages: Counter[Any] = Counter()
    answers: Counter[Any] = Counter()
    said = _oracle(corpus / "oracle" / f"{capture.relative_to(corpus)}.json")["dns"]
    for identity, name, kind, rcode, _, number in said["counts"]:
        text = None if kind is None else type_name(kind)
        messages[identity, _root(name), text, None if rcode is None else rcode_name(rcode)] += number
    for client, name, owner, kind, value, number, _ in said["answers"]:
        *preference, target = value.split(" ")
        data = " ".join([*preference, _root(target) or ""])
        answers[client, _root(name), _root(owner), kind, data] += number
    return messages, answers


@functools.cache
def _oracle(path: Path) -> dict[str, Any]:
    packed = path.with_name(path.name + ".gz")
    text = gzip.decompress(packed.read_bytes()) if packed.exists() else path.read_bytes()
    said: dict[str, Any] = json.loads(text)
    return said


def _root(name: str | None) -> str | None:
    return "." if name in {"<Root>", ""} else name
