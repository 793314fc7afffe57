"""The values of --rcpt."""

import click
import pytest

from wiretruth.cli._mailboxes import mailboxes

CONTEXT, OPTION = click.Context(click.Command("x")), click.Option(["--rcpt"])


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("bob@example.net", "bob@example.net"),
        (" <bob@example.net> ", "bob@example.net"),
        ("example.net", "example.net"),
        ("@example.net", "@example.net"),
    ],
)
def test_what_is_taken(given: str, expected: str) -> None:
    assert (expected,) == mailboxes(CONTEXT, OPTION, (given,))


@pytest.mark.parametrize("given", ["", "@", "bob@", "<>"])
def test_what_is_not(given: str) -> None:
    with pytest.raises(click.BadParameter, match="give a mailbox"):
        mailboxes(CONTEXT, OPTION, (given,))
