"""One input on its way from batches to sightings, dialogues and lookups. Inputs never share state: packets of two never meet."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from wiretruth.columns.relevance import Relevance
from wiretruth.engine.dialogues import DialogueLane, turned
from wiretruth.engine.gathering import Gathering
from wiretruth.engine.lookups import DNS_PORT, LookupLane
from wiretruth.engine.pace import Pace
from wiretruth.engine.settings import Settings
from wiretruth.engine.tally import VantageTally
from wiretruth.engine.tap import Tap
from wiretruth.engine.yielded import Ending, Yielded
from wiretruth.flow.table import TcpTable
from wiretruth.model.frames import FrameBatch
from wiretruth.model.packet import TCP, IcmpMessage, Packet, TcpSegment, UdpDatagram
from wiretruth.model.segments import Bundle, SegmentRows
from wiretruth.model.sighting import Finished, FlowEvent, Sighting, StreamRun

if TYPE_CHECKING:
    from wiretruth.engine.attempts import Flood
    from wiretruth.engine.session_store import SessionStore
    from wiretruth.engine.weaving import Weaving

SERIALS = 1 << 40
"""Serials of one input: more than any has packets."""


class Reading:
    """Holds what is under way in one input. Call ``receive`` …, then ``finish`` once."""

    def __init__(self, settings: Settings, label: str, path: str, place: int) -> None:
        """Begin an input.

        Args:
            settings: of the run.
            label: names its vantage in the report; unique in the run.
            path: the input as the user named it.
            place: of the input in the run, from 0: serials of its sightings follow those of the inputs before.
        """
        self._label = label
        self._path = path
        self._settings = settings
        self._first_serial = place * SERIALS
        self._sessions: SessionStore | None = None
        self._tcp = TcpTable(first_serial=self._first_serial)
        self._dialogues = DialogueLane(digests=settings.digests, headers=settings.headers)
        self._gathering = Gathering(settings.every_connection)
        self._pace = Pace()
        self._counts: dict[str, VantageTally] = {}
        self._relevance = Relevance(everything=settings.every_connection)
        self._tap = Tap(settings, label, path, self._counts, self._relevance)
        self._tap.weaving = self._weave
        self._lookups = LookupLane(self._tap.whole.note)
        self._weaving: Weaving | None = None
        self._flood: Flood | None = None
        if not settings.every_lookup:
            self._tap.lookups = self._lookups.store

    def receive(self, batch: FrameBatch) -> None:
        """Take the next frames; nothing of the batch is kept."""
        for part in self._pace.parts(batch):
            for packet in self._tap.receive(part):
                self._packet(packet)
            for bundle, rows in self._weaving.take() if self._weaving is not None else ():
                self._bundle(bundle, rows)
            if self._pace.pauses(part):
                self._events(self._tcp.sweep(self._pace.now))
                self._dialogues.complete(self._tcp.said_all(self._pace.now), self._pace.now)
                self._outlines()
                self._relevance.pause()
                self._gathering.settle()

    def advance(self, now: int) -> None:
        """Let time pass: until *now*, in nanoseconds since the Unix epoch, the input was watched."""
        self._events(self._tcp.advance(now))
        self._outlines()
        self._gathering.settle()
        self._tap.advance(now)
        self._lookups.advance(now, self._tap.vantages.labels())

    def forget(self, until: int, names_until: int, most: tuple[int, int]) -> tuple[int, int]:
        """Give up what was over by then: who watches for months keeps a window.

        Args:
            until: connections that ended by then, in nanoseconds since the Unix epoch.
            names_until: lookups that began by then.
            most: connections of mail, and lookups, that are kept.

        Returns:
            The moments up to which connections and lookups were given up.
        """
        self._attempts()
        return self._gathering.forget(until, most[0]), self._lookups.forget(names_until, most[1])

    def tallies(self) -> dict[str, VantageTally]:
        """Give the counts of each vantage as they are now."""
        return {label: dataclasses.replace(counts) for label, counts in self._counts.items()}

    def finish(self, ending: Ending) -> Yielded:
        """End the input, with what its format said of it."""
        tap, gathering = self._tap, self._gathering
        if tap.whole.watched_until is not None:
            self._lookups.advance(tap.whole.watched_until, tap.vantages.labels())
        self._events(self._tcp.finish())
        self._outlines()
        self._attempts()
        gathering.settle()
        lookups = self._lookups.finish()
        sessions = self._sessions.sessions() if self._sessions is not None else None
        if sessions is not None:
            sessions.settle(self._counts)
            gathering.note_replies(sessions.clients())
        return Yielded(
            label=self._label,
            path=self._path,
            whole=tap.whole,
            vantages=tap.vantages.all(),
            counts=self._counts,
            ending=ending,
            sightings=gathering.sightings(),
            others=gathering.others(),
            dialogues=gathering.dialogues,
            lookups=lookups,
            plain=self._lookups.plain(),
            sessions=sessions,
            replied=gathering.replied,
            dropped=gathering.dropped + gathering.speechless_dropped,
            evicted=self._evicted(),
        )

    def _evicted(self) -> dict[str, int]:
        gathering = self._gathering
        return {
            "the table of connections under way": self._tcp.counts.evicted,
            "the table of connections followed for what they said": self._relevance.refused,
            "the table of lookups under way": self._lookups.table.counts.evicted,
            "the table of DNS connections over TCP": self._lookups.streams_dropped,
            "the table of fragmented datagrams": self._tap.fragments.given_up.crowded_out,
            "the list of connections that carried no mail": gathering.dropped,
            "the list of connections to mail ports without a dialogue": gathering.speechless_dropped,
            "the list of hosts that replies reach": gathering.hosts_dropped,
            "the list of interfaces": self._tap.vantages.crowded_out,
            "the list of damage": self._tap.whole.faults_dropped,
            "the events of a dialogue": sum(d.events_dropped for d in gathering.dialogues.values()),
        }

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

    def _weave(self) -> Weaving:
        if self._weaving is None:
            from wiretruth.engine.attempts import Flood  # noqa: PLC0415  (imports numpy)
            from wiretruth.engine.flooding import Flooding  # noqa: PLC0415  (imports numpy)
            from wiretruth.engine.weaving import Weaving  # noqa: PLC0415  (numpy is slow to load, and most files are small)

            sessions, self._flood = self._store(), Flood(self._first_serial)
            flooding = Flooding(self._tcp, self._relevance, sessions, self._flood)
            self._weaving = Weaving(self._tcp, self._relevance, sessions, flooding)
        return self._weaving

    def _store(self) -> SessionStore | None:
        if self._settings.every_delivery or self._settings.headers or self._settings.digests:
            return None
        from wiretruth.engine.session_store import SessionStore  # noqa: PLC0415  (imports numpy)

        self._sessions = self._tcp.held = SessionStore(self._tcp, self._dialogues, self._first_serial)
        return self._sessions

    def _bundle(self, bundle: Bundle, rows: SegmentRows) -> None:
        """Take the segments of one connection: what is ordinary at once, the rest as packets."""
        relevance, row, stop = self._relevance, bundle.start, bundle.stop
        by_port = relevance.by_port(bundle.low.port, bundle.high.port)
        while row < stop:
            if (rows.plain[row] or rows.ending[row]) and (
                by_port or relevance.remembers(bundle.vantage, bundle.low, bundle.high)
            ):
                row, runs = self._tcp.ordinary(bundle, rows, row)
                if runs:
                    self._hear(bundle, runs)
                if row == stop:
                    return
            packet = rows.packet(row)
            if isinstance(packet.transport, TcpSegment):
                self._segment(packet, packet.transport)
            row += 1

    def _hear(self, bundle: Bundle, runs: Sequence[StreamRun]) -> None:
        """Take the octets of one connection."""
        if DNS_PORT in (bundle.low.port, bundle.high.port):
            for run in runs:
                self._lookups.stream(run)
        self._dialogues.hear(runs)

    def _segment(self, packet: Packet, segment: TcpSegment) -> None:
        followed = self._relevance.follows(packet, segment)
        if followed is None:
            return
        events = self._tcp.receive(packet, followed)
        if events:
            self._events(events)

    def _events(self, events: Iterable[FlowEvent]) -> None:
        for event in events:
            self._lookups.stream(event)
            if isinstance(event, Finished):
                self._settle(event.sighting)
            else:
                self._dialogues.receive(event)

    def _attempts(self) -> None:
        """Gather what is left of a flood."""
        if self._flood is not None:
            for outline in self._flood.take_ended():
                self._gathering.add(outline, None)
            self._gathering.settle()
            self._gathering.give_up(*self._flood.take_dropped())

    def _outlines(self) -> None:
        for outline in self._tcp.ended_outlines():
            if outline.both_sent:
                self._counts[outline.vantage].two_sided += 1
            self._gathering.add(outline, None)

    def _settle(self, sighting: Sighting) -> None:
        self._counts[sighting.vantage].settle(sighting)
        self._relevance.forget(sighting.vantage, sighting.client, sighting.server)
        if sighting.reply_source is not None:
            self._relevance.forget(sighting.vantage, sighting.client, sighting.reply_source)
        dialogue = self._dialogues.take(sighting)
        if dialogue is not None:
            self._tap.whole.note(dialogue.faults)
        self._gathering.add(turned(sighting, dialogue), dialogue)
