"""``wiretruth explain``."""

import pytest
from click.testing import CliRunner

from wiretruth import discover, rules
from wiretruth.cli.explain import codes
from wiretruth.cli.main import main


def test_overview_names_every_code_on_a_line() -> None:
    done = CliRunner().invoke(main, ["explain"])

    assert 0 == done.exit_code
    assert codes() == [line.split()[0] for line in done.output.splitlines()]
    assert len(discover.names(rules)) == len(codes())


@pytest.mark.parametrize("code", codes())
def test_every_code_has_a_page(code: str) -> None:
    done = CliRunner().invoke(main, ["explain", code])

    assert 0 == done.exit_code
    assert done.output.startswith(f"{code}\n{'=' * len(code)}\n\n")
    assert "What to do next\n    " in done.output


@pytest.mark.parametrize("spelling", ["DESTINATION-REWRITTEN", "destination_rewritten", " destination-rewritten "])
def test_spelling_is_forgiven(spelling: str) -> None:
    assert 0 == CliRunner().invoke(main, ["explain", spelling]).exit_code


def test_an_unknown_code() -> None:
    done = CliRunner().invoke(main, ["explain", "destination-rewriten"])

    assert 2 == done.exit_code
    assert "no such code 'destination-rewriten'; did you mean destination-rewritten" in done.output
