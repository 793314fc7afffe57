"""The values of --host."""

import click
import pytest

from wiretruth.cli._hosts import hosts

CONTEXT, OPTION = click.Context(click.Command("read")), click.Option(["--host"])


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("192.0.2.0/24", "192.0.2.0/24"),
        ("192.0.2.1/24", "192.0.2.1/24"),
        ("2001:db8::1", "2001:db8::1"),
        ("[2001:db8::1]", "2001:db8::1"),
        ("2001:db8::/32", "2001:db8::/32"),
        ("mail.example.net", "mail.example.net"),
        ("example.net.", "example.net."),
        ("_dmarc.example.net", "_dmarc.example.net"),
        ("xn--r8jz45g.example.net", "xn--r8jz45g.example.net"),
    ],
)
def test_host(value: str, expected: str) -> None:
    assert (expected,) == hosts(CONTEXT, OPTION, (value,))


@pytest.mark.parametrize("value", ["", "192.0.2.256", "192.0.2.0/33", "10.1", "2001:db8::/129", "a b", "-x", "a/b"])
def test_a_mistyped_address_is_no_name(value: str) -> None:
    with pytest.raises(click.BadParameter, match="is no address, network"):
        hosts(CONTEXT, OPTION, (value,))
