"""Keys, as terminals send them."""

import os
import pty
import sys

import pytest

from wiretruth.cli._keys import Keys, named


@pytest.mark.parametrize(
    ("octets", "keys"),
    [
        (b"pq", ["p", "q"]),
        (b"\x1b[A\x1b[B\x1bOA\r", ["up", "down", "up", "enter"]),
        (b"\x7f", ["erase"]),
        (b"\x1b", ["escape"]),
        (b"a\x1b[15~", ["a"]),
        ("ä\x00".encode(), []),
    ],
)
def test_keys_have_names(octets: bytes, keys: list[str]) -> None:
    assert keys == list(named(octets))


def test_a_terminal_is_given_back_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    ours, theirs = pty.openpty()
    with os.fdopen(theirs, "r") as terminal:
        monkeypatch.setattr(sys, "stdin", terminal)
        with Keys() as keys:
            os.write(ours, b"q")
            assert ["q"] == list(keys.pressed())
            assert [] == list(keys.pressed())
    os.close(ours)


def test_without_a_terminal_nothing_is_pressed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    with Keys() as keys:
        assert [] == list(keys.pressed())
