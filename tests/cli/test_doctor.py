"""The doctor, as a user asks it."""

import pytest
from click.testing import CliRunner

from wiretruth.cli.main import main
from wiretruth.live import fitness
from wiretruth.live.fitness import BAD, GOOD, Checked


@pytest.mark.parametrize(("state", "status"), [(GOOD, 0), (BAD, 1)])
def test_the_status_says_whether_a_watch_can_begin(state: str, status: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fitness, "checks", lambda _named: iter([Checked(state, "may capture", "sudo")]))
    done = CliRunner().invoke(main, ["doctor"])

    assert (status, f"{state:8}may capture\n        sudo\n") == (done.exit_code, done.stdout)


def test_it_answers_on_this_host() -> None:
    assert "Linux" in CliRunner().invoke(main, ["doctor", "-i", "lo"]).stdout
