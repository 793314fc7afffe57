"""Text for drawings."""

import pytest

from wiretruth.reports._html.shorten import shortened


@pytest.mark.parametrize(
    ("words", "longest", "expected"), [("abc", 3, "abc"), ("abcd", 3, "ab…"), ("a bcd", 3, "a…"), ("", 3, "")]
)
def test_shortened(words: str, longest: int, expected: str) -> None:
    assert expected == shortened(words, longest)
    assert len(expected) <= longest
