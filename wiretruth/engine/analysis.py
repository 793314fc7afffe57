"""One run: inputs one after the other, batch by batch, and the report at the end. No I/O."""

from collections.abc import Iterable, Iterator

from wiretruth.engine.dialogues import DialogueLane, turned
from wiretruth.engine.gathering import Gathering
from wiretruth.engine.judgement import judge, state
from wiretruth.engine.lookups import LookupLane
from wiretruth.engine.reporting import Input, Material, report
from wiretruth.engine.settings import Settings
from wiretruth.engine.tally import survey
from wiretruth.engine.tap import Tap
from wiretruth.flow.table import TcpTable
from wiretruth.ledger.book import Ledger
from wiretruth.ledger.pairing import tie_lookups, tie_sightings
from wiretruth.model.connection import TiedLookup
from wiretruth.model.frames import Fault, FrameBatch
from wiretruth.model.packet import TCP, IcmpMessage, Packet, TcpSegment, UdpDatagram
from wiretruth.model.report import Report
from wiretruth.model.sighting import Finished, FlowEvent, Sighting
from wiretruth.model.statements import Survey
from wiretruth.witnesses import contact, resolution


class Analysis:
    """Holds a run's state. Call ``open``, ``receive`` …, ``close`` for each input, then ``finish`` once."""

    def __init__(self, settings: Settings | None = None) -> None:
        self._settings = settings or Settings()
        self._inputs: list[Input] = []
        self._tcp = TcpTable()
        self._lookups = LookupLane()
        self._dialogues = DialogueLane()
        self._gathering = Gathering(self._settings.every_connection)

    def open(self, label: str, path: str) -> None:
        """Begin an input.

        Args:
            label: names its vantage in the report; unique in the run.
            path: the input as the user named it.
        """
        self._inputs.append(Input(label, path, Tap(self._settings, label, path)))

    def receive(self, batch: FrameBatch) -> None:
        """Take the next frames of the input at hand; nothing of the batch is kept."""
        for packet in self._inputs[-1].tap.receive(batch):
            self._packet(packet)

    def close(self, file_format: str, faults: tuple[Fault, ...], cut_off: bool, kernel_drops: int | None) -> None:
        """End the input at hand, with what its format said of it."""
        self._inputs[-1].close(file_format, faults, cut_off, kernel_drops)

    def finish(self) -> Report:
        """Judge what was seen."""
        self._events(self._tcp.finish())
        lookups = list(tie_lookups(self._lookups.finish()))
        connections = tie_sightings(self._gathering.sightings(), self._gathering.dialogues)
        ledger = self._ledger(lookups)
        contacts = [c for c in map(contact.state, connections) if c is not None]
        statements = state(ledger, [resolution.state(t) for t in lookups], contacts, list(self._surveys()))
        material = Material(
            ledger, judge(statements, ledger), connections, lookups, self._gathering.dropped, tuple(self._evicted())
        )
        return report(self._settings, self._inputs, material)

    def _ledger(self, lookups: list[TiedLookup]) -> Ledger:
        ledger = Ledger()
        for vantage, address in self._gathering.replied:
            ledger.visibility.saw_reply(vantage, address)
        for lookup in (x for tied in lookups for x in tied.sightings):
            if lookup.response is not None or lookup.rejections:
                ledger.visibility.saw_reply(lookup.vantage, lookup.client.address)
        return ledger

    def _surveys(self) -> Iterator[Survey]:
        for source in self._inputs:
            for vantage in source.tap.vantages.all():
                counts = source.tap.counts[vantage.label]
                yield survey(vantage, counts, source.tap.whole, source.cut_off, source.kernel_drops)

    def _evicted(self) -> Iterator[tuple[str, int]]:
        yield from ()

    def _packet(self, packet: Packet) -> None:
        transport = packet.transport
        if isinstance(transport, TcpSegment):
            self._events(self._tcp.receive(packet))
        elif isinstance(transport, UdpDatagram):
            self._lookups.datagram(packet, transport)
        elif isinstance(transport, IcmpMessage) and transport.quoted is not None:
            if transport.quoted.protocol == TCP:
                self._events(self._tcp.receive(packet))
            else:
                self._lookups.error(packet, transport)

    def _events(self, events: Iterable[FlowEvent]) -> None:
        for event in events:
            self._lookups.stream(event)
            self._dialogues.receive(event)
            if isinstance(event, Finished):
                self._settle(event.sighting)

    def _settle(self, sighting: Sighting) -> None:
        tap = next(i.tap for i in reversed(self._inputs) if sighting.vantage in i.tap.counts)
        tap.counts[sighting.vantage].settle(sighting)
        dialogue = self._dialogues.take(sighting)
        self._gathering.add(turned(sighting, dialogue), dialogue)
