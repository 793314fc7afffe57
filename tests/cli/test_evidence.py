"""``wiretruth evidence``: what a case holds, and what it never holds."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.cli.cases import PCAPS, made, run
from tests.evidence.frames import said
from tests.secrets import ENDINGS, given_away, session
from tests.test_redaction import capture, played
from wiretruth.evidence.choosing import Choice
from wiretruth.evidence.taken import Taken, chosen
from wiretruth.model.frames import FrameBatch
from wiretruth.sources.files import CaptureSource

MAIL = str(PCAPS / "dnat-output-accepted/mta-eth0.pcap")
CASES = [
    ("asymmetric-routes", ("gw-wan.pcap",)),
    ("attempt-not-logged", ("mta-eth0.pcap", "--log", "mail.log")),
    ("banner-dropped-at-gateway", ("mta-eth0.pcap",)),
    ("bind-zone-not-loaded", ("mta-eth0.pcap",)),
    ("blocklisted-by-recipient", ("mta-eth0.pcap",)),
    ("cleartext-credentials", ("mta-eth0.pcap",)),
    ("data-dropped-at-gateway", ("mta-eth0.pcap",)),
    ("dnat-gateway-refused", ("gw-any.pcap",)),
    ("dns-answer-forged", ("mta-eth0.pcap",)),
    ("dns-dnat-gateway", ("gw-any.pcap",)),
    ("dns-over-tls-dnat", ("mta-eth0.pcap", "--log", "mail.log")),
    ("dns-port-unreachable", ("mta-eth0.pcap",)),
    ("dns-truncated-no-tcp", ("mta-eth0.pcap",)),
    ("drop-in-output", ("mta-eth0.pcap", "--log", "mail.log")),
    ("greylisted", ("mta-eth0.pcap",)),
    ("hairpin-nat", ("mta-eth0.pcap",)),
    ("lossy-tap-two-sides", ("gw-wan.pcap",)),
    ("mx-cname", ("mta-eth0.pcap",)),
    ("mx-order-violated", ("mta-eth0.pcap",)),
    ("mx-target-unresolvable", ("mta-eth0.pcap",)),
    ("null-mx", ("mta-eth0.pcap",)),
    ("pmtu-blackhole", ("mta-eth0.pcap",)),
    ("redirect-gateway-proxy", ("gw-any.pcap",)),
    ("reply-lost-input", ("mta-eth0.pcap",)),
    ("reset-by-server-two-sides", ("gw-any.pcap",)),
    ("reset-injected", ("mta-eth0.pcap",)),
    ("resolver-outage-defers-inbound", ("mta-eth0.pcap",)),
    ("resolvers-differ", ("mta-eth0.pcap",)),
    ("skewed-clocks-drop", ("lan=gw-lan.pcap", "wan=gw-wan.pcap")),
    ("split-dns-leaked", ("mta-eth0.pcap",)),
    ("stale-resolution", ("mta-eth0.pcap",)),
    ("starttls-stripped", ("mta-eth0.pcap",)),
]
"""Committed captures in which, together, every code is found that any of them has."""

UNMASKABLE: frozenset[str] = frozenset()
"""Cases with a finding that does not follow when masked."""


@pytest.mark.parametrize(("name", "inputs"), CASES, ids=lambda value: value if isinstance(value, str) else "")
def test_every_finding_follows_from_its_slice(name: str, inputs: tuple[str, ...], tmp_path: Path) -> None:
    done = run("verify", str(made(tmp_path / "c", name, inputs)))

    assert (0, True) == (done.exit_code, "YES: " in done.output), done.output


@pytest.mark.skipif(shutil.which("tshark") is None, reason="tshark is not installed")
def test_tshark_shows_our_words(tmp_path: Path) -> None:
    folder = made(tmp_path / "c")
    words = ["tshark", "-r", str(folder / "mta-eth0.pcapng"), "-T", "fields", "-e", "frame.comment"]
    told = subprocess.run(words, capture_output=True, text=True, check=True).stdout.splitlines()

    assert 23 == len(told)
    assert all(line.startswith("wiretruth: frame ") for line in told)
    assert any(
        "evidence of destination-rewritten: A answer: mail.example.net is 198.51.100.10" in line for line in told
    )


def test_the_case_tells_the_numbers_of_the_input(tmp_path: Path) -> None:
    """Each packet of the slice is the packet of the input that the manifest names."""
    folder = made(tmp_path / "c")
    (part,) = json.loads((folder / "manifest.json").read_text())["slices"]
    whole, cut = frames(MAIL), frames(str(folder / "mta-eth0.pcapng"))

    assert [whole[number - 1].at for number in part["frames"]] == [frame.at for frame in cut]
    assert [whole[number - 1].octets for number in part["frames"]] == [frame.octets for frame in cut]


def frames(path: str) -> list[Taken]:
    with CaptureSource(path) as source:
        return [frame for batch in source.batches() for frame in every(batch)]


def every(batch: FrameBatch) -> list[Taken]:
    return list(chosen(batch, Choice(everything=True), frozenset()))


def test_no_password_is_handed_over(tmp_path: Path) -> None:
    path = capture(tmp_path, played(session("PLAIN at once", ENDINGS[0]), 7))
    done = run("evidence", "cleartext-credentials", path, "-o", str(tmp_path / "c"))
    assert 0 == done.exit_code, done.output
    octets = b"\n".join(file.read_bytes() for file in (tmp_path / "c").iterdir())
    octets += b"\n".join(said(frames(str(tmp_path / "c/mail.pcapng"))).values())

    assert [] == given_away(octets.decode("latin-1"))
    assert 0 == run("verify", str(tmp_path / "c")).exit_code


def test_content_only_where_it_is_wanted(tmp_path: Path) -> None:
    text = b"The quick brown fox"
    open_, closed = (
        made(tmp_path / "a"),
        made(tmp_path / "b", "dnat-output-accepted", ("mta-eth0.pcap",), "--no-content"),
    )

    assert text in (open_ / "mta-eth0.pcapng").read_bytes()
    assert text not in (closed / "mta-eth0.pcapng").read_bytes()
    assert (open_ / "mta-eth0.pcapng").stat().st_size == (closed / "mta-eth0.pcapng").stat().st_size
    assert 0 == run("verify", str(closed)).exit_code


MASKED = [case for case in CASES if case[0] not in UNMASKABLE]


@pytest.mark.parametrize(("name", "inputs"), MASKED, ids=lambda value: value if isinstance(value, str) else "")
def test_every_finding_follows_from_its_masked_slice(name: str, inputs: tuple[str, ...], tmp_path: Path) -> None:
    folder = made(tmp_path / "c", name, inputs, "--mask")
    done = run("verify", str(folder))
    octets = b"\n".join(file.read_bytes() for file in folder.iterdir())

    assert (0, True) == (done.exit_code, "YES: " in done.output), done.output
    for word in (b"alice@", b"bob@", b"198.51.100.10", bytes([198, 51, 100, 10]), b"10.10.0.5", bytes([10, 10, 0, 5])):
        assert word not in octets


def test_one_key_masks_alike(tmp_path: Path) -> None:
    """Two cases of one key can be held against each other; without a key, no two cases agree."""
    (tmp_path / "key").write_bytes(b"any octets")
    words = ("dnat-output-accepted", ("mta-eth0.pcap",), "--mask")
    one, other = (made(tmp_path / name, *words, "--mask-key", str(tmp_path / "key")) for name in "ab")
    drawn = made(tmp_path / "c", *words)
    slices = [(folder / "mta-eth0.pcapng").read_bytes() for folder in (one, other, drawn)]

    assert slices[0] == slices[1] != slices[2]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("destination-rewriten", MAIL), "did you mean destination-rewritten"),
        (("null-mx", "-"), "standard input can be read once only"),
        (("--all", "lan=-"), "standard input can be read once only"),
        (("null-mx",), "name a finding (or --all) and a capture"),
        ((), "name a finding (or --all) and a capture"),
        (("--all", str(PCAPS / "plain-delivery/mta-eth0.pcap")), "nothing was found"),
        (("--all", MAIL, "--log-timezone", "Mars"), "is no time zone"),
        (("--all", MAIL, "--mask-key", MAIL), "--mask-key is of --mask"),
    ],
)
def test_what_cannot_be_asked_for(words: tuple[str, ...], told: str, tmp_path: Path) -> None:
    done = run("evidence", *words, "-o", str(tmp_path / "c"))

    assert 2 == done.exit_code
    assert told in done.output
    assert not (tmp_path / "c/manifest.json").exists()


def test_a_case_is_replaced_only_by_force(tmp_path: Path) -> None:
    folder = str(made(tmp_path / "c"))

    assert 2 == run("evidence", "--all", MAIL, "-o", folder).exit_code
    assert 0 == run("evidence", "--all", MAIL, "-o", folder, "--force").exit_code
