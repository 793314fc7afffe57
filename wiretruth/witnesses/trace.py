"""Saved traces: ``nft monitor trace`` and ``xtables-monitor --trace``.

Source: nft(8) MONITOR; xtables-monitor(8).
"""

import re
from collections import OrderedDict
from dataclasses import dataclass, field
from ipaddress import ip_address
from typing import Final

from wiretruth.model.packet import TCP, UDP, Endpoint
from wiretruth.model.trace import Traced, TraceStep
from wiretruth.model.translation import FlowTuple
from wiretruth.octets import printable

KIND: Final = "rules"
FORMAT: Final = "nft monitor trace, xtables-monitor --trace"

MAX_OPEN = 4096
"""Packets on their way at once: a busy gateway's within a second."""
MAX_STEPS_KEPT = 256
"""Steps kept of one packet: rule sets have some dozen chains."""
MAX_TRACE_LINE = 16_384
"""Characters of a line: a rule with a set that is written out."""

_PROTOCOLS: Final = {"tcp": TCP, "udp": UDP, "6": TCP, "17": UDP}
_NFT: Final = re.compile(
    r"trace id (?P<id>[0-9a-f]{1,8}) (?P<family>\S+) (?P<place>\S+ \S+) (?P<what>packet:|rule|verdict|policy)(?: (?P<rest>.*))?$"
)
_NFT_ENDS: Final = re.compile(
    r".*?\bip6? saddr (\S+) ip6? daddr (\S+) .*?\b(tcp|udp) sport (\d{1,5}) (?:tcp|udp) dport (\d{1,5})\b"
)
_VERDICT: Final = re.compile(r"(.*) \(verdict (\w+)(?: \S+)?\)$")
_PACKET: Final = re.compile(r"\s*PACKET: \d+ (?P<id>[0-9a-f]{1,8}) (?P<rest>.*)$")
_PACKET_ENDS: Final = re.compile(r".*?\bSRC=(\S+) DST=(\S+) .*?\bSPORT=(\d{1,5}) DPORT=(\d{1,5})\b")
_STEP: Final = re.compile(
    r"\s*TRACE: \d+ (?P<id>[0-9a-f]{1,8}) (?P<table>[^:\s]+):(?P<chain>[^:\s]+):(?P<what>rule|return|policy)"
    r":(?:0x[0-9a-f]+:)?(?P<verdict>\w*)\s*(?P<rest>.*)$"
)


@dataclass(slots=True)
class _Open:
    """A packet whose trace is being read."""

    protocol: int
    first: FlowTuple
    last: FlowTuple
    steps: list[TraceStep] = field(default_factory=list)


class Reader:
    """Gathers the lines of each packet; a packet is given when many others have begun, or at the end."""

    def __init__(self, source: str) -> None:
        """Begin a file; *source* as the user named it."""
        self._source = source
        self._open: OrderedDict[str, _Open] = OrderedDict()

    def receive(self, line: str, number: int) -> tuple[Traced, ...] | None:
        """Take a line; give the packets that it completes, or ``None`` where it is none of a trace."""
        if len(line) > MAX_TRACE_LINE:
            return None
        line = line.rstrip()
        if found := _NFT.match(line):
            return self._nft(found, number)
        if found := _PACKET.match(line):
            return self._packet(found["id"], _xtables_ends(found["rest"]))
        if found := _STEP.match(line):
            text = found["rest"].partition(" -A ")[2]
            self._step(
                found,
                number,
                f"{found['table']} {found['chain']}",
                f"-A {text}" if text else found["what"],
                found["verdict"],
            )
            return ()
        return None

    def finish(self) -> tuple[Traced, ...]:
        """End the file; give what is left."""
        left = tuple(self._done(one) for one in self._open.values())
        self._open.clear()
        return left

    def _nft(self, found: re.Match[str], number: int) -> tuple[Traced, ...]:
        what, rest = found["what"], found["rest"] or ""
        if what == "packet:":
            return self._packet(found["id"], _nft_ends(rest))
        decided = _VERDICT.match(rest) if what == "rule" else None
        text, verdict = (decided[1], decided[2]) if decided else (what, rest.split(" ", 1)[0])
        self._step(found, number, found["place"], text, verdict)
        return ()

    def _packet(self, name: str, ends: tuple[int, FlowTuple] | None) -> tuple[Traced, ...]:
        if ends is None:
            return ()
        known = self._open.get(name)
        if known is not None:
            known.last = ends[1]
            return ()
        self._open[name] = _Open(ends[0], ends[1], ends[1])
        if len(self._open) <= MAX_OPEN:
            return ()
        return (self._done(self._open.popitem(last=False)[1]),)

    def _step(self, found: re.Match[str], number: int, place: str, text: str, verdict: str) -> None:
        known = self._open.get(found["id"])
        if known is not None and len(known.steps) < MAX_STEPS_KEPT:
            shown = printable(text.encode(), MAX_TRACE_LINE)
            known.steps.append(
                TraceStep(number, printable(place.encode()), shown, printable(verdict.lower().encode()), known.last)
            )

    def _done(self, one: _Open) -> Traced:
        return Traced(self._source, one.protocol, one.first, tuple(one.steps), one.last)


def _nft_ends(rest: str) -> tuple[int, FlowTuple] | None:
    found = _NFT_ENDS.match(rest)
    return _ends(found[3], found[1], found[2], found[4], found[5]) if found else None


def _xtables_ends(rest: str) -> tuple[int, FlowTuple] | None:
    """TCP flags stand behind the ports of TCP; UDP has nothing there."""
    found = _PACKET_ENDS.match(rest)
    if found is None:
        return None
    return _ends("tcp" if rest[found.end() :].strip() else "udp", *found.groups())


def _ends(protocol: str, source: str, destination: str, near: str, far: str) -> tuple[int, FlowTuple] | None:
    try:
        ends = FlowTuple(Endpoint(str(ip_address(source)), int(near)), Endpoint(str(ip_address(destination)), int(far)))
    except ValueError:
        return None
    return _PROTOCOLS[protocol], ends
