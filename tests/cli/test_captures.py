"""What commands that read captures have in common."""

from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from tests.cli import captures
from wiretruth.cli._captures import Given, of_captures

GIVEN: list[Given] = []


@click.command()
@of_captures
@click.option("--own")
def command(*, given: Given, own: str) -> int:
    GIVEN.append(given)
    click.echo(f"{own} {given.read().connection_count}")
    return 0


def run(*arguments: str) -> Result:
    return CliRunner().invoke(command, arguments)


def test_the_options_reach_the_command(tmp_path: Path) -> None:
    done = run(captures.write(tmp_path / "a.pcap"), "--own", "x", "--width", "100", "--colour", "always", "-j", "2")

    assert "x 0\n" == done.stdout
    assert (100, True, 2) == (GIVEN[-1].options.width, GIVEN[-1].options.colour, GIVEN[-1].jobs)


@pytest.mark.parametrize("arguments", [(), ("-", "-"), ("x", "--from", "2026-11-21 00:00", "--to", "2026-11-20 00:00")])
def test_what_makes_no_sense_is_refused(arguments: tuple[str, ...]) -> None:
    assert 2 == run(*arguments).exit_code
