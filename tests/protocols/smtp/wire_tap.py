"""Dialogues of a capture file, by way of the project's own decoder and reassembly."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from wiretruth.flow.table import TcpTable
from wiretruth.model.packet import Packet
from wiretruth.model.sighting import Finished, FlowEvent, Opened, StreamGap, StreamOctets
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


def dialogues(path: Path) -> list[Dialogue]:
    """What the parser makes of every connection that it recognises as SMTP."""
    table, candidates, found = TcpTable(), {}, []

    def take(event: FlowEvent) -> None:
        match event:
            case Opened(serial, vantage, client, server, at, frame):
                candidates[serial] = Candidate(serial, vantage, client, server, at, frame=frame)
            case StreamOctets(serial, from_client, at, frame, octets):
                candidates[serial].receive(from_client, at, frame, octets)
            case StreamGap(serial, from_client, at, frame, length):
                candidates[serial].gap(from_client, at, frame, length)
            case Finished(sighting):
                dialogue = candidates.pop(sighting.serial).finish(sighting.last.at)
                if dialogue is not None:
                    found.append(dialogue)

    for packet in packets(path):
        for event in table.receive(packet):
            take(event)
    for event in table.finish():
        take(event)
    return found
