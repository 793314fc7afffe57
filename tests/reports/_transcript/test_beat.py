"""What a transcript is made of."""

import pytest

from wiretruth.reports._transcript.beat import Beat, Who


@pytest.mark.parametrize(
    ("kind", "said"), [("command", True), ("reply", True), ("text", True), ("fin", False), ("tls", False)]
)
def test_what_was_said(kind: str, said: bool) -> None:
    assert said == Beat(1, 1, Who.CLIENT, kind, ("",)).said
