"""The command line."""

import pytest

from bench.contestants import CONTESTANTS, WIRETRUTH
from bench.options import parsed


def test_everything_by_itself() -> None:
    options = parsed([])

    assert (1.0, 3, ["gateway", "mail server", "resolver"]) == (options.scale, options.runs, options.workloads)
    assert [contestant.name for contestant in CONTESTANTS] == options.contestants


def test_wiretruth_always_takes_part() -> None:
    assert [WIRETRUTH, "cat"] == parsed(["-c", "cat"]).contestants


@pytest.mark.parametrize(
    "words", [["--scale", "0"], ["--scale", "x"], ["--runs", "0"], ["-w", "nothing"], ["-c", "nobody"]]
)
def test_mistakes_are_told(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        parsed(words)
    assert "error" in capsys.readouterr().err


def test_help_has_examples(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="0"):
        parsed(["--help"])
    assert "examples:\n  python -m bench " in capsys.readouterr().out
