"""Exit status as grep and diff have it."""

import pytest

from tests.reports import scenes
from wiretruth.cli._status import status
from wiretruth.model.finding import Finding

CRITICAL, INFO = (scenes.REWRITTEN,), (scenes.BANNER,)


@pytest.mark.parametrize(
    ("findings", "fail_on", "expected"),
    [
        ((), "info", 0),
        (INFO, "info", 1),
        (INFO, "warning", 0),
        (CRITICAL, "warning", 1),
        (CRITICAL, "critical", 1),
        (INFO + CRITICAL, "critical", 1),
        (CRITICAL, "never", 0),
    ],
)
def test_status(findings: tuple[Finding, ...], fail_on: str, expected: int) -> None:
    assert expected == status(findings, fail_on)
