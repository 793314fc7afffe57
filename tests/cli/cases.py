"""Cases made of committed captures, for tests."""

import contextlib
from collections.abc import Sequence
from pathlib import Path

from click.testing import CliRunner, Result

from wiretruth.cli.main import main

PCAPS = Path(__file__).parents[2] / "pcaps"
STRANGER = ("dnat-output-accepted", "mta-eth0.pcap")


def run(*words: str) -> Result:
    return CliRunner().invoke(main, list(words))


def made(folder: Path, name: str = STRANGER[0], inputs: Sequence[str] = STRANGER[1:], *words: str) -> Path:
    """Make a case of all findings, and give its folder."""
    with contextlib.chdir(PCAPS / name):
        done = run("evidence", "--all", *inputs, "-o", str(folder), *words)
    assert 0 == done.exit_code, done.output
    return folder
