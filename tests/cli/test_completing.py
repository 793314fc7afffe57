"""The Tab key, as shells ask for it."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.shell_completion import BashComplete

from scripts.command_pages import every_command
from wiretruth.cli.main import main

PROJECT = Path(__file__).parents[2]


def offered(line: str) -> set[str]:
    """What is offered at the end of *line*."""
    *words, incomplete = line.split(" ")
    complete = BashComplete(main, {}, "wiretruth", "_WIRETRUTH_COMPLETE")
    return {f"{item.type}:{item.value}" for item in complete.get_completions(words, incomplete)}


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("r", {"plain:read"}),
        ("sch", {"plain:schema"}),
        ("explain connect-re", {"plain:connect-refused", "plain:connect-rejected"}),
        ("evidence connect-re", {"plain:connect-refused", "plain:connect-rejected"}),
        ("evidence null-mx mai", {"file:mai"}),
        ("evidence null-mx mail.pcap --rules ru", {"file:ru"}),
        ("verify ca", {"file:ca"}),
        ("explain mx-i", {"plain:mx-is-cname"}),
        ("read --conn", {"plain:--conntrack"}),
        ("read --fail-on w", {"plain:warning"}),
        ("read --format json", {"plain:json", "plain:jsonl"}),
        ("read mai", {"file:mai"}),
        ("read mail.pcap gw", {"file:gw"}),
        ("read mail.pcap --log ma", {"file:ma"}),
        ("read mail.pcap --rules ru", {"file:ru"}),
        ("read mail.pcap --host ma", set()),
        ("read mail.pcap -o re", {"file:re"}),
        ("explain no-such", set()),
    ],
)
def test_words(line: str, expected: set[str]) -> None:
    assert expected == offered(line)


def test_every_command_is_offered() -> None:
    names = {context.info_name for context, _ in every_command()} - {"wiretruth"}

    assert {f"plain:{name}" for name in names} == offered("")


@pytest.mark.parametrize("command", [c.command_path for c, _ in every_command() if c.parent])
def test_every_option_is_offered(command: str) -> None:
    """Those that begin with two hyphens; click offers one name of each."""
    words = command.removeprefix("wiretruth ")
    known = next(k for c, k in every_command() if c.command_path == command)

    for parameter in known.params:
        if parameter.param_type_name == "option":
            assert {f"plain:{name}" for name in parameter.opts} & offered(f"{words} --")


@pytest.fixture
def path(tmp_path: Path) -> str:
    program = tmp_path / "wiretruth"
    program.write_text(f"#!{sys.executable}\nfrom wiretruth.cli.main import main\nmain()\n")
    program.chmod(0o755)
    return f"{tmp_path}{os.pathsep}{os.environ.get('PATH', os.defpath)}"


def run(shell: str, script: str, path: str) -> str:
    program = shutil.which(shell)
    if program is None:
        pytest.skip(f"{shell} is not installed")
    environment = {**os.environ, "PATH": path, "PYTHONPATH": str(PROJECT)}
    done = subprocess.run(
        [program, "-c", script], env=environment, capture_output=True, text=True, timeout=60, check=True
    )
    return done.stdout


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("wiretruth exp", "explain"),
        ("wiretruth explain connect-b", "connect-blackholed"),
        ("wiretruth read --rec", "--records"),
        ("wiretruth read --color ne", "never"),
    ],
)
def test_bash_completes(words: str, expected: str, path: str) -> None:
    """The page's line, sourced by the shell itself, which then presses Tab."""
    script = f"""
        eval "$(_WIRETRUTH_COMPLETE=bash_source wiretruth)"
        COMP_WORDS=({words}); COMP_CWORD=$(({len(words.split())} - 1))
        _wiretruth_completion wiretruth && echo "${{COMPREPLY[*]}}"
    """

    assert run("bash", script, path).split() == [expected]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_every_shell_takes_its_script(shell: str, path: str) -> None:
    """Each shell reads what is written for it without a complaint."""
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not installed")
    written = run("bash", f"_WIRETRUTH_COMPLETE={shell}_source wiretruth", path)
    done = subprocess.run([shell, "-n"], input=written, capture_output=True, text=True, timeout=60, check=False)

    assert "wiretruth" in written
    assert (done.returncode, done.stderr) == (0, "")
