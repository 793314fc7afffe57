"""``wiretruth.read``: what the command does, for programs."""

import contextlib
import re
from pathlib import Path

import pytest

import wiretruth
from tests.cli.cases import PCAPS
from wiretruth.errors import InputError, WiretruthError

PROJECT = PCAPS.parent
FOLDER = PCAPS / "dnat-output-accepted"


def test_three_lines() -> None:
    report = wiretruth.read(FOLDER / "mta-eth0.pcap")

    assert ["destination-rewritten"] == [finding.code for finding in report.findings]
    assert isinstance(report, wiretruth.Report)


def test_with_other_witnesses() -> None:
    report = wiretruth.read(
        [str(FOLDER / "mta-eth0.pcap")], logs=FOLDER / "mail.log", rules=[FOLDER / "rules.txt"], hosts=["10.10.0.5"]
    )

    assert any("rules.txt:7" in finding.summary for finding in report.findings)
    assert 1 == len(report.logs)


def test_everything_is_kept_where_it_is_wanted() -> None:
    report = wiretruth.read(FOLDER / "mta-eth0.pcap", every_connection=True, every_lookup=True)

    assert report.lookup_count == len(report.lookups)
    assert report.connection_count == len(report.connections)


def test_what_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(InputError):
        wiretruth.read(tmp_path / "no.pcap")
    with pytest.raises(WiretruthError, match="name a capture"):
        wiretruth.read([])


EXAMPLES = re.findall(r"(?s)```python\n(.*?)```", (PROJECT / "docs/how-to/read-from-python.md").read_text())


@pytest.mark.parametrize("example", EXAMPLES)
def test_the_examples_run(example: str, capsys: pytest.CaptureFixture[str]) -> None:
    with contextlib.chdir(PROJECT):
        exec(compile(example, "example", "exec"), {})  # noqa: S102 - an example of our own

    assert capsys.readouterr().out
