"""The words for how attempts end."""

import pytest

from wiretruth.model.log import Ending
from wiretruth.witnesses._endings import ending


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Connection refused", Ending.REFUSED),
        ("IO Error: Connection refused", Ending.REFUSED),
        ("Connection timed out", Ending.TIMED_OUT),
        ("Connection timed out H=x [192.0.2.1]: SMTP timeout after initial connection", Ending.SILENT),
        ("No route to host", Ending.UNREACHABLE),
        ("Permission denied", Ending.UNREACHABLE),
        ("lost connection", Ending.LOST),
        ("Network error on destination MXs", None),
        ("", None),
    ],
)
def test_endings(words: str, expected: Ending | None) -> None:
    assert expected is ending(words)
