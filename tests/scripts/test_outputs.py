"""Outputs in pages are what commands print now, and nothing else of a page is touched."""

from pathlib import Path

import pytest

from scripts.outputs import output, with_outputs

CASES = [
    ("no mark\n\n```text\nkept\n```\n", "no mark\n\n```text\nkept\n```\n"),
    ("<!-- output of: echo new -->\n```text\nold\n```\n", "<!-- output of: echo new -->\n```text\nnew\n```\n"),
    ("<!-- output of: echo new -->\n\n```\n```\nbehind", "<!-- output of: echo new -->\n\n```\nnew\n```\nbehind"),
    ("<!-- output of: true -->\n```\nold\n```\n", "<!-- output of: true -->\n```\n```\n"),
    (
        "<!-- output of: echo 1 -->\n```\n```\nbetween\n<!-- output of: echo 2 -->\n```\n```\n",
        "<!-- output of: echo 1 -->\n```\n1\n```\nbetween\n<!-- output of: echo 2 -->\n```\n2\n```\n",
    ),
]


@pytest.mark.parametrize(("page", "expected"), CASES)
def test_only_marked_blocks_are_filled(page: str, expected: str, tmp_path: Path) -> None:
    assert expected == with_outputs(page, tmp_path)


def test_window_is_the_same_everywhere(tmp_path: Path) -> None:
    assert "100 1 UTC\n" == output("echo $COLUMNS $NO_COLOR $TZ", tmp_path)


@pytest.mark.parametrize("status", [0, 1])
def test_a_finding_is_no_failure(status: int, tmp_path: Path) -> None:
    assert "said\n" == output(f"echo said; exit {status}", tmp_path)


def test_trouble_is_named(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="exit status 2: no such thing"):
        output("echo no such thing >&2; exit 2", tmp_path)
