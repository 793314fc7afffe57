"""The values of --resolver."""

import click
import pytest

from wiretruth.cli._resolvers import resolvers

CONTEXT, OPTION = click.Context(click.Command("x")), click.Option(["--resolver"])


def test_what_is_taken() -> None:
    given = ("192.0.2.53", "system", "[2001:DB8::53]", "192.0.2.53")

    assert ("192.0.2.53", "system", "2001:db8::53") == resolvers(CONTEXT, OPTION, given)


@pytest.mark.parametrize("given", ["", "dns.example.net", "192.0.2.256", "192.0.2.53:53"])
def test_what_is_not(given: str) -> None:
    with pytest.raises(click.BadParameter, match="no address of a resolver"):
        resolvers(CONTEXT, OPTION, (given,))
