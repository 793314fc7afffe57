"""An input that was named as something else is told for what it is, with the option that takes it."""

import gzip
from pathlib import Path

import pytest
from click.testing import CliRunner

from wiretruth.cli._kinds import kind, nearer
from wiretruth.cli.main import main
from wiretruth.errors import WrongKindError

PCAPS = Path(__file__).parents[2] / "pcaps"
CASE = PCAPS / "dnat-output-accepted"
CAPTURE, LOG, RULES = str(CASE / "mta-eth0.pcap"), str(CASE / "mail.log"), str(CASE / "rules.txt")
CONNTRACK, SOCKETS = str(CASE / "conntrack.txt"), str(PCAPS / "redirect-output-sockets/sockets.txt")


def complaint(*words: str) -> str:
    done = CliRunner().invoke(main, ["read", *words])

    assert done.exit_code == 2
    assert done.stdout == ""
    return done.stderr


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ([LOG], f"{LOG}: is a Postfix log; give it as --log {LOG}"),
        ([RULES], f"{RULES}: is a firewall rule set; give it as --rules {RULES}"),
        ([CONNTRACK], f"{CONNTRACK}: is a connection tracking table; give it as --conntrack {CONNTRACK}"),
        ([SOCKETS], f"{SOCKETS}: is a socket table; give it as --sockets {SOCKETS}"),
        ([CAPTURE, "--log", CAPTURE], f"{CAPTURE}: is a capture (pcap); name it without an option before it"),
        ([CAPTURE, "--log", RULES], f"{RULES}: is a firewall rule set; give it as --rules {RULES}"),
        ([CAPTURE, "--rules", LOG], f"{LOG}: is a Postfix log; give it as --log {LOG}"),
        ([CAPTURE, "--conntrack", RULES], f"{RULES}: is a firewall rule set; give it as --rules {RULES}"),
        ([CAPTURE, "--sockets", CAPTURE], f"{CAPTURE}: is a capture (pcap); name it without an option before it"),
    ],
)
def test_the_nearest_right_thing_is_told(words: list[str], expected: str) -> None:
    assert f"wiretruth: {expected}\n" == complaint(*words)


def test_a_compressed_log_is_known(tmp_path: Path) -> None:
    path = tmp_path / "my mail.log.gz"
    path.write_bytes(gzip.compress(Path(LOG).read_bytes()))

    assert f"wiretruth: {path}: is a Postfix log; give it as --log '{path}'\n" == complaint(str(path))


@pytest.mark.parametrize(
    "text",
    [
        "table ip nat {\n chain output {\n  type nat hook output priority -100; policy accept;\n }\n}\n",
        "*nat\n:OUTPUT ACCEPT [0:0]\nCOMMIT\n",
    ],
)
def test_rules_in_every_dress_are_known(tmp_path: Path, text: str) -> None:
    path = tmp_path / "dump"
    path.write_text(text)

    assert "is a firewall rule set; give it as --rules" in complaint(str(path))


@pytest.mark.parametrize(
    ("octets", "expected"),
    [
        (b"From: a@example.net\nSubject: a\n\nhello\n", "is a mail message"),
        (b"just some words\nand others\n", "is text, not a capture"),
        (b"\x7fELF\2\1\1\0\0", "is no capture that wiretruth knows"),
    ],
)
def test_what_nothing_reads_is_told_as_before(tmp_path: Path, octets: bytes, expected: str) -> None:
    path = tmp_path / "file"
    path.write_bytes(octets)

    assert expected in complaint(str(path))


@pytest.mark.parametrize("path", ["-", "/dev/null", "no such file"])
def test_what_cannot_be_looked_at_again_stays_as_it_was(path: str) -> None:
    error = WrongKindError(path, "is text")

    assert kind(path) is None
    assert nearer(error) is error


def test_what_is_read_once_only_is_not_opened_twice() -> None:
    done = CliRunner().invoke(main, ["read", "-"], input=Path(LOG).read_bytes())

    assert done.stderr == "wiretruth: -: is text, not a capture; capture with tcpdump -w FILE\n"
