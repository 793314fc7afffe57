"""One run: inputs one after the other, batch by batch, and the report at the end. No I/O."""

from collections.abc import Iterable, Iterator

from wiretruth.columns.relevance import Relevance
from wiretruth.engine.dialogues import DialogueLane, turned
from wiretruth.engine.gathering import Gathering
from wiretruth.engine.judgement import judge, state
from wiretruth.engine.lookups import LookupLane
from wiretruth.engine.reporting import Input, Material, report
from wiretruth.engine.settings import Settings
from wiretruth.engine.tally import VantageTally, survey
from wiretruth.engine.tap import Tap
from wiretruth.flow.table import TcpTable
from wiretruth.ledger.book import Ledger
from wiretruth.ledger.pairing import tie_lookups, tie_sightings
from wiretruth.model.connection import Connection, TiedLookup
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
        self._counts: dict[str, VantageTally] = {}
        self._relevance = Relevance(everything=self._settings.every_connection)

    def open(self, label: str, path: str) -> None:
        """Begin an input.

        Args:
            label: names its vantage in the report; unique in the run.
            path: the input as the user named it.
        """
        self._inputs.append(Input(label, path, Tap(self._settings, label, path, self._counts, self._relevance)))

    def receive(self, batch: FrameBatch) -> None:
        """Take the next frames of the input at hand; nothing of the batch is kept."""
        for packet in self._inputs[-1].tap.receive(batch):
            self._packet(packet)

    def close(self, file_format: str, faults: tuple[Fault, ...], cut_off: bool, kernel_drops: int | None) -> None:
        """End the input at hand, with what its format said of it."""
        source = self._inputs[-1]
        source.close(file_format, faults, cut_off, kernel_drops)
        if source.tap.whole.watched_until is not None:
            self._lookups.advance(source.tap.whole.watched_until, source.tap.vantages.labels())

    def advance(self, now: int) -> None:
        """Let time pass while nothing is seen: live, or where the input at hand is known to have gone on.

        Args:
            now: nanoseconds since the Unix epoch; until then the input at hand was watched.
        """
        self._events(self._tcp.advance(now))
        if self._inputs:
            tap = self._inputs[-1].tap
            tap.advance(now)
            self._lookups.advance(now, tap.vantages.labels())

    def finish(self) -> Report:
        """Judge what was seen."""
        self._events(self._tcp.finish())
        lookups = list(tie_lookups(self._lookups.finish()))
        tied = tie_sightings(self._gathering.sightings(), self._gathering.dialogues)
        ledger = self._ledger(lookups)
        contacts = [c for c in map(contact.state, tied.connections) if c is not None]
        statements = state(ledger, [resolution.state(t) for t in lookups], contacts, list(self._surveys()))
        gathering = self._gathering
        material = Material(
            ledger=ledger,
            findings=judge(statements, ledger),
            connections=tied.connections,
            lookups=lookups,
            dropped_connections=gathering.dropped + gathering.speechless_dropped,
            ambiguous_sightings=tied.ambiguous,
            evicted=tuple((table, number) for table, number in self._evicted(tied.connections) if number),
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
                counts = self._counts.get(vantage.label, VantageTally())
                yield survey(vantage, counts, source.tap.whole, source.cut_off, source.kernel_drops)

    def _evicted(self, connections: Iterable[Connection]) -> Iterator[tuple[str, int]]:
        taps = [source.tap for source in self._inputs]
        gathering = self._gathering
        yield "the table of connections under way", self._tcp.counts.evicted
        yield "the table of connections followed for what they said", self._relevance.refused
        yield "the table of lookups under way", self._lookups.table.counts.evicted
        yield "the table of DNS connections over TCP", self._lookups.streams_dropped
        yield "the table of fragmented datagrams", sum(t.fragments.given_up.crowded_out for t in taps)
        yield "the list of connections that carried no mail", gathering.dropped
        yield "the list of connections to mail ports without a dialogue", gathering.speechless_dropped
        yield "the list of hosts that replies reach", gathering.hosts_dropped
        yield "the list of interfaces", sum(t.vantages.crowded_out for t in taps)
        yield "the list of damage", sum(t.whole.faults_dropped for t in taps)
        yield "the events of a dialogue", sum(c.dialogue.events_dropped for c in connections if c.dialogue is not None)

    def _packet(self, packet: Packet) -> None:
        transport = packet.transport
        if isinstance(transport, TcpSegment):
            self._segment(packet, transport)
        elif isinstance(transport, UdpDatagram):
            self._lookups.datagram(packet, transport)
        elif isinstance(transport, IcmpMessage) and transport.quoted is not None:
            if transport.quoted.protocol == TCP:
                self._events(self._tcp.receive(packet))
            else:
                self._lookups.error(packet, transport)

    def _segment(self, packet: Packet, segment: TcpSegment) -> None:
        followed = self._relevance.follows(packet, segment)
        if followed is None:
            return
        if followed and segment.length > len(segment.payload):
            self._counts[packet.vantage].cut_octets += segment.length - len(segment.payload)
        events = self._tcp.receive(packet, followed)
        if events:
            self._events(events)

    def _events(self, events: Iterable[FlowEvent]) -> None:
        for event in events:
            self._lookups.stream(event)
            self._dialogues.receive(event)
            if isinstance(event, Finished):
                self._settle(event.sighting)

    def _settle(self, sighting: Sighting) -> None:
        self._counts[sighting.vantage].settle(sighting)
        self._relevance.forget(sighting.vantage, sighting.client, sighting.server)
        if sighting.reply_source is not None:
            self._relevance.forget(sighting.vantage, sighting.client, sighting.reply_source)
        dialogue = self._dialogues.take(sighting)
        self._gathering.add(turned(sighting, dialogue), dialogue)
