"""Sizes as people write them."""

import click
import pytest

from wiretruth.cli._sizes import octets

CONTEXT, OPTION = click.Context(click.Command("x")), click.Option(["--x"])


@pytest.mark.parametrize(
    ("text", "expected"), [("5", 5), ("2K", 2048), ("100M", 100 << 20), ("1GiB", 1 << 30), ("3kb", 3072)]
)
def test_sizes_are_read(text: str, expected: int) -> None:
    assert expected == octets(CONTEXT, OPTION, text)


@pytest.mark.parametrize("text", ["", "M", "1.5M", "10T", "-1"])
def test_other_words_are_refused(text: str) -> None:
    with pytest.raises(click.BadParameter, match="write 500K, 100M or 2G"):
        octets(CONTEXT, OPTION, text)
