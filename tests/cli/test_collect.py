"""``wiretruth collect``: on a host of our own it gathers what decides a capture; elsewhere it says what it could not have."""

import hashlib
import json
import signal
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from click.testing import CliRunner, Result

from tests.lab.lab import Lab
from tests.lab.requirements import missing
from tests.lab.shell import wait_until
from wiretruth.cli import _collecting
from wiretruth.cli.main import main
from wiretruth.sources.collection import Entry

REASONS = missing()
WIRETRUTH = [sys.executable, "-m", "wiretruth"]
DNAT = "-t nat -A OUTPUT -d 198.51.100.10 -p tcp --dport 25 -j DNAT --to-destination 192.0.2.66:25"
NFT = 'table inet guard { chain in { type filter hook input priority 0; tcp dport 9 counter drop comment "discard"\n }\n}\n'
IN_LAB = [pytest.mark.lab, pytest.mark.skipif(bool(REASONS), reason="; ".join(REASONS) or "the lab can run")]


def lab(test: Any) -> Any:
    for mark in IN_LAB:
        test = mark(test)
    return test


def manifest(folder: Path) -> dict[str, Any]:
    told: dict[str, Any] = json.loads((folder / "manifest.json").read_text())
    return told


def collect(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["collect", *arguments])


@pytest.fixture(scope="module")
def collected(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Lab]]:
    """A folder collected on ``mta``, whose own rules send mail to a stranger; ended by Ctrl-C once a message was sent."""
    top = tmp_path_factory.mktemp("collected")
    with Lab(top) as made:
        made.firewall("mta", DNAT)
        made.nft("mta", NFT)
        made.odd_server("alt")
        folder = top / "mta"
        command = made.network.enter("mta", *WIRETRUTH, "collect", "-o", str(folder), "--duration", "1h")
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as collecting:
            wait_until((folder / "before/uname.txt").exists, "the first tables")
            made.send("mta", "198.51.100.10")
            collecting.send_signal(signal.SIGINT)
            said, complaints = collecting.communicate(timeout=60)
        assert (0, True) == (collecting.returncode, complaints.startswith("capturing on any for 3600 s"))
        assert f"next: wiretruth read {folder}" in said
        yield folder, made


@lab
def test_folder_read_back_names_the_rule(collected: tuple[Path, Lab]) -> None:
    done = subprocess.run([*WIRETRUTH, "read", str(collected[0]), "--format", "json"], capture_output=True, check=False)
    found = {one["code"]: one for one in json.loads(done.stdout)["findings"]}

    assert (1, b"") == (done.returncode, done.stderr)
    assert "proven" == found["destination-rewritten"]["confidence"]
    assert "after/iptables-save.txt:" in found["destination-rewritten"]["summary"]
    assert "--to-destination 192.0.2.66:25" in json.dumps(found["destination-rewritten"])


@lab
def test_both_backends_are_gathered_with_counters_and_comments(collected: tuple[Path, Lab]) -> None:
    after = collected[0] / "after"

    assert "[1:60] -A OUTPUT -d 198.51.100.10/32" in (after / "iptables-save.txt").read_text()
    assert 'counter packets 0 bytes 0 drop comment "discard"' in (after / "nft.txt").read_text()
    assert "nftables" in json.loads((after / "nft.json").read_text())
    assert "dst=198.51.100.10" in (after / "conntrack.txt").read_text()
    assert "dst=198.51.100.10" in (after / "proc-net-nf_conntrack").read_text()


@lab
def test_collecting_leaves_the_host_as_it_was(collected: tuple[Path, Lab], tmp_path: Path) -> None:
    """Rules, interfaces, kernel modules: the same before and after, also on a host without any rules."""
    made = collected[1].network

    def state(host: str) -> list[str]:
        told = [made.run(host, *words.split()) for words in ("nft list ruleset", "ip -d link", "ip addr")]
        names = [made.run(host, "cat", f"/proc/net/ip{six}_tables_names") for six in ("", "6")]
        return [*told, *names, Path("/proc/modules").read_text() if Path("/proc/modules").exists() else ""]

    for host in ("mta", "out"):
        before = state(host)
        made.run(host, *WIRETRUTH, "collect", "-o", str(tmp_path / host), "--duration", "0")
        assert before == state(host)


@lab
def test_manifest_holds_each_file(collected: tuple[Path, Lab]) -> None:
    folder = collected[0]
    told = manifest(folder)
    files = {one["file"]: one for one in told["entries"] if one["file"]}
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}

    assert ("mta", True) == (told["host"], told["ended_early"])
    assert there - set(files) == {"manifest.json", "capture.txt"}
    for name, one in files.items():
        assert one["sha256"] == hashlib.sha256((folder / name).read_bytes()).hexdigest()
        assert one["octets"] == (folder / name).stat().st_size
        assert one["begun"] <= one["ended"]


@lab
def test_only_its_owner_may_read_it(collected: tuple[Path, Lab]) -> None:
    modes = {(p.is_dir(), stat.S_IMODE(p.stat().st_mode)) for p in (collected[0], *collected[0].rglob("*"))}

    assert {(True, 0o700), (False, 0o600)} == modes


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that every user may enter; those of pytest are its own user's."""
    with tempfile.TemporaryDirectory(prefix="wiretruth-collect-") as name:
        Path(name).chmod(0o777)
        yield Path(name)


@lab
def test_a_user_without_root_is_told_what_is_missing(open_folder: Path) -> None:
    """Nobody may capture or see rules, but routes, sockets and the resolver's settings are still worth having."""
    nobody = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", *WIRETRUTH]
    if subprocess.run([*nobody, "--version"], capture_output=True, check=False).returncode:
        pytest.skip("the project lies where other users may not read it")
    folder = open_folder / "mine"
    words = ["collect", "-o", str(folder), "--duration", "0"]
    done = subprocess.run([*nobody, *words], capture_output=True, text=True, check=False)

    assert 1 == done.returncode, done.stderr
    assert "not gathered: tcpdump" in done.stdout
    assert "run it as root" in done.stdout
    assert 0 == {one["file"]: one for one in manifest(folder)["entries"]}["after/route-v4.txt"]["status"]


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "evidence").write_text("old")
    done = collect("-o", str(tmp_path), "--no-capture")

    assert 2 == done.exit_code
    assert "is not empty; name a new folder" in done.stderr
    assert ["evidence"] == [path.name for path in tmp_path.iterdir()]


@pytest.mark.parametrize("duration", ["", "soon", "-1", "1w", "5 m"])
def test_duration_that_is_none_is_refused(tmp_path: Path, duration: str) -> None:
    done = collect("-o", str(tmp_path / "new"), "--duration", duration)

    assert 2 == done.exit_code
    assert "write 60s, 5m or 1h" in done.stderr
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize(("text", "seconds"), [("60s", 60), ("5m", 300), ("1h", 3600), ("2.5", 2.5), ("0", 0)])
def test_duration(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, seconds: float) -> None:
    asked: list[_collecting.Wanted] = []

    def remember(wanted: _collecting.Wanted, *_: object) -> list[Entry]:
        asked.append(wanted)
        return []

    monkeypatch.setattr(_collecting, "collect", remember)
    done = collect(
        "-o", str(tmp_path / "new"), "--duration", text, "-i", "eth1", "--filter", "port 25", "--max-size", "2K"
    )

    assert 0 == done.exit_code
    assert [(tmp_path / "new", True, seconds, "eth1", "port 25", 2048)] == asked


def test_handlers_of_signals_are_put_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first Ctrl-C ends the capture; from then on it means what it always means."""
    before = signal.getsignal(signal.SIGINT)
    seen = []

    def interrupted(_wanted: _collecting.Wanted, stop: Event, _tell: object) -> list[Entry]:
        signal.raise_signal(signal.SIGINT)
        seen.append((stop.is_set(), signal.getsignal(signal.SIGINT)))
        return []

    monkeypatch.setattr(_collecting, "collect", interrupted)
    collect("-o", str(tmp_path / "new"))

    assert [(True, before)] == seen
    assert before == signal.getsignal(signal.SIGINT)
