"""The front door."""

import subprocess
import sys

import pytest
from click.testing import CliRunner

from wiretruth import __version__
from wiretruth.cli.main import main


def test_version() -> None:
    done = CliRunner().invoke(main, ["--version"])

    assert (0, f"wiretruth {__version__}\n") == (done.exit_code, done.output)


@pytest.mark.parametrize("arguments", [["-h"], ["--help"]])
def test_help(arguments: list[str]) -> None:
    done = CliRunner().invoke(main, arguments)

    assert 0 == done.exit_code
    assert "wiretruth read mail.pcap" in done.output
    assert "\n  read " in done.output


def test_nothing_asked_is_no_success() -> None:
    """A script whose variable was empty must not take silence for a clean capture."""
    done = CliRunner().invoke(main, [])

    assert 2 == done.exit_code
    assert "Usage: " in done.stderr


def test_an_unknown_option() -> None:
    assert 2 == CliRunner().invoke(main, ["--verison"]).exit_code


@pytest.mark.parametrize("arguments", [["--help"], ["read", "--help"], ["explain"], ["read"]])
def test_nothing_heavy_is_loaded(arguments: list[str]) -> None:
    """``--help`` answers at once: numpy, rich, scapy, dpkt and the engine are loaded by those who need them."""
    program = (
        "import sys\n"
        "from wiretruth.cli.main import main\n"
        f"try:\n    main({arguments!r}, prog_name='wiretruth')\nexcept SystemExit:\n    pass\n"
        "heavy = {'numpy', 'rich', 'scapy', 'dpkt', 'zstandard'} & {m.partition('.')[0] for m in sys.modules}\n"
        "assert not heavy, heavy\n"
        "assert 'wiretruth.engine.analysis' not in sys.modules\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)

    assert (0, "") == (done.returncode, done.stderr if done.returncode else "")


def test_runs_as_a_module() -> None:
    done = subprocess.run([sys.executable, "-m", "wiretruth", "-V"], capture_output=True, text=True, check=False)

    assert (0, f"wiretruth {__version__}\n") == (done.returncode, done.stdout)
