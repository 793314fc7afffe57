"""Who receives in a live measurement: wiretruth, tcpdump and scapy, each started, stopped, and asked what it lost."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final, NamedTuple

USUAL: Final = (
    "tcp port 25 or tcp port 465 or tcp port 587 or tcp port 2525 or port 53"
    " or (icmp and (icmp[0] = 3 or icmp[0] = 4 or icmp[0] = 5 or icmp[0] = 11 or icmp[0] = 12))"
    " or (ip6[6] = 58 and ip6[40] >= 1 and ip6[40] <= 4) or (tcp[13] & 7 != 0) or (ip6[6] = 6 and ip6[53] & 7 != 0)"
    " or (ip[6:2] & 0x3fff != 0) or (ip6[6] = 44)"
)
"""The words for what wiretruth takes by itself."""

SCAPY: Final = """
import json, signal, sys
from scapy.config import conf
from scapy.sendrecv import AsyncSniffer
from scapy.layers.l2 import Ether
count = 0
def see(_packet):
    global count
    count += 1
sniffer = AsyncSniffer(iface=sys.argv[1], filter=sys.argv[2] or None, prn=see, store=False)
sniffer.start()
print("ready", flush=True)
signal.sigwait([signal.SIGINT])
sniffer.stop()
print(json.dumps({"received": count}), flush=True)
"""


class Received(NamedTuple):
    """What one receiver had in the end."""

    received: int
    dropped: int | None
    """``None``: it does not say; then the others' counts tell."""
    cpu: float
    """Seconds."""


class Receiver(NamedTuple):
    """One of them."""

    name: str
    words: Callable[[str, str], Sequence[str]]
    """Gives the command for an interface and a filter."""
    ready: str
    """What it says when it listens."""
    read: Callable[[str], tuple[int, int | None]]
    """Reads what it said."""


def _wiretruth(interface: str, expression: str) -> Sequence[str]:
    filtering = () if expression == USUAL else ("--filter", expression)
    command = (sys.executable, "-m", "wiretruth", "watch", "--user", "root", "--format", "jsonl", "--fail-on", "never")
    return (*command, "-i", interface, *filtering)


def _of_wiretruth(said: str) -> tuple[int, int | None]:
    for line in said.splitlines():
        record = json.loads(line) if line.startswith("{") else {}
        if record.get("record") == "input":
            return int(record["packets"]), int(record["kernel_drops"] or 0)
    raise ValueError(said[-2000:])


def _tcpdump(interface: str, expression: str) -> Sequence[str]:
    return (
        "tcpdump",
        "-p",
        "-n",
        "-Z",
        "root",
        "-i",
        interface,
        "-s",
        "0",
        "-B",
        "65536",
        "-w",
        "/dev/null",
        "--",
        expression,
    )


def _of_tcpdump(said: str) -> tuple[int, int | None]:
    numbers = {what: int(number) for number, what in re.findall(r"(\d+) packets? (captured|dropped)", said)}
    return numbers["captured"], numbers["dropped"]


def _of_scapy(said: str) -> tuple[int, int | None]:
    return int(json.loads(said.strip().splitlines()[-1])["received"]), None


RECEIVERS: Final = (
    Receiver("wiretruth watch", _wiretruth, "watching", _of_wiretruth),
    Receiver("tcpdump -w /dev/null", _tcpdump, "listening on", _of_tcpdump),
    Receiver("scapy sniff", lambda i, e: (sys.executable, "-c", SCAPY, i, e), "ready", _of_scapy),
)


class Running:
    """A receiver at work in a network namespace."""

    def __init__(self, receiver: Receiver, namespace: str, interface: str, expression: str, said: Path) -> None:
        """Start it and wait until it listens; *said* keeps its words."""
        self._receiver, self._said = receiver, said
        words = ["ip", "netns", "exec", namespace, *receiver.words(interface, expression)]
        with said.open("wb") as out:
            self._process = subprocess.Popen(words, stdout=out, stderr=out)
        deadline = time.monotonic() + 60
        while receiver.ready not in said.read_text(errors="replace"):
            if self._process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"{receiver.name}: {said.read_text(errors='replace')[-1000:]}")
            time.sleep(0.02)

    def kill(self) -> None:
        """End it without asking anything."""
        self._process.kill()
        self._process.wait()

    def stop(self, patience: float) -> Received:
        """Let it have what is on its way, end it, and read what it says."""
        time.sleep(patience)
        self._process.send_signal(signal.SIGINT)
        _, _, usage = os.wait4(self._process.pid, 0)
        received, dropped = self._receiver.read(self._said.read_text(errors="replace"))
        return Received(received, dropped, usage.ru_utime + usage.ru_stime)
