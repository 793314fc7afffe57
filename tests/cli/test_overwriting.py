"""What is read must never be written to."""

from pathlib import Path

import click
import pytest

from tests.cli import captures
from wiretruth.cli._overwriting import refuse_to_overwrite


@pytest.mark.parametrize("spelling", ["{0}/a.pcap", "wan={0}/a.pcap", "{0}/*.pcap", "{0}"])
def test_an_input_is_refused(tmp_path: Path, spelling: str) -> None:
    target = captures.write(tmp_path / "a.pcap")

    with click.Context(click.Command("x")), pytest.raises(click.UsageError, match="one of the inputs"):
        refuse_to_overwrite((spelling.format(tmp_path),), target)


def test_anything_else_may_be_written(tmp_path: Path) -> None:
    given = captures.write(tmp_path / "a.pcap")
    (tmp_path / "report.txt").write_text("an old one")

    with click.Context(click.Command("x")):
        refuse_to_overwrite((given,), str(tmp_path / "report.txt"))
        refuse_to_overwrite((given,), str(tmp_path / "new.txt"))
        refuse_to_overwrite((given,), "-")
