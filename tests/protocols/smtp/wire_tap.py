"""Dialogues of a capture file, by way of the project's own decoder and reassembly."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from tests.protocols.smtp.recorded import Piece, feed
from wiretruth.flow.table import TcpTable
from wiretruth.model.frames import Mark
from wiretruth.model.packet import Packet
from wiretruth.model.sighting import FlowEvent, Opened, StreamGap, StreamOctets
from wiretruth.model.smtp import Dialogue
from wiretruth.protocols.smtp.candidate import Candidate
from wiretruth.sources.files import CaptureSource
from wiretruth.wire.frame import decode

VANTAGE: Final = "here"


def packets(path: Path) -> Iterator[Packet]:
    """Every packet of a capture file that could be decoded."""
    with CaptureSource(str(path)) as source:
        for batch in source.batches():
            buffer = memoryview(batch.buffer)
            for row, (offset, captured) in enumerate(zip(batch.offsets, batch.captured, strict=True)):
                packet = decode(
                    buffer[offset : offset + captured],
                    batch.interfaces[batch.interface[row]].link_type,
                    vantage_of=lambda _index: VANTAGE,
                    number=batch.first_number + row,
                    at=batch.times[row],
                    original=batch.original[row],
                )
                if isinstance(packet, Packet):
                    yield packet


def recordings(path: Path) -> list[tuple[Opened, list[Piece]]]:
    """Give the connections of a capture, each with the pieces of its two streams as they came."""
    table = TcpTable()
    found: dict[int, tuple[Opened, list[Piece]]] = {}

    def take(event: FlowEvent) -> None:
        match event:
            case Opened():
                found[event.serial] = (event, [])
            case StreamOctets(serial, from_client, at, frame, octets):
                found[serial][1].append(Piece(from_client, Mark(at, frame), octets))
            case StreamGap(serial, from_client, at, frame, length):
                found[serial][1].append(Piece(from_client, Mark(at, frame), b"", length))

    for packet in packets(path):
        for event in table.receive(packet):
            take(event)
    for event in table.finish():
        take(event)
    return list(found.values())


def dialogues(path: Path) -> list[Dialogue]:
    """What the parser makes of every connection that it recognises as SMTP."""
    found = []
    for opened, pieces in recordings(path):
        candidate = Candidate(*opened[:5], frame=opened.frame)
        feed(candidate, pieces)
        dialogue = candidate.finish(0)
        if dialogue is not None:
            found.append(dialogue)
    return found
