"""What is given along: it names only metrics, options and words that there are."""

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Final

import pytest

from wiretruth.cli.watch import command
from wiretruth.live.exposition import MEANINGS, PREFIX

CONTRIB: Final = Path(__file__).resolve().parents[2] / "contrib"
UNIT: Final = CONTRIB / "wiretruth-watch.service"
METRIC: Final = re.compile(rf"\b{PREFIX}([a-z_]+)")


@pytest.mark.parametrize("name", ["wiretruth-alerts.yml", "wiretruth-grafana.json"])
def test_every_metric_that_is_named_exists(name: str) -> None:
    named = set(METRIC.findall((CONTRIB / name).read_text(encoding="utf-8")))

    assert named
    assert set() == named - set(MEANINGS)


def test_the_dashboard_is_json() -> None:
    board = json.loads((CONTRIB / "wiretruth-grafana.json").read_text(encoding="utf-8"))

    assert 8 == len({panel["id"] for panel in board["panels"]})


def test_the_unit_names_options_that_exist() -> None:
    start = UNIT.read_text(encoding="utf-8").partition("ExecStart=")[2].partition("\n\n")[0]
    known = {option for parameter in command.params for option in parameter.opts}

    assert set() == set(re.findall(r"--[a-z-]+", start)) - known


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd-analyze is not installed")
def test_systemd_understands_the_unit() -> None:
    done = subprocess.run(["systemd-analyze", "verify", str(UNIT)], capture_output=True, text=True, check=False)

    wrong = [line for line in done.stderr.splitlines() if UNIT.name in line and "Unknown" in line]
    assert [] == wrong
