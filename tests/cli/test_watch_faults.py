"""A watch in bad days: interfaces that vanish, disks that are full, kill -9, floods. Real packets, in namespaces. Needs root."""

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

import pytest

from tests.lab.judge import command
from tests.lab.requirements import missing
from tests.lab.shell import Daemon, run

REASONS = missing()
pytestmark = [pytest.mark.lab, pytest.mark.skipif(bool(REASONS), reason="; ".join(REASONS) or "the lab can run")]

ASK: Final = """
import socket, sys, time
asking = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
for n in range(int(sys.argv[1])):
    name = f"n{n}".encode()
    question = bytes([n >> 8 & 255, n & 255, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, len(name)]) + name + b"\\7example\\0\\0\\1\\0\\1"
    asking.sendto(question, ("192.0.2.2", 53))
    time.sleep(float(sys.argv[2]))
"""
FLOOD: Final = """
import socket, struct
raw = socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_RAW)
for n in range(20_000):
    source = bytes([198, 51, 100, n % 250 + 1])
    ip = struct.pack("!BBHHHBBH4s4s", 0x45, 0, 40, n & 0xFFFF, 0, 64, 6, 0, source, bytes([192, 0, 2, 2]))
    tcp = struct.pack("!HHIIBBHHH", 1024 + n * 7 % 60000, 25, n * 7919 & 0xFFFFFFFF, 0, 0x50, 2, 1024, 0, 0)
    raw.sendto(ip + tcp, ("192.0.2.2", 0))
"""


class Cable:
    """Two namespaces with a cable between them: ``near`` watches ``lan0``, ``far`` sends and answers nothing."""

    def __init__(self) -> None:
        self.near, self.far = (f"wt{os.getpid()}{side}" for side in ("near", "far"))
        for name in (self.near, self.far):
            run("ip", "netns", "add", name)
            run("ip", "-n", name, "link", "set", "lo", "up")
        self.plug()

    def plug(self) -> None:
        run("ip", "link", "add", "lan0", "netns", self.near, "type", "veth", "peer", "name", "wan0", "netns", self.far)
        for name, interface, address in ((self.near, "lan0", "192.0.2.2"), (self.far, "wan0", "192.0.2.1")):
            run("ip", "-n", name, "addr", "add", f"{address}/24", "dev", interface)
            run("ip", "-n", name, "link", "set", interface, "up")
        time.sleep(0.2)

    def set(self, state: str) -> None:
        run("ip", "-n", self.near, "link", "set", "lan0", state)

    def unplug(self) -> None:
        run("ip", "-n", self.near, "link", "del", "lan0")

    def python(self, program: str, *words: str) -> str:
        return run("ip", "netns", "exec", self.far, sys.executable, "-c", program, *words)

    def ask(self, count: int = 5, pause: float = 0.01) -> None:
        self.python(ASK, str(count), str(pause))

    def close(self) -> None:
        for name in (self.near, self.far):
            run("ip", "netns", "del", name)


class Watched:
    def __init__(self, cable: Cable, folder: Path, *words: str, user: str = "root") -> None:
        self.out = folder / "out.jsonl"
        inside = [
            *command(),
            "watch",
            "-i",
            "lan0",
            "--format",
            "jsonl",
            "--user",
            user,
            "--fail-on",
            "never",
            *words,
        ]
        shell = ["sh", "-c", 'echo $$ > "$0.pid"; exec "$@" > "$0"', str(self.out), *inside]
        self.daemon = Daemon(["ip", "netns", "exec", cable.near, *shell], folder / "said")
        self.wait_for("watching")

    @property
    def pid(self) -> int:
        return int(Path(f"{self.out}.pid").read_text())

    def wait_for(self, words: str) -> None:
        self.daemon.wait_for(words, self.out)

    def records(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.out.read_text().splitlines()]

    def memory(self) -> int:
        status = Path(f"/proc/{self.pid}/status").read_text()
        return int(status.partition("VmHWM:")[2].split()[0]) << 10

    def stop(self) -> dict[str, dict[str, Any]]:
        """End it in good order; give the last record of each kind."""
        os.kill(self.pid, signal.SIGINT)
        self.daemon.wait_end(60)
        assert "" == self.daemon.heard()
        return {record["record"]: record for record in self.records()}


@pytest.fixture(scope="module")
def cable() -> Iterator[Cable]:
    made = Cable()
    yield made
    made.close()


@pytest.fixture
def watch(cable: Cable, tmp_path: Path) -> Iterator[Callable[..., Watched]]:
    begun: list[Watched] = []

    def begin(*words: str, user: str = "root") -> Watched:
        begun.append(Watched(cable, tmp_path, *words, user=user))
        return begun[-1]

    yield begin
    for watched in begun:
        watched.daemon.stop(signal.SIGKILL)


def test_an_interface_may_go_down_vanish_and_return(cable: Cable, watch: Callable[..., Watched]) -> None:
    watched = watch()
    cable.ask(5)
    cable.set("down")
    watched.wait_for("lan0 is down")
    cable.set("up")
    watched.wait_for("lan0 is up again")
    cable.ask(5)
    cable.unplug()
    watched.wait_for("lan0 is gone")
    cable.plug()
    time.sleep(1.5)
    cable.ask(5)
    last = watched.stop()

    assert (15, 0) == (last["report"]["summary"]["lookups"], last["input"]["kernel_drops"])
    assert ["live#lan0"] == last["input"]["vantages"]


def test_a_full_disk_ends_recording_and_nothing_else(
    cable: Cable, watch: Callable[..., Watched], tmp_path: Path
) -> None:
    small = tmp_path / "small"
    small.mkdir()
    run("mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", str(small))
    try:
        watched = watch("--record", str(small / "packets"), "--store", str(small / "store.db"))
        (small / "ballast").write_bytes(bytes(40_000))
        cable.ask(3000, 0.0)
        watched.wait_for("nothing is recorded: No space left on device")
        last = watched.stop()
    finally:
        run("umount", str(small))

    assert 3000 == last["report"]["summary"]["lookups"]


def test_kill_9_leaves_what_was_recorded(cable: Cable, watch: Callable[..., Watched], tmp_path: Path) -> None:
    watched = watch("--record", str(tmp_path / "packets"), "--store", str(tmp_path / "store.db"))
    cable.ask(50)
    time.sleep(2.2)
    os.kill(watched.pid, signal.SIGKILL)
    (ring,) = (tmp_path / "packets").glob("ring-*")
    words = [*command(), "read", "--format", "json", "--fail-on", "never", str(ring)]
    report = json.loads(subprocess.run(words, capture_output=True, text=True, check=True).stdout)
    history = [*command(), "history", "--store", str(tmp_path / "store.db")]

    assert (50, False) == (report["summary"]["lookups"], report["inputs"][0]["cut_off"])
    assert 0 == subprocess.run(history, capture_output=True, check=False).returncode


def test_a_flood_takes_no_memory_and_accuses_nobody(cable: Cable, watch: Callable[..., Watched]) -> None:
    """SYNs from everywhere to a mail host, and questions to a resolver that is none, as fast as they come."""
    watched = watch()
    cable.python(FLOOD)
    cable.ask(10_000, 0.0)
    memory = watched.memory()
    last = watched.stop()
    seen = last["input"]["packets"] + last["input"]["kernel_drops"]

    assert seen >= 30_000
    assert memory < 400 << 20
    accusing = {
        record["code"]
        for record in watched.records()
        if record["record"] == "finding" and record["severity"] == "critical"
    }
    assert set() == accusing


def test_it_records_and_keeps_without_any_right(cable: Cable, watch: Callable[..., Watched]) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        watched = watch("--record", str(folder / "packets"), "--store", str(folder / "store.db"), user="nobody")
        status = Path(f"/proc/{watched.pid}/status").read_text()
        cable.ask(40)
        last = watched.stop()
        (ring,) = (folder / "packets").glob("ring-*")
        written = ring.stat().st_mode & 0o777, ring.owner()

    facts = {
        line.split()[0]: line.split()[1] for line in status.splitlines() if line.startswith(("Uid", "Cap", "NoNew"))
    }
    assert ("65534", "1") == (facts["Uid:"], facts["NoNewPrivs:"])
    assert {"0000000000000000"} == {facts[f"Cap{kind}:"] for kind in ("Inh", "Prm", "Eff", "Bnd", "Amb")}
    assert ((0o600, "nobody"), 40) == (written, last["report"]["summary"]["lookups"])
