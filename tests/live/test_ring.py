"""The ring itself, in a network namespace of its own: real packets, the kernel's own counts. Needs root."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest

from tests.lab.requirements import missing
from tests.lab.shell import run

REASONS = missing()
pytestmark = [pytest.mark.lab, pytest.mark.skipif(bool(REASONS), reason="; ".join(REASONS) or "the lab can run")]

SENDS = """
import json, socket, sys
from wiretruth.live import usual_filter
from wiretruth.live.ring import PacketRing

def send(*ports):
    sender = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    for port in ports:
        sender.sendto(b"x" * 40, ("127.0.0.1", port))

def drained(ring):
    seen = []
    while ring.wait(0.3):
        for batch in ring.batches():
            rows = zip(batch.offsets, batch.captured, batch.interface)
            seen += [(batch.interfaces[i].name, bytes(batch.buffer[o:o + n])) for o, n, i in rows]
            del batch
    return seen

lo = socket.if_nametoindex("lo")
ring = PacketRing(usual_filter.program((), (), lo), socket.if_indextoname, 4)
send(9, 53, 10)
first = drained(ring)
ring.filter(usual_filter.program((), [lo + 7], lo))
send(53)
second = drained(ring)
ring.filter(usual_filter.program((), (), lo))
for _ in range(60_000):
    send(53)
drops = ring.count()
third = drained(ring)
print(json.dumps([[name for name, _ in first], [int.from_bytes(o[36:38]) for _, o in first if o[23] == 17],
    len(second), drops.packets, drops.dropped, len(third)]))
ring.close()
"""


@pytest.fixture(scope="module")
def told() -> Iterator[Any]:
    name = f"wt{os.getpid()}ring"
    run("ip", "netns", "add", name)
    try:
        run("ip", "-n", name, "link", "set", "lo", "up")
        words = ["ip", "netns", "exec", name, sys.executable, "-c", SENDS]
        yield json.loads(subprocess.run(words, capture_output=True, text=True, check=True, timeout=60).stdout)
    finally:
        run("ip", "netns", "del", name)


def test_what_is_wanted_comes_once_and_nothing_else(told: Any) -> None:
    names, ports, *_ = told

    assert {"lo"} == set(names)
    assert [53] == ports


def test_the_filter_may_change(told: Any) -> None:
    assert told[2] == 0


def test_drops_are_counted(told: Any) -> None:
    """A ring of 4 MiB, and nobody reads: what does not fit is counted, and nothing is lost beside."""
    *_, packets, dropped, read = told

    assert dropped > 0
    assert packets == dropped + read + len(told[0])


def test_without_the_capability_one_line_says_what_to_do() -> None:
    program = "from wiretruth.live.ring import PacketRing; PacketRing(bytes(8), str)"
    words = ["setpriv", "--reuid=65534", "--clear-groups", "--inh-caps=-all", "--bounding-set=-all"]
    done = subprocess.run([*words, sys.executable, "-c", program], capture_output=True, text=True, check=False)

    assert "CAP_NET_RAW" in done.stderr.splitlines()[-1]
