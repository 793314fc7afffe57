"""Guests of a watch: who keeps what was seen in the store, and who counts it for Prometheus."""

from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from wiretruth.cli._guests import Guest, Recording
from wiretruth.engine.harvest import Harvest
from wiretruth.engine.telling import Told, sentence
from wiretruth.errors import WiretruthError
from wiretruth.live.exposition import CONTENT_TYPE, Metrics
from wiretruth.live.metrics_door import MetricsDoor
from wiretruth.live.store import KeptDelivery, KeptFinding, Store
from wiretruth.model.frames import NANOSECONDS, FrameBatch
from wiretruth.reports._records.finding import finding_record
from wiretruth.reports._records.shape import encoded

if TYPE_CHECKING:
    from wiretruth.cli._watching import Run

FORGETTING: Final = 3600
"""Seconds from one removal of what is old to the next."""

MAX_COUNTED = 50_000
"""Connections remembered as counted: one that goes on after a long silence is not counted twice."""

_PAGE: Final = 4096


class Keeping(Guest):
    """Writes to the store; a full disk costs what would have been written, never the watch."""

    def __init__(self, store: Store, age: int, note: Callable[[str], None]) -> None:
        """Begin; *age* in nanoseconds: what is older is removed."""
        self.errors = 0
        self._store, self._age, self._note = store, age, note
        self._forgot = 0
        self._well = True

    def harvested(self, harvest: Harvest) -> None:
        """Keep what is new."""
        self._write(lambda: self._store.write_answers(harvest.answers))
        self._write(lambda: self._store.write_connections(harvest.connections))
        rows = [KeptDelivery(r.client, r.domain, r.at, r.last, r.outcome, r.inbound, r.reply, r.recipients, r.attempts) for r in harvest.deliveries]  # fmt: skip
        self._write(lambda: self._store.write_deliveries(rows))

    def tell(self, told: Told, now: int) -> None:
        """Keep a finding that is told."""
        finding = told.finding
        kept = KeptFinding(
            finding.at,
            now,
            finding.code,
            str(finding.severity),
            str(finding.confidence),
            finding.client,
            sentence(told),
            encoded(finding_record(finding)),
        )
        self._write(lambda: self._store.write_findings([kept]))

    def tick(self, run: "Run", now: int) -> None:
        """Remove what is old, now and then."""
        del run
        if not 0 <= now - self._forgot < FORGETTING * NANOSECONDS:
            self._forgot = now
            self._write(lambda: self._store.forget(now - self._age))

    def close(self) -> None:
        """Close the store."""
        self._store.close()

    def _write(self, write: Callable[[], None]) -> None:
        try:
            write()
        except WiretruthError as error:
            self.errors += 1
            if self._well:
                self._note(str(error))
            self._well = False
        else:
            self._well = True


class Counting(Guest):
    """Counts for Prometheus, and answers it."""

    def __init__(self, door: str) -> None:
        """Begin to listen at *door*, ``ADDRESS:PORT``."""
        self.metrics = Metrics()
        self._door = MetricsDoor(door, lambda: "".join(self.metrics.text()), CONTENT_TYPE)
        self._counted: OrderedDict[str, None] = OrderedDict()

    @property
    def port(self) -> int:
        """Where it listens."""
        return self._door.port

    def receive(self, batch: FrameBatch) -> None:
        """Count frames by interface."""
        self.metrics.put("last_packet_timestamp_seconds", batch.times[-1] / NANOSECONDS)
        for place, interface in enumerate(batch.interfaces):
            number = batch.interface.count(place)
            if number:
                self.metrics.add("vantage_packets_total", number, interface=interface.name or str(place))

    def harvested(self, harvest: Harvest) -> None:
        """Count what is over."""
        add = self.metrics.add
        for row in harvest.resolvers:
            resolver = row.resolver
            add("lookups_total", row.lookups, resolver=resolver)
            add("lookup_failures_total", row.failed, resolver=resolver)
            add("lookups_unanswered_total", row.unanswered, resolver=resolver)
            add("lookup_seconds_sum", row.latency / NANOSECONDS, resolver=resolver)
            add("lookup_seconds_count", row.answered, resolver=resolver)
        for connection in harvest.connections:
            if connection.id in self._counted:
                continue
            self._counted[connection.id] = None
            add("connections_total", server=connection.reached, outcome=connection.outcome)
            if connection.code is not None:
                add("replies_total", code=str(connection.code))
        while len(self._counted) > MAX_COUNTED:
            self._counted.popitem(last=False)
        self.metrics.put("deliveries_under_way", len(harvest.under_way))

    def tell(self, told: Told, now: int) -> None:
        """Count a finding."""
        del now
        self.metrics.add("findings_total", code=told.finding.code, severity=str(told.finding.severity))

    def look(self, run: "Run") -> None:
        """Answer."""
        del run
        self._door.serve()

    def tick(self, run: "Run", now: int) -> None:
        """Look at what others count."""
        del now
        drops, put = run.ring.drops, self.metrics.put
        put("packets_total", drops.packets)
        put("packets_dropped_total", drops.dropped)
        put("ring_freezes_total", drops.freezes)
        put("judgement_seconds", run.judging.seconds)
        put("judgements_failed_total", run.judging.failed)
        put("window_shortened_total", run.watching.given_up)
        put("resident_bytes", resident())
        for guest in run.guests:
            if isinstance(guest, Keeping):
                put("store_errors_total", guest.errors)
            elif isinstance(guest, Recording):
                put("record_missed_total", guest.missed)

    def close(self) -> None:
        """Answer no more."""
        self._door.close()


def resident() -> int:
    """Give the octets of memory that the process holds."""
    try:
        return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * _PAGE
    except (OSError, ValueError, IndexError):
        return 0
