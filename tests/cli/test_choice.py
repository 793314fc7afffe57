"""Which transcripts are wanted."""

import pytest

from tests.reports import scenes
from wiretruth.cli._choice import Choice
from wiretruth.reports._transcript.transcript import transcripts


@pytest.mark.parametrize(
    ("choice", "held"),
    [
        (Choice(), True),
        (Choice(numbers=(1, 5)), True),
        (Choice(numbers=(2,)), False),
        (Choice(recipients=("bob@EXAMPLE.net",)), True),
        (Choice(recipients=("@example.net",)), True),
        (Choice(recipients=("rob@example.net", "bob@example.net")), True),
        (Choice(recipients=("bob@example.org",)), False),
        (Choice(hosts=("10.10.0.0/16",)), True),
        (Choice(hosts=("relay.other.example",)), True),
        (Choice(hosts=("other.example",)), True),
        (Choice(hosts=("192.0.2.1",)), False),
        (Choice((1,), ("example.net",), ("192.0.2.1",)), False),
    ],
)
def test_kinds_narrow_each_other(choice: Choice, held: bool) -> None:
    assert held == bool(choice.of(transcripts(scenes.seed())))
