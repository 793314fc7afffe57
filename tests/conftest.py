"""What all tests share: how hard properties try, where the sample data lies, and what must not run side by side."""

import os
from pathlib import Path
from typing import Final

import hypothesis
import pytest

SHARED: Final = Path(__file__).resolve().parents[2] / "shared"
"""The sample captures and the corpus: beside the project, never inside it."""
NO_SHARED: Final = "needs the sample captures: a folder 'shared' beside the project"

hypothesis.settings.register_profile("fast", max_examples=60, deadline=None, derandomize=True)
hypothesis.settings.register_profile("deep", max_examples=3000, deadline=None, print_blob=True)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "fast"))


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of sample data; the test is skipped where there is none."""
    if not SHARED.is_dir():
        pytest.skip(NO_SHARED)
    return SHARED


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip, in words, what is marked ``shared`` where the sample data is not there."""
    if item.get_closest_marker("shared") and not SHARED.is_dir():
        pytest.skip(NO_SHARED)
    if item.get_closest_marker("deep") and os.environ.get("HYPOTHESIS_PROFILE") != "deep":
        pytest.skip("takes minutes: make deep")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Let one worker run all of the lab: its scenarios already share the machine among themselves."""
    if config.pluginmanager.hasplugin("xdist"):
        for item in items:
            if item.get_closest_marker("lab"):
                item.add_marker(pytest.mark.xdist_group("lab"))


def pytest_make_parametrize_id(val: object) -> str | None:
    """Name octets that nobody can read by their number: ids are for people, and equal in every process."""
    if isinstance(val, bytes) and not (val.isascii() and val.decode("ascii").isprintable()):
        return f"{len(val)} octets"
    return None
