"""One run: inputs one after the other, batch by batch, and the report at the end. No I/O."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import tzinfo

from wiretruth.engine.encrypted import encrypted
from wiretruth.engine.gathering import made
from wiretruth.engine.judgement import judge, state
from wiretruth.engine.log_reading import LogSettings
from wiretruth.engine.needed import Needed, needed
from wiretruth.engine.one_clock import by_the_clock_of_contacts
from wiretruth.engine.reading import Reading
from wiretruth.engine.reporting import Material, report
from wiretruth.engine.settings import Settings
from wiretruth.engine.spared import spare
from wiretruth.engine.tally import VantageTally, survey
from wiretruth.engine.witness_reading import ReadWitness
from wiretruth.engine.yielded import Ending, Yielded, every_lookup
from wiretruth.flow.outline import Outline
from wiretruth.ledger.book import Ledger
from wiretruth.ledger.clocks import Clocks, compare_clocks
from wiretruth.ledger.pairing import tie_lookups, tie_sightings
from wiretruth.model.connection import Connection, TiedLookup
from wiretruth.model.frames import FrameBatch
from wiretruth.model.log import ReadLog
from wiretruth.model.report import Report
from wiretruth.model.sighting import Sighting
from wiretruth.model.statements import Survey
from wiretruth.witnesses import contact, resolution


class Analysis:
    """Holds a run's state. Call ``open``, ``receive`` …, ``close`` for each input, then ``finish`` once."""

    def __init__(self, settings: Settings | None = None) -> None:
        self._settings = settings or Settings()
        self._read: list[Yielded] = []
        self._logs: list[ReadLog] = []
        self._reading: Reading | None = None
        self._heard: list[ReadWitness] = []

    def open(self, label: str, path: str) -> None:
        """Begin an input.

        Args:
            label: names its vantage in the report; unique in the run.
            path: the input as the user named it.
        """
        self._reading = Reading(self._settings, label, path, len(self._read))

    def receive(self, batch: FrameBatch) -> None:
        """Take the next frames of the input at hand; nothing of the batch is kept."""
        if self._reading is not None:
            self._reading.receive(batch)

    def close(self, ending: Ending | None = None) -> None:
        """End the input at hand, with what its format said of it."""
        if self._reading is not None:
            self._read.append(self._reading.finish(ending or Ending()))
            self._reading = None

    def add(self, read: Yielded) -> None:
        """Take an input that was read elsewhere, as the next one."""
        self._read.append(read)

    def log_settings(self, zone: tzinfo | None = None) -> LogSettings:
        """Give what logs are to be read with: the time of the inputs so far; *zone* where the user says it."""
        frames = [read.whole for read in self._read if read.whole.first is not None and read.whole.last is not None]
        start = min((whole.first or 0 for whole in frames), default=0)
        return LogSettings(start, max((whole.last or 0 for whole in frames), default=start), zone)

    def add_log(self, log: ReadLog) -> None:
        """Take a log that was read."""
        self._logs.append(log)

    def hear(self, read: ReadWitness) -> None:
        """Take what another witness than the wire says."""
        self._heard.append(read)

    def advance(self, now: int) -> None:
        """Let time pass while nothing is seen: live, or where the input at hand is known to have gone on.

        Args:
            now: nanoseconds since the Unix epoch; until then the input at hand was watched.
        """
        if self._reading is not None:
            self._reading.advance(now)

    def finish(self) -> Report:
        """Judge what was seen."""
        self.close()
        spared = spare(self._read, alone=not (self._logs or self._heard or self._settings.hosts))
        dialogues = {serial: dialogue for read in self._read for serial, dialogue in read.dialogues.items()}
        sightings = [sighting for read in self._read for sighting in read.sightings]
        others = [other for read in self._read for other in read.others]
        alike = _alike(sightings, others)
        clocks = self._clocks(sightings)
        tied = tie_sightings([*sightings, *alike], dialogues, clocks)
        names = needed(self._read, tied.connections, spared.clients)
        for read in self._read:
            read.plain = None
        lookups = list(tie_lookups(names.lookups, clocks))
        ledger = self._ledger(lookups, names)
        ledger.clocks = clocks
        contacts = [c for c in map(contact.state, tied.connections) if c is not None]
        resolutions = by_the_clock_of_contacts([resolution.state(t) for t in lookups], contacts, clocks)
        statements = state(ledger, resolutions, contacts, list(self._surveys()))
        statements += ledger.hold_against(self._logs, (Connection((made(other),)) for other in others))
        material = Material(
            ledger=ledger,
            findings=judge(statements, ledger),
            connections=tied.connections,
            lookups=lookups,
            other_lookups=names.others,
            others_answered=names.others_answered,
            other_connections=sum(read.dropped for read in self._read) + len(others) - len(alike),
            ambiguous_sightings=tied.ambiguous,
            spared=spared,
            evicted=self._evicted(names),
            heard=self._heard,
            logs=self._logs,
        )
        return report(self._settings, self._read, material)

    def _ledger(self, lookups: list[TiedLookup], names: Needed) -> Ledger:
        ledger = Ledger()
        for vantage, address in names.replied:
            ledger.visibility.saw_reply(vantage, address)
        for resolver, moments in names.heard.items():
            ledger.names.hear(resolver, moments)
        if names.forgotten:
            ledger.names.forget()
        for heard in self._heard:
            ledger.hear(heard.claims)
        for read in self._read:
            for vantage, address in read.replied:
                ledger.visibility.saw_reply(vantage, address)
        for lookup in (x for tied in lookups for x in tied.sightings):
            if lookup.response is not None or lookup.rejections:
                ledger.visibility.saw_reply(lookup.vantage, lookup.client.address)
        return ledger

    def _clocks(self, sightings: list[Sighting]) -> Clocks:
        lookups = (lookup for read in self._read for lookup in every_lookup(read))
        return compare_clocks(sightings, lookups, [read.label for read in self._read])

    def _surveys(self) -> Iterator[Survey]:
        for read in self._read:
            hidden = encrypted((*read.others, *read.sightings))
            for vantage in read.vantages:
                counts = read.counts.get(vantage.label, VantageTally())
                seen = survey(vantage, counts, read.whole, read.ending.cut_off, read.ending.kernel_drops)
                yield replace(seen, encrypted=hidden.get(vantage.label, ()))

    def _evicted(self, names: Needed) -> tuple[tuple[str, int], ...]:
        total: Counter[str] = Counter()
        for read in self._read:
            total.update(read.evicted)
        total["the list of lookups"] += names.given_up
        return tuple((table, number) for table, number in total.items() if number)


def _alike(sightings: list[Sighting], others: list[Sighting | Outline]) -> list[Sighting]:
    """Give those of *others* that may be the same connections as *sightings*: translation leaves the first number as it is."""
    numbers = {s.client_isn for s in sightings if s.client_isn is not None}
    return [made(other) for other in others if other.client_isn in numbers]
