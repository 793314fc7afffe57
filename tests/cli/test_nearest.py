"""What a mistyped word may have meant."""

import pytest

from wiretruth.cli._nearest import nearest


@pytest.mark.parametrize(
    ("word", "expected"),
    [("raed", "; did you mean read?"), ("xyzzy", ""), ("red", "; did you mean read?"), ("", "")],
)
def test_nearest(word: str, expected: str) -> None:
    assert expected == nearest(word, ["read", "explain"])
