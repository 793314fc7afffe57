"""Mail logs held against the wire: every claim gets its verdict, and rules may ask what a log says of a connection."""

from collections import Counter, defaultdict
from collections.abc import Container, Hashable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from wiretruth.ledger.history import time_of
from wiretruth.ledger.log_case import Case, clients_of
from wiretruth.ledger.log_clients import Clients
from wiretruth.ledger.log_clock import read_clock
from wiretruth.ledger.log_deliveries import Deliveries
from wiretruth.ledger.log_host import LogHost, watched
from wiretruth.ledger.log_scene import Scene
from wiretruth.model.connection import Connection
from wiretruth.model.frames import NANOSECONDS
from wiretruth.model.log import (
    Claim,
    Difference,
    JudgedLine,
    LoggedClient,
    LoggedDelivery,
    LogSummary,
    ReadLog,
    Reason,
    Status,
    Verdict,
)
from wiretruth.model.statements import Contact, Resolution

LOOKED_UP = 300 * NANOSECONDS
"""Lookups this long before a line may still be those of its mail: a resolver that does not answer is asked for long."""

PACKETS_OF_AN_ATTEMPT = 2
"""The least that an attempt shows: a SYN and its answer, or the SYN again."""


NEIGHBOURS = 64
"""Connections looked at to see which ways a host's mail takes: few ways, many connections."""

SHOWN = 4
"""Lookups shown beside a line: those of its last try."""


class Unlogged(NamedTuple):
    """A log that says nothing of a contact."""

    source: str
    """Its label."""
    attempts: int
    """Contacts of this client with this server of which it says nothing."""


class Whereto(NamedTuple):
    """What lines of which nothing was seen have in common where they tell of one thing."""

    source: str
    host: str
    address: str | None
    told: bool
    """They say what became of a recipient."""
    in_view: bool


class Logs:
    """The logs of a run. Call ``judge`` once; before it, every answer is that no log says anything."""

    def __init__(self) -> None:
        self.judged: tuple[JudgedLine, ...] = ()
        """By the time of the lines."""
        self.summaries: tuple[LogSummary, ...] = ()
        self._hosts: list[LogHost] = []
        self._scene: Scene | None = None
        self._by_connection: dict[int, list[JudgedLine]] = defaultdict(list)
        self._unlogged: dict[int, Unlogged] = {}
        self._unseen: dict[Whereto, list[JudgedLine]] = defaultdict(list)

    def judge(self, logs: Sequence[ReadLog], scene: Scene) -> None:
        """Hold every log against what was seen."""
        self._scene = scene
        self._hosts = [host for log in logs for host in _hosts(log, scene)]
        clients, deliveries = Clients(scene), Deliveries(scene)
        cases = []
        for host in self._hosts:
            for claim in host.claims:
                at = host.at(claim.line.time)
                if isinstance(claim, LoggedClient):
                    host.judged.append(_weighed(clients.judge(claim, host, at), host, scene))
                else:
                    cases.append(Case(claim, host, at))
        for case, judged in zip(cases, deliveries.judge(cases), strict=True):
            case.host.judged.append(_weighed(judged, case.host, scene))
        self.judged = tuple(sorted((j for host in self._hosts for j in host.judged), key=time_of))
        self.summaries = tuple(_summary(log, [h for h in self._hosts if h.source == log.label]) for log in logs)
        for judged in self.judged:
            if judged.reason is Reason.NOT_SEEN:
                self._unseen[_whereto(judged)].append(judged)
            if judged.connection is not None:
                self._by_connection[judged.connection.nearest.serial].append(judged)
        self._unlogged = _find_unlogged(self._hosts, scene.contacts, self._by_connection)

    def of(self, connection: Connection) -> Sequence[JudgedLine]:
        """Give the lines that are tied to a connection, in time order."""
        return self._by_connection.get(connection.nearest.serial, ()) if self.judged else ()

    def otherwise(self, connection: Connection) -> JudgedLine | None:
        """Give a line tied to this connection that names another server; a certain one before others."""
        found = [x for x in self.of(connection) if x.differs in (Difference.ADDRESS, Difference.PORT)]
        return min(found, key=lambda x: not x.certain, default=None)

    def chosen(self, connection: Connection) -> JudgedLine | None:
        """Give a line tied to this connection that names the server which it reached: the application chose it."""
        for judged in self.of(connection):
            claim = judged.claim
            if isinstance(claim, LoggedDelivery) and claim.address == connection.server.address:
                return judged
        return None

    def unlogged(self, contact: Contact) -> Unlogged | None:
        """Give the log that should mention this contact and does not; of alike contacts, only for the first."""
        return self._unlogged.get(contact.connection.nearest.serial)

    def unseen(self, judged: JudgedLine) -> Sequence[JudgedLine]:
        """Give the lines of the same host that tell of the same server as this one, none of which was seen on the wire.

        Lines of attempts alone count where no line says what became of a recipient there.
        """
        where = _whereto(judged)
        told = where._replace(told=True)
        return () if told != where and told in self._unseen else self._unseen.get(where, ())

    def neighbours(self, judged: JudgedLine) -> list[Connection]:
        """Give connections that other lines of the same host and log are tied to: some of them, if there are many."""
        line = judged.claim.line
        others = [j for h in self._hosts if (h.source, h.name) == (line.source, line.host) for j in h.judged]
        return [j.connection for j in others if j.connection is not None][:NEIGHBOURS]

    def lookups_before(self, judged: JudgedLine) -> list[Resolution]:
        """Give the lookups of where the mail of a line goes, made shortly before it; the latest few."""
        claim = judged.claim
        if self._scene is None or not isinstance(claim, LoggedDelivery):
            return []
        return self._scene.asked_for(claim, judged.at - LOOKED_UP, judged.at + claim.line.time.grain)[-SHOWN:]


def _find_unlogged(hosts: Sequence[LogHost], contacts: Iterable[Contact], tied: Container[int]) -> dict[int, Unlogged]:
    """Find contacts of hosts whose log was being written and names none of the servers; the first of each kind stands for all."""
    named = [{c.address for c in host.claims} for host in hosts]
    first: dict[Hashable, int] = {}
    found: dict[int, Unlogged] = {}
    for contact in contacts:
        connection = contact.connection
        servers = {s.server.address for s in connection.sightings}
        for host, known in zip(hosts, named, strict=True):
            if connection.nearest.serial in tied or known & servers or not clients_of(contact) & host.clients.keys():
                continue
            if _covers(host, contact):
                serial = first.setdefault(
                    (host.source, connection.client.address, connection.server), connection.nearest.serial
                )
                found[serial] = Unlogged(host.source, found[serial].attempts + 1 if serial in found else 1)
                break
    return found


def _whereto(judged: JudgedLine) -> Whereto:
    claim, line = judged.claim, judged.claim.line
    told = isinstance(claim, LoggedDelivery) and claim.status is not Status.TRIED
    return Whereto(line.source, line.host, claim.address, told, judged.in_view)


def _hosts(log: ReadLog, scene: Scene) -> Iterator[LogHost]:
    by_name: dict[str, list[Claim]] = {name: [] for name in log.spans}
    for claim in log.claims:
        by_name.setdefault(claim.line.host if claim.line.host in log.spans else "", []).append(claim)
    for name, claims in by_name.items():
        clock = read_clock(claims, scene.sayings, scene.moments)
        yield LogHost(log.label, name, clock, claims, log.spans.get(name))


def _weighed(judged: JudgedLine, host: LogHost, scene: Scene) -> JudgedLine:
    """Give the best reason why what a line tells of was not seen; see whether it should have been."""
    if judged.reason is not Reason.NOT_SEEN:
        return judged
    claim = judged.claim
    if host.clock.assumed:
        return replace(judged, reason=Reason.NO_ZONE)
    case = Case(claim, host, judged.at) if isinstance(claim, LoggedDelivery) else None
    start = case.began if case else judged.at
    end = judged.at + claim.line.time.grain
    if host.watched(scene.visibility, start, end):
        lossy = any(scene.visibility.loss_explains(vantage, PACKETS_OF_AN_ATTEMPT) for vantage in host.vantages)
        return replace(judged, reason=Reason.LOSS) if lossy else replace(judged, in_view=True)
    if case is not None and _looked_up(case, scene):
        return judged
    at_all = any(watched(scene.visibility, s.vantage, start, end) for s in scene.visibility.surveys())
    return replace(judged, reason=Reason.NO_CAPTURE if at_all and not host.vantages else Reason.OUTSIDE)


def _looked_up(case: Case, scene: Scene) -> bool:
    """The host was told the address for this very mail, in the capture: its connection may well be expected there."""
    if not scene.names.knows(case.claim.address or "", case.latest):
        return False
    found = scene.asked_for(case.claim, case.at - LOOKED_UP, case.latest)
    return any(not scene.visibility.loss_explains(r.lookup.nearest.vantage, 1) for r in found)


def _covers(host: LogHost, contact: Contact) -> bool:
    if host.span is None or host.clock.assumed:
        return False
    first, last = (host.at(time) for time in host.span)
    return first + host.slack <= contact.at and contact.connection.nearest.last.at + host.slack <= last


def _summary(log: ReadLog, hosts: list[LogHost]) -> LogSummary:
    judged = [j for host in hosts for j in host.judged]
    verdicts = Counter(j.verdict for j in judged)
    reasons = Counter(j.reason for j in judged if j.reason is not None)
    spans = [(host.at(first), host.at(last)) for host in hosts if host.span for first, last in [host.span]]
    return LogSummary(
        label=log.label,
        path=log.path,
        programs=log.programs,
        lines=log.lines,
        unknown=log.unknown,
        outside=log.outside,
        claims=len(judged) + log.dropped,
        verdicts=tuple((v, verdicts[v]) for v in Verdict),
        reasons=tuple((r, reasons[r]) for r in Reason if reasons[r]),
        clocks=tuple((host.name, host.clock) for host in hosts),
        first=min((first for first, _ in spans), default=None),
        last=max((last for _, last in spans), default=None),
    )
