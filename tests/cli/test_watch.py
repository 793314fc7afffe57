"""The watch, as a user runs it, in network namespaces with real mail. Needs root."""

import copy
import json
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from tests.lab.judge import command
from tests.lab.lab import Lab
from tests.lab.requirements import missing
from tests.lab.shell import Daemon
from wiretruth.cli.main import main

REASONS = missing()
needs_lab = pytest.mark.skipif(bool(REASONS), reason="; ".join(REASONS) or "the lab can run")
Json = dict[str, Any]


class Watched:
    """A watch on one host of the lab."""

    def __init__(self, lab: Lab, host: str, folder: Path, *words: str) -> None:
        self.out = folder / f"watch-{host}.jsonl"
        inside = [*command(), "watch", "--format", "jsonl", "--user", "root", *words]
        shell = ["sh", "-c", 'out=$0; exec "$@" > "$out"', str(self.out), *inside]
        self._daemon = Daemon(lab.network.enter(host, *shell), folder / f"watch-{host}.said")
        lab._stack.callback(self._daemon.stop)
        self.wait_for('"record": "note"')

    def wait_for(self, words: str) -> None:
        self._daemon.wait_for(words, self.out)

    def stop(self) -> list[Json]:
        self._daemon.stop(signal.SIGINT)
        assert "" == self._daemon.heard()
        return [json.loads(line) for line in self.out.read_text().splitlines()]


def read(*words: Path | str) -> list[Json]:
    words = (*command(), "read", "--format", "jsonl", *map(str, words))
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    return [json.loads(line) for line in done.stdout.splitlines()]


def findings(records: list[Json]) -> list[Json]:
    """What is found, without what names the place and numbers its frames; two taps differ by some 100 ns of clock."""
    found = copy.deepcopy([record for record in records if record["record"] == "finding"])
    for one in found:
        del one["id"]
        one["at"] = one["at"][:-7]
        for evidence in one["evidence"]:
            evidence.pop("vantage", None)
            evidence.pop("frames", None)
            evidence.pop("files", None)
    return sorted(found, key=json.dumps)


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    """Mail that the gateway leads to a stranger, watched and captured at the mail server and at the gateway."""
    folder = tmp_path_factory.mktemp("watch")
    with Lab(folder) as lab:
        lab.resolver().serve()
        lab.receiver("alt", "relay.other.example")
        mta = lab.sender()
        lab.firewall(
            "gw", "-t nat -A PREROUTING -d 198.51.100.10 -p tcp --dport 25 -j DNAT --to-destination 192.0.2.66:25"
        )
        with lab.taps("mta-eth0", "gw-lan", "gw-wan", options=("--nano",)):
            at_mta = Watched(lab, "mta", folder, "-i", "eth0", "--log", str(mta.log))
            at_gw = Watched(lab, "gw", folder, "-i", "lan0", "-i", "wan0", "--record", str(folder / "packets"))
            lab.submit()
            mta.wait_for("status=sent")
            at_gw.wait_for('"record": "told"')
        yield {"mta": at_mta.stop(), "gw": at_gw.stop(), "folder": folder, "log": str(mta.log)}


@pytest.mark.lab
@needs_lab
def test_what_is_watched_is_what_is_read(played: dict[str, Any]) -> None:
    """The same packets, live and from tcpdump's files: the same findings, word for word."""
    folder = played["folder"]

    assert findings(read(folder / "gw-lan.pcap", folder / "gw-wan.pcap")) == findings(played["gw"])
    assert "proven" in {one["confidence"] for one in findings(played["gw"]) if one["code"] == "destination-rewritten"}


@pytest.mark.lab
@needs_lab
def test_a_log_is_held_against_the_packets(played: dict[str, Any]) -> None:
    folder = played["folder"]
    of_file = findings(read(folder / "mta-eth0.pcap", "--log", played["log"]))

    assert of_file == findings(played["mta"])
    assert {"banner-mismatch"} <= {one["code"] for one in of_file}


@pytest.mark.lab
@needs_lab
def test_a_finding_is_told_while_it_is_watched(played: dict[str, Any]) -> None:
    """Once, before the end, with the file that keeps its packets."""
    told = [one for one in played["gw"] if one["record"] == "told"]

    assert ["destination-rewritten"] == [one["code"] for one in told]
    kept = read(told[0]["packets"])
    assert {"destination-rewritten"} == {one["code"] for one in findings(kept)} - {"unresolved-contact"}


@pytest.mark.lab
@needs_lab
def test_packets_were_recorded(played: dict[str, Any]) -> None:
    (ring,) = (played["folder"] / "packets").glob("ring-*.pcapng")

    assert findings(played["gw"]) == findings(read(ring))


def test_what_contradicts_itself_is_refused() -> None:
    done = CliRunner().invoke(main, ["watch", "--filter", "port 25", "--port", "26"])

    assert (2, "") == (done.exit_code, done.stdout)
    assert "--port adds to the usual filter" in done.stderr


@pytest.mark.parametrize("words", [["-i", "none0"], ["--log", "/none"], ["--metrics", "x"]])
def test_what_cannot_be_opened_is_told_on_one_line(words: list[str]) -> None:
    done = subprocess.run([*command(), "watch", "--duration", "1", *words], capture_output=True, text=True, check=False)

    assert (2, "", 1) == (done.returncode, done.stdout, len(done.stderr.splitlines()))
