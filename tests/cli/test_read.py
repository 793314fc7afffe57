"""``wiretruth read``, from the command line to the exit status."""

import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.cli import captures
from tests.reports import scenes
from wiretruth.cli import _reading
from wiretruth.cli.main import main

WIRETRUTH = [sys.executable, "-m", "wiretruth"]
MAGIC = 4
"""Octets that tell a pcap file."""


@pytest.fixture
def capture(tmp_path: Path) -> str:
    return captures.write(tmp_path / "mail.pcap")


@pytest.fixture
def seed(capture: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """A capture whose report is the seed story's, whatever the engine can do by now."""
    monkeypatch.setattr(_reading, "read", lambda *_: scenes.seed())
    return capture


def read(*arguments: str, stdin: bytes | None = None) -> Result:
    return CliRunner().invoke(main, ["read", *arguments], input=stdin)


def test_text_is_the_default(seed: str) -> None:
    done = read(seed)

    assert 1 == done.exit_code
    assert done.stdout.startswith("CRITICAL (likely): mail for example.net was meant for mail.example.net\n")
    assert not done.stderr


@pytest.mark.parametrize("arguments", [["--format", "json"], ["-f", "json"], ["--records", "all", "--format=json"]])
def test_json(seed: str, arguments: list[str]) -> None:
    told = json.loads(read(*arguments, seed).stdout)

    assert "wiretruth.report/1" == told["schema"]
    assert ("--records" in arguments) == bool(told["deliveries"])


@pytest.mark.parametrize(("fail_on", "expected"), [("info", 1), ("warning", 1), ("critical", 1), ("never", 0)])
def test_fail_on(seed: str, fail_on: str, expected: int) -> None:
    assert expected == read(seed, "--fail-on", fail_on).exit_code


def test_nothing_found(capture: str) -> None:
    done = read(capture)

    assert 0 == done.exit_code
    assert done.stdout.startswith("no mail was seen in this capture\n")


def test_quiet_and_verbose(seed: str) -> None:
    assert 3 == len(read("-q", seed).stdout.splitlines())
    assert "C: MAIL FROM:<alice@corp.example>" in read("-v", seed).stdout


@pytest.mark.parametrize(
    ("arguments", "coloured"), [([], False), (["--color", "always"], True), (["--colour=never"], False)]
)
def test_colour(seed: str, arguments: list[str], coloured: bool) -> None:
    assert coloured == ("\x1b[" in read(*arguments, seed).stdout)


def test_width(seed: str) -> None:
    assert 60 >= max(
        map(len, (line for line in read("--width", "60", seed).stdout.splitlines() if "tshark" not in line))
    )


def test_captures_may_be_named_as_tcpdump_names_them(capture: str) -> None:
    told = json.loads(read("-r", capture, "--format", "json", f"wan={capture}").stdout)

    assert ["wan", "mail"] == [source["vantage"] for source in told["inputs"]]


def test_standard_input() -> None:
    told = json.loads(read("-", "--format", "json", stdin=captures.pcap(4)).stdout)

    assert [("-", 4)] == [(source["path"], source["packets"]) for source in told["inputs"]]


def test_window(capture: str) -> None:
    told = json.loads(read(capture, "--from", "18:29:44", "--to", "2026-11-20T18:29:44Z", "--format", "json").stdout)

    assert 1 == told["inputs"][0]["packets"]


def test_output_file(seed: str, tmp_path: Path) -> None:
    done = read(seed, "--format", "json", "-o", str(tmp_path / "report.json"))

    assert (1, "") == (done.exit_code, done.output)
    assert "findings" in json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))


def test_a_report_never_replaces_its_evidence(capture: str) -> None:
    before = Path(capture).read_bytes()

    assert 2 == read(capture, "-o", capture).exit_code
    assert 2 == read(f"lan={capture}", "-o", capture).exit_code
    assert before == Path(capture).read_bytes()


def test_a_report_never_replaces_what_comes_on_standard_input(capture: str) -> None:
    before = Path(capture).read_bytes()
    with Path(capture).open("rb") as stream:
        done = subprocess.run([*WIRETRUTH, "read", "-", "-o", capture], stdin=stream, capture_output=True, check=False)

    assert 2 == done.returncode
    assert before == Path(capture).read_bytes()


@pytest.mark.parametrize("closed", [0, 1, 2])
def test_closed_streams_are_told_in_one_line_or_not_missed(capture: str, closed: int) -> None:
    """As under cron: ``<&-``, ``>&-``, ``2>&-``."""
    argument = "-" if closed == 0 else capture
    command = f'exec "$0" -m wiretruth read {argument} {closed}>&-'
    done = subprocess.run(["sh", "-c", command, sys.executable], capture_output=True, check=False)

    assert (0 if closed == 2 else 2) == done.returncode
    assert (0 if closed == 2 else 1) == len(done.stderr.splitlines())
    assert closed == 2 or b"is closed; name a file" in done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full, where no octet fits")
@pytest.mark.parametrize("arguments", ["--help", "explain", "read {} > /dev/full", "read missing 2> /dev/full"])
def test_a_full_disk_is_told_in_one_line(capture: str, arguments: str) -> None:
    to = "" if "full" in arguments else " > /dev/full"
    command = f'exec "$0" -m wiretruth {arguments.format(capture)}{to}'
    done = subprocess.run(["sh", "-c", command, sys.executable], capture_output=True, check=False)

    assert 2 == done.returncode
    assert (b"" if "2>" in arguments else b"wiretruth: No space left on device\n") == done.stderr


def test_cut_anywhere_a_capture_is_read_or_refused_in_one_line(tmp_path: Path) -> None:
    whole = captures.pcap()
    cut = tmp_path / "cut.pcap"
    for length in range(len(whole) + 1):
        cut.write_bytes(whole[:length])
        done = read("-q", str(cut))

        assert (0 if length >= MAGIC else 2) == done.exit_code, length
        assert (0 if length >= MAGIC else 1) == len(done.stderr.splitlines())


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ([], "name a capture, or - for standard input"),
        (["--format", "yaml", "x"], "is not one of"),
        (["--formt", "json", "x"], "--format"),
        (["--from", "soon", "x"], "'soon' is no time"),
        (["--from", "2026-11-21 00:00", "--to", "2026-11-20 00:00", "x"], "--to lies before --from"),
        (["--host", "192.0.2.0/33", "x"], "is no address, network"),
        (["--records", "lookup", "x"], "did you mean lookups?"),
        (["--width", "3", "x"], "--width"),
        (["missing.pcap"], "wiretruth: missing.pcap: does not exist"),
    ],
)
def test_what_cannot_be_done_is_said_with_status_2(arguments: list[str], expected: str) -> None:
    done = read(*arguments)

    assert 2 == done.exit_code
    assert expected in done.stderr
    assert not done.stdout


def test_no_capture_at_all(tmp_path: Path) -> None:
    """One line on standard error, no traceback."""
    (tmp_path / "mail.log").write_text("Nov 20 18:29:43 mta postfix/smtp[1]: A1: to=<bob@example.net>\n" * 9)

    done = read(str(tmp_path / "mail.log"))

    assert 2 == done.exit_code
    assert 1 == len(done.stderr.splitlines())
    assert done.stderr.startswith(f"wiretruth: {tmp_path}/mail.log: is a Postfix log; give it as --log")


def test_a_reader_that_has_seen_enough(tmp_path: Path) -> None:
    """``wiretruth read … | head -1`` is silent about the pipe."""
    program = (
        "import sys\nfrom tests.reports import scenes\nfrom wiretruth.cli import _reading\n"
        "_reading.read = lambda *_: scenes.crowded(1000)\n"
        "from wiretruth.cli.main import main\nmain()\n"
    )
    arguments = ["read", captures.write(tmp_path / "a.pcap"), "-q"]
    writer = subprocess.Popen(
        [sys.executable, "-c", program, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert writer.stdout is not None
    assert writer.stdout.readline().startswith("CRITICAL")
    writer.stdout.close()
    told = writer.stderr.read() if writer.stderr else ""
    if writer.stderr:
        writer.stderr.close()

    assert ("", 141) == (told, writer.wait())


def test_ctrl_c_is_quiet() -> None:
    reader = subprocess.Popen(
        [*WIRETRUTH, "read", "-", "-v"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert reader.stdin is not None
    reader.stdin.write(captures.pcap(5_000))  # more than a pipe holds: when it is written, the reading has begun
    reader.stdin.flush()
    reader.send_signal(signal.SIGINT)
    out, err = reader.communicate()

    assert (130, b"", b"") == (reader.returncode, out, err)


@pytest.mark.shared
def test_the_seed_story(shared: Path) -> None:
    """The answer stands in the first line, from the packets alone."""
    done = read("-q", str(shared / "lab/cases/dnat-output-sent/mta-eth0.pcap"))

    first = done.stdout.splitlines()[0]
    assert 1 == done.exit_code
    assert first.startswith("CRITICAL (likely): ")
    assert [] == [word for word in ("mail.example.net", "198.51.100.10", "192.0.2.66:25") if word not in first]


@pytest.mark.shared
def test_mail_that_went_well(shared: Path) -> None:
    done = read(str(shared / "lab/cases/benign-cached-dns/mta-eth0.pcap"))

    assert 0 == done.exit_code
    assert done.stdout.startswith("nothing wrong was seen in this capture: 1 delivery (1 accepted)")


def test_follow_ends_after_its_duration(tmp_path: Path) -> None:
    path = captures.write(tmp_path / "a.pcap", 3)

    done = CliRunner().invoke(main, ["read", "--follow", "--duration", "0.3s", "-f", "json", path])

    assert 0 == done.exit_code
    assert 3 == json.loads(done.stdout)["inputs"][0]["packets"]


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        (["--follow", "a.pcap", "b.pcap"], "--follow takes one capture"),
        (["--duration", "5s", "a.pcap"], "--duration is of --follow"),
    ],
)
def test_follow_with_what_does_not_fit(words: list[str], problem: str) -> None:
    done = CliRunner().invoke(main, ["read", *words])

    assert 2 == done.exit_code
    assert problem in done.stderr
