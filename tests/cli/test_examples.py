"""Every example that ``--help`` shows is one that works: all are understood, and those that need no live host are run."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import click
import pytest

from scripts.command_pages import every_command
from wiretruth.cli.main import main

PCAPS: Final = Path(__file__).parents[2] / "pcaps"
ONE: Final = PCAPS / "dnat-output-accepted"
TWO: Final = PCAPS / "dnat-gateway"
LIVE: Final = ("collect", "doctor", "history", "watch")
"""Commands that look at the host they run on, or at what a watch has kept there."""
ELSEWHERE: Final = ("--resolver", "--dialogue 3", "evidence 6884", "read mx1")
"""What names something of the reader's own: a resolver, a dialogue, a finding, a folder that ``collect`` made."""
PLACES: Final = re.compile(r"(?<=[ ='])/(?=var/|mnt/|etc/)")
SHORTENED: Final = ("--duration 10m", "--duration 1s")
SECONDS: Final = 60


def examples(command: click.Command) -> list[str]:
    """Take the lines below ``Examples:`` out of a command's help."""
    _, _, behind = (command.help or "").partition("Examples:\n")
    return [line.strip() for line in behind.partition("\n\n")[0].splitlines() if line.strip()]


def every_example() -> list[str]:
    return list(dict.fromkeys(line for _, command in every_command() for line in examples(command)))


def is_run(line: str) -> bool:
    return not any(f"wiretruth {name}" in line for name in LIVE) and not any(words in line for words in ELSEWHERE)


def calls(line: str) -> Iterator[list[str]]:
    """Give the arguments of each call of wiretruth in a line."""
    lexer = shlex.shlex(line, posix=True, punctuation_chars="|;<>&")
    lexer.whitespace_split = True
    words: list[str] | None = None
    for word in [*lexer, "|"]:
        if word == "wiretruth" and words is None:
            words = []
        elif set(word) <= set("|;<>&"):
            if words is not None:
                yield words
            words = None
        elif words is not None:
            words.append(word)


@pytest.fixture(scope="module")
def host(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the files that examples name, and programs that answer as those of a live host would."""
    folder = tmp_path_factory.mktemp("host")
    copies = {"mail.pcap": ONE / "mta-eth0.pcap", "mail.log": ONE / "mail.log", "var/log/mail.log": ONE / "mail.log"}
    copies |= {"conntrack.txt": ONE / "conntrack.txt", "iptables-save.txt": ONE / "rules.txt"}
    copies |= dict.fromkeys(("lan.pcap", "gw-eth0.pcap", "var/log/ring/mail.pcap3"), TWO / "gw-lan.pcap")
    copies |= dict.fromkeys(("wan.pcap", "gw-eth1.pcap", "mnt/gw/eth1-1.pcap"), TWO / "gw-wan.pcap")
    for name, source in copies.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, folder / name)
    program(folder / "bin/wiretruth", f'exec {shlex.quote(sys.executable)} -m wiretruth "$@"')
    program(folder / "bin/sudo", 'exec "$@"')
    for name in ("ssh", "tcpdump"):
        program(folder / "bin" / name, f"exec cat {shlex.quote(str(folder / 'mail.pcap'))}")
    if shutil.which("jq") is None:
        program(folder / "bin/jq", "exec cat")
    return folder


def program(path: Path, line: str) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"#!/bin/sh\n{line}\n")
    path.chmod(0o755)


def test_every_command_has_examples() -> None:
    assert [] == [context.command_path for context, command in every_command() if not examples(command)]


@pytest.mark.parametrize("line", every_example())
def test_it_is_understood(line: str) -> None:
    """No option, value or command in it is unknown."""
    understood: list[Any] = []
    for words in calls(line):
        with main.make_context("wiretruth", list(words)) as context:
            name, command, rest = main.resolve_command(context, words)
            assert command is not None
            understood.append(command.make_context(name, rest, parent=context).params)

    assert understood


@pytest.mark.parametrize("line", [line for line in every_example() if is_run(line)])
def test_it_works(line: str, host: Path) -> None:
    command = PLACES.sub(f"{host}/", line).replace(*SHORTENED)
    environment = {**os.environ, "PATH": f"{host}/bin:{os.environ.get('PATH', os.defpath)}"}
    environment["PYTHONPATH"] = str(PCAPS.parent)
    if "verify case" in line:
        shutil.rmtree(host / "case", ignore_errors=True)
        command = f"wiretruth evidence --all mail.pcap -o case > told; {command}"
    elif "-o case" in line:
        shutil.rmtree(host / "case", ignore_errors=True)
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command],
        cwd=host,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )

    assert done.returncode in {0, 1}, done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout or done.stderr or ">" in line or " -o " in line
