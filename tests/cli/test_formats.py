"""Formats are found by looking."""

import pytest

from tests.reports import scenes
from wiretruth.cli import _formats
from wiretruth.reports._options import Options


def test_names_are_files() -> None:
    assert {"json", "jsonl", "text"} <= set(_formats.names())
    assert [] == [name for name in _formats.names() if name.startswith("_")]


@pytest.mark.parametrize("name", _formats.names())
def test_every_format_renders(name: str) -> None:
    assert "".join(_formats.renderer(name)(scenes.seed(), Options())).endswith("\n")
