"""``wiretruth transcript``, from the command line to the exit status, over captures of the lab."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.cli import captures
from wiretruth.cli.main import main

PCAPS = Path(__file__).parents[2] / "pcaps"
GOLDEN = Path(__file__).parent / "transcripts"


def transcript(*arguments: str, stdin: bytes | None = None) -> Result:
    return CliRunner().invoke(main, ["transcript", *arguments], input=stdin)


def capture(name: str) -> str:
    return str(PCAPS / name / "mta-eth0.pcap")


@pytest.mark.parametrize("name", sorted(path.stem for path in GOLDEN.glob("*.txt")))
def test_golden(name: str) -> None:
    """What a person reads; made with --headers, and looked at."""
    done = transcript(capture(name), "--headers")

    assert (GOLDEN / f"{name}.txt").read_text("utf-8") == done.stdout
    assert (0, "") == (done.exit_code, done.stderr)


def test_headers_are_shown_only_where_they_are_asked_for() -> None:
    name = capture("fallback-after-refusal")

    assert "Subject: lab" in transcript(name, "--headers").stdout
    assert "Subject" not in transcript(name).stdout


@pytest.mark.parametrize(
    ("arguments", "numbers"),
    [
        ([], [1, 2]),
        (["--dialogue", "2"], [2]),
        (["-n", "1", "-n", "2"], [1, 2]),
        (["--rcpt", "BOB@example.net"], [1, 2]),
        (["--rcpt", "<bob@Example.NET>"], [1, 2]),
        (["--rcpt", "Bob@example.net", "--host", "198.51.100.20"], [2]),
        (["--rcpt", "example.net"], [1, 2]),
        (["--rcpt", "carol@example.net"], []),
        (["--rcpt", "ample.net"], []),
        (["--host", "198.51.100.20"], [2]),
        (["--host", "198.51.100.0/24"], [1, 2]),
        (["--host", "mail.example.net"], [1]),
        (["--host", "203.0.113.9"], []),
        (["--dialogue", "3"], []),
    ],
)
def test_selections(arguments: list[str], numbers: list[int]) -> None:
    """Numbers are those of the whole; where nothing is left, the status is that of grep."""
    done = transcript(capture("fallback-after-refusal"), "--format", "json", *arguments)
    told = json.loads(done.stdout)

    assert (numbers, 2) == ([one["number"] for one in told["transcripts"]], told["total"])
    assert (0 if numbers else 1) == done.exit_code


def test_standard_input() -> None:
    octets = (PCAPS / "cleartext-credentials/mta-eth0.pcap").read_bytes()

    assert "AUTH PLAIN [withheld]" in transcript("-", stdin=octets).stdout


def test_no_mail(tmp_path: Path) -> None:
    done = transcript(captures.write(tmp_path / "no.pcap"))

    assert (1, "", "wiretruth: no connection of mail is in the capture\n") == (done.exit_code, done.stdout, done.stderr)


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        ([], "name a capture"),
        (["-", "-"], "standard input is named twice"),
        (["x", "--dialogue", "0"], "--dialogue"),
        (["x", "--rcpt", "bob@"], "give a mailbox"),
        (["x", "--host", "not a host"], "no address"),
        (["no-such.pcap"], "no-such.pcap"),
    ],
)
def test_complaints(arguments: list[str], complaint: str) -> None:
    done = transcript(*arguments)

    assert 2 == done.exit_code
    assert complaint in done.stderr


def test_evidence_is_not_overwritten() -> None:
    name = capture("fallback-after-refusal")

    assert 2 == transcript(name, "-o", name).exit_code


def test_to_a_file_whole(tmp_path: Path) -> None:
    target = tmp_path / "transcript.txt"
    done = transcript(capture("cleartext-credentials"), "-o", str(target), "--headers")

    assert (0, "") == (done.exit_code, done.stdout)
    assert (GOLDEN / "cleartext-credentials.txt").read_text("utf-8") == target.read_text("utf-8")


def test_help_has_examples_and_statuses() -> None:
    words = transcript("--help").stdout

    assert "Examples:" in words
    assert "Exit status:" in words
