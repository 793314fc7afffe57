"""Opens the doors of a watch, gives up what is not needed any more, lets it run, and ends it in good order."""

import gc
import importlib
import os
import pkgutil
import sys
import time
from functools import partial
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, NamedTuple

from wiretruth.cli import _formats, _output, _terminal
from wiretruth.cli._guests import TEXT, Alarming, Printer, Recording, Reporting
from wiretruth.cli._keeping import Counting, Keeping
from wiretruth.cli._listening import Listening, Named
from wiretruth.cli._reading import COLLECT_AFTER
from wiretruth.cli._status import status
from wiretruth.cli._stopping import ended_early
from wiretruth.cli._watching import Chosen, Run
from wiretruth.engine.settings import Settings
from wiretruth.engine.watching import Watching
from wiretruth.errors import WiretruthError
from wiretruth.live import interfaces, notify, privileges, usual_filter
from wiretruth.live.alarms import Alarms
from wiretruth.live.notify import Notify
from wiretruth.live.recording import Bounds, Recorder
from wiretruth.live.ring import PacketRing
from wiretruth.live.store import Store
from wiretruth.live.user_filter import compiled
from wiretruth.model.finding import Finding, Severity
from wiretruth.model.frames import NANOSECONDS
from wiretruth.reports._options import Options
from wiretruth.sources.arrays import prepare

if TYPE_CHECKING:
    from wiretruth.cli._screen import Screen

LABEL = "live"
"""Names the vantages, with the interface behind it."""

_JUDGING = ("model", "columns", "wire", "flow", "protocols", "witnesses", "ledger", "firewall", "rules", "engine")
"""The rooms that packets pass."""

_LATE = (
    "numpy", "resource", "traceback", "wiretruth.capture._ring_columns", "encodings.ascii", "encodings.idna",
    "encodings.latin_1", "encodings.unicode_escape",
)  # fmt: skip
"""What is loaded only when it is used; whom the watch becomes may have no right to read it, where it lies in somebody's home."""

_READABLE = ("/usr", "/lib", "/lib64", "/bin", "/sbin", "/etc", "/proc", "/sys", "/dev")


class Wanted(NamedTuple):
    """What the user asked for."""

    interfaces: tuple[str, ...]
    expression: str | None
    ports: tuple[int, ...]
    duration: float | None
    form: str
    least: Severity
    report: bool
    screen: bool
    hosts: tuple[str, ...]
    named: Named
    record: Path | None
    bounds: Bounds
    store: Path | None
    store_age: float
    metrics: str | None
    on_finding: str | None
    alarm_on: Severity
    user: str | None
    fail_on: str


def watch(wanted: Wanted) -> int:
    """Watch until it is time to end, and give the exit status."""
    _check(wanted)
    gc.set_threshold(COLLECT_AFTER)
    os.umask(0o077)  # what is recorded is nobody else's
    prepare()
    _load(wanted.form)
    with ended_early() as stop:
        opened = _Opened(wanted, stop)
        try:
            opened.confine()
            opened.begin()
            opened.run.watch(wanted.duration, stop)
            report = opened.run.finish()
        finally:
            opened.run.close()
    if wanted.report:
        terminal = _terminal.stdout_is_terminal()
        colour = _terminal.colour("auto", os.environ, terminal=terminal)
        options = Options(width=_terminal.width(terminal=terminal), colour=colour)
        _output.write(_formats.renderer(wanted.form)(report, options), _output.STDOUT)
    return status(report.findings, wanted.fail_on)


def _load(form: str) -> None:
    """Load everything that may be needed: once, and not in each copy that judges; and before the right to read it is gone."""
    for room in _JUDGING:
        package = importlib.import_module(f"wiretruth.{room}")
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            importlib.import_module(found.name)
    for name in _LATE:
        importlib.import_module(name)
    _formats.renderer(form)


def _check(wanted: Wanted) -> None:
    interfaces.check(wanted.interfaces)
    if len(wanted.interfaces) > usual_filter.MAX_NAMED or len(wanted.ports) > usual_filter.MAX_PORTS:
        most = f"{usual_filter.MAX_NAMED} interfaces and {usual_filter.MAX_PORTS} ports"
        raise WiretruthError(f"at most {most} can be named; -i any watches all interfaces")
    if wanted.expression is not None and wanted.ports:
        raise WiretruthError("--port adds to the usual filter, and --filter takes its place; give one of them")


class _Opened:
    """The doors of a watch; the ones that need rights are opened here."""

    def __init__(self, wanted: Wanted, stop: Event) -> None:
        self._wanted = wanted
        self._screen: Screen | None = None
        self.notify = Notify(os.environ)
        self._recording: Recording | None = None
        journal = notify.is_journal(1, os.environ)
        colour = _terminal.colour("auto", os.environ, terminal=_terminal.stdout_is_terminal())
        self._printer = Printer(wanted.form, wanted.least, self._packets, colour=colour, journal=journal)
        chosen = Chosen(wanted.interfaces, _program(wanted))
        ring = PacketRing(chosen.program(interfaces.numbers(chosen.interfaces)), interfaces.name)
        watching = Watching(Settings(hosts=wanted.hosts, digests=False), LABEL)
        listening = Listening(wanted.named, self._note)
        self.run = Run(ring, chosen, watching, listening, self._note)
        self._invite()
        if wanted.screen and wanted.form == TEXT and _terminal.stdout_is_terminal():
            self._show(stop)
        else:
            self.run.guests.append(self._printer)

    def begin(self) -> None:
        """Say that the watch begins: from now on nothing is missed."""
        words = f"watching {', '.join(self._wanted.interfaces)}; Ctrl-C ends with the report"
        self.notify.ready(words)
        self._note(words)

    def confine(self) -> None:
        """Give up what the watch does not need any more."""
        wanted = self._wanted
        if os.geteuid() == 0 and wanted.user == "root":
            return
        store = [wanted.store.resolve().parent] if wanted.store is not None else []
        record = [wanted.record.resolve()] if wanted.record is not None else []
        package = Path(__file__).resolve().parents[2]
        readable = [*map(Path, _READABLE), Path(sys.prefix), Path(sys.base_prefix), package, *wanted.named.folders()]
        runs_commands = wanted.on_finding is not None and "://" not in wanted.on_finding
        user = wanted.user or os.environ.get("SUDO_USER") or "nobody"
        privileges.drop(user, readable, [*record, *store], owned=_owned(wanted), confine=not runs_commands)

    def _invite(self) -> None:
        """Let those take part that the user asked for; who records comes first, so that others can name the slice."""
        wanted, guests = self._wanted, self.run.guests
        if wanted.record is not None:
            self._recording = Recording(Recorder(wanted.record, wanted.bounds), self._note)
            guests.append(self._recording)
        if wanted.store is not None:
            store = Store(wanted.store)
            self.run.remembered = tuple(store.answers())
            guests.append(Keeping(store, round(wanted.store_age * NANOSECONDS), self._note))
        if wanted.metrics is not None:
            guests.append(Counting(wanted.metrics))
        if wanted.on_finding is not None:
            alarms = Alarms(wanted.on_finding, sys.executable)
            guests.append(Alarming(alarms, wanted.alarm_on, self._packets, self._note))
        guests.append(Reporting(self.notify))

    def _show(self, stop: Event) -> None:
        from wiretruth.cli._screen import Screen  # noqa: PLC0415  (rich is slow to load, and a service has no terminal)

        self._screen = Screen(self._wanted.interfaces, stop, self._packets)
        self.run.guests.append(self._screen)

    def _packets(self, finding: Finding) -> str:
        return self._recording.packets(finding) if self._recording is not None else ""

    def _note(self, words: str) -> None:
        (self._screen or self._printer).note(time.time_ns(), words)


def _owned(wanted: Wanted) -> list[Path]:
    """Give what must belong to the user that the watch becomes: no folder that holds anything else (the recorder sees to it)."""
    owned = [wanted.record] if wanted.record is not None else []
    if wanted.store is not None:
        owned += [wanted.store.with_name(wanted.store.name + suffix) for suffix in ("", "-wal", "-shm")]
    return [path for path in owned if path.exists()]


def _program(wanted: Wanted) -> "partial[bytes]":
    loopback = interfaces.number(interfaces.LOOPBACK)
    if wanted.expression is None:
        return partial(_usual, wanted.ports, loopback)
    inner, raw = compiled(wanted.expression)
    return partial(_users, inner, raw, loopback)


def _usual(ports: tuple[int, ...], loopback: int, numbers: tuple[int, ...]) -> bytes:
    return usual_filter.program(ports, numbers, loopback)


def _users(inner: bytes, raw: bytes, loopback: int, numbers: tuple[int, ...]) -> bytes:
    return usual_filter.around(inner, raw, numbers, loopback)
