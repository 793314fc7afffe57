"""Who reads the captures: wiretruth, and its peers."""

import sys
from collections.abc import Callable, Sequence
from functools import partial
from typing import Final, NamedTuple

from bench import installed
from bench.costs import Command

WIRETRUTH: Final = "wiretruth read"
TCPDUMP: Final = "tcpdump with BPF"
TSHARK: Final = "tshark"

_PORTS: Final = "port 53 or tcp port 25 or tcp port 465 or tcp port 587 or icmp or icmp6"
BPF: Final = f"{_PORTS} or (vlan and ({_PORTS}))"
_FIELDS: Final = (
    "frame.number", "frame.time_epoch", "ip.src", "ip.dst", "ipv6.src", "ipv6.dst", "dns.id", "dns.qry.name",
    "dns.qry.type", "dns.a", "dns.aaaa", "smtp.req.command", "smtp.req.parameter", "smtp.response.code",
)  # fmt: skip
_PRINT_FIELDS: Final = ("-T", "fields", *(word for field in _FIELDS for word in ("-e", field)))


class Contestant(NamedTuple):
    """A way to read a capture."""

    name: str
    does: str
    version: Callable[[], str | None]
    """None where it is not installed."""
    pipe: Callable[[str, str], Sequence[Command]]
    """Commands for a capture and an empty folder."""
    share: float = 1.0
    """Of the capture that it is given; what the whole would cost is extrapolated."""


def _python(*words: str) -> Command:
    return [sys.executable, "-m", *words]


def _tcpdump(capture: str, output: str) -> Command:
    return ["tcpdump", "-n", "-r", capture, "-w", output, BPF]


def _tshark(capture: str, *words: str) -> Command:
    return ["tshark", "-n", "-r", capture, *words, *_PRINT_FIELDS]


def _wiretruth(capture: str, _: str) -> Sequence[Command]:
    return [_python("wiretruth", "read", "--format", "json", "--fail-on", "never", "--no-progress", capture)]


CONTESTANTS: Final[Sequence[Contestant]] = (
    Contestant(
        WIRETRUTH,
        "`--format json`, the whole run: start, read, decode, correlate, judge, report",
        partial(installed.module, "wiretruth"),
        _wiretruth,
    ),
    Contestant(
        "cat",
        "reads the octets: the limit of the machine",
        partial(installed.program, "cat"),
        lambda capture, _: [["cat", capture]],
    ),
    Contestant(
        TCPDUMP,
        "keeps DNS, mail ports and ICMP; decodes no further",
        partial(installed.program, "tcpdump"),
        lambda capture, _: [_tcpdump(capture, "/dev/null")],
    ),
    Contestant(
        "capinfos",
        "counts packets",
        partial(installed.program, "capinfos"),
        lambda capture, _: [["capinfos", "-c", capture]],
    ),
    Contestant(
        TSHARK,
        "`-Y 'dns || smtp' -T fields`: dissects everything, prints fields of DNS and SMTP",
        partial(installed.program, "tshark"),
        lambda capture, _: [_tshark(capture, "-Y", "dns || smtp")],
    ),
    Contestant(
        "tcpdump | tshark",
        "`-T fields` of what the BPF filter keeps",
        partial(installed.program, "tshark"),
        lambda capture, _: [_tcpdump(capture, "-"), _tshark("-")],
    ),
    Contestant(
        "tcptrace",
        "follows TCP connections",
        partial(installed.program, "tcptrace"),
        lambda capture, _: [["tcptrace", "-n", capture]],
    ),
    Contestant(
        "tcpflow",
        "writes what port 25 carried to files",
        partial(installed.program, "tcpflow"),
        lambda capture, folder: [["tcpflow", "-r", capture, "-o", folder, "tcp port 25"]],
    ),
    Contestant(
        "dpkt loop",
        "decodes each packet and DNS message; follows nothing",
        partial(installed.module, "dpkt"),
        lambda capture, _: [_python("bench.dpkt_loop", capture)],
        0.1,
    ),
    Contestant(
        "scapy loop",
        "decodes each packet and DNS message; follows nothing",
        partial(installed.module, "scapy"),
        lambda capture, _: [_python("bench.scapy_loop", capture)],
        0.01,
    ),
)
