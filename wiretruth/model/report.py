"""The whole result of a run: a value; ``reports/`` turns it into ink."""

from dataclasses import dataclass

from wiretruth.model.connection import Connection, TiedLookup
from wiretruth.model.delivery import Delivery
from wiretruth.model.files import Files
from wiretruth.model.finding import Finding
from wiretruth.model.frames import Fault
from wiretruth.model.log import JudgedLine, LogSummary


@dataclass(frozen=True, slots=True)
class InputSummary:
    """One input, as it was read."""

    path: str
    kind: str
    """``capture``, ``log``, ``rules``, ``conntrack`` …"""
    label: str
    format: str
    """``pcap``, ``pcapng``, ``snoop``, with ``+gzip``, ``+xz`` … behind it where compressed; of lines, who wrote them."""
    vantages: tuple[str, ...] = ()
    """This and what follows: of a capture."""
    link_type: str = ""
    """LINKTYPE name; several joined by a comma."""
    packets: int = 0
    first: int | None = None
    last: int | None = None
    loss: float = 0.0
    cut_off: bool = False
    kernel_drops: int | None = None
    faults: tuple[Fault, ...] = ()
    files: Files | None = None
    """Where the input is several files: which of its frames stands in which."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """What the inputs could tell at all."""

    dns: bool
    smtp: bool
    both_directions: bool
    starts_with_lookup: bool
    """The first mail connection has its name lookup before it in the capture."""
    limits: tuple[str, ...]
    """What could not be told and why: one sentence each, without a full stop."""
    evicted: tuple[tuple[str, int], ...] = ()
    """Tables that reached their bound, with the number of entries given up."""


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that a run found out."""

    version: str
    inputs: tuple[InputSummary, ...]
    coverage: Coverage
    findings: tuple[Finding, ...]
    """Loudest first, then by confidence; among equals what happened to mail first, then by time."""
    connections: tuple[Connection, ...]
    """Connections that speak mail or were meant to; see ``connection_count``."""
    lookups: tuple[TiedLookup, ...]
    """All, where every one was asked for; otherwise those that findings rest on."""
    deliveries: tuple[Delivery, ...]
    connection_count: int
    """Every TCP connection seen, mail or not."""
    dialogue_count: int
    lookup_count: int
    logs: tuple[LogSummary, ...] = ()
    """The mail logs, as they were read and judged."""
    lines: tuple[JudgedLine, ...] = ()
    """Every line that claims something about a connection, by its time."""
    other_deliveries: int = 0
    """Deliveries that are not told: all of them went where they should, and were accepted at once."""
