"""A case takes as much as its findings need, and no more."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.cases import made
from wiretruth.cli import _case_passes
from wiretruth.evidence.choosing import Reach


def manifest(folder: Path) -> Any:
    return json.loads((folder / "manifest.json").read_text())


def test_what_has_nothing_to_do_with_it_stays_out(tmp_path: Path) -> None:
    (part,) = manifest(made(tmp_path / "c"))["slices"]

    assert 23 == len(part["frames"]) < part["packets"]


def test_a_finding_about_the_whole_takes_the_whole(tmp_path: Path) -> None:
    told = manifest(made(tmp_path / "c", "capture-incomplete", ("mta-eth0.pcap",)))

    assert {Reach.EVERYTHING.words} >= {
        one["rests_on"] for one in told["claims"] if one["code"] == "capture-incomplete"
    }
    assert told["slices"][0]["packets"] == len(told["slices"][0]["frames"])


def test_several_places(tmp_path: Path) -> None:
    told = manifest(made(tmp_path / "c", "drop-at-gateway", ("lan=gw-lan.pcap", "wan=gw-wan.pcap")))

    assert ["lan", "wan"] == [part["label"] for part in told["slices"]]
    assert {"connect-blackholed", "dropped-in-transit"} <= {claim["code"] for claim in told["claims"]}


def test_what_would_be_too_much_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_case_passes, "MOST", 100)

    with pytest.raises(AssertionError, match="none of these findings follows from a slice"):
        made(tmp_path / "c")
