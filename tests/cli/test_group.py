"""Commands are found by looking, and loaded when needed."""

from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from wiretruth.cli._group import CommandLine
from wiretruth.cli.main import main

CONTEXT = click.Context(main)


def group() -> CommandLine:
    assert isinstance(main, CommandLine)
    return main


def test_commands_are_files() -> None:
    assert {"explain", "read"} <= set(group().list_commands(CONTEXT))
    assert "main" not in group().list_commands(CONTEXT)


def test_every_file_declares_its_command() -> None:
    names = group().list_commands(CONTEXT)

    assert [] == [name for name in names if group().get_command(CONTEXT, name) is None]


def test_an_unknown_command_is_none() -> None:
    assert group().get_command(CONTEXT, "main") is None
    assert group().get_command(CONTEXT, "../read") is None


def test_a_mistyped_command() -> None:
    done = CliRunner().invoke(main, ["raed", "mail.pcap"])

    assert 2 == done.exit_code
    assert "no such command 'raed'; did you mean read?" in done.output


def test_a_capture_where_a_command_belongs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("mail.pcap").touch()

    done = CliRunner().invoke(main, ["mail.pcap"])

    assert 2 == done.exit_code
    assert "to read it: wiretruth read mail.pcap" in done.output
