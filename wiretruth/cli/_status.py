"""Exit status: as grep and diff do it."""

from collections.abc import Iterable
from typing import Final

from wiretruth.model.finding import Finding, Severity

CLEAN: Final = 0
FOUND: Final = 1
FAILED: Final = 2
INTERRUPTED: Final = 130
"""128 and the number of SIGINT: what a shell says of a program that Ctrl-C ended."""
BROKEN_PIPE: Final = 141
"""128 and the number of SIGPIPE."""

NEVER: Final = "never"
"""The value of --fail-on that no finding reaches."""


def status(findings: Iterable[Finding], fail_on: str) -> int:
    """Tell whether any finding is at least as severe as *fail_on*, a severity or ``never``."""
    if fail_on == NEVER:
        return CLEAN
    line = Severity(fail_on).rank
    return FOUND if any(finding.severity.rank >= line for finding in findings) else CLEAN
