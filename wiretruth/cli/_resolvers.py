"""The values of --resolver: addresses, or the system's own."""

from ipaddress import ip_address

import click

from wiretruth.sources.asking import SYSTEM


def resolvers(_ctx: click.Context, _param: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...]:
    """Take each address once."""
    return tuple(dict.fromkeys(_resolver(value) for value in values))


def _resolver(value: str) -> str:
    if value == SYSTEM:
        return value
    try:
        return str(ip_address(value.removeprefix("[").removesuffix("]")))
    except ValueError:
        raise click.BadParameter(f"{value!r} is no address of a resolver; write 192.0.2.53, or {SYSTEM}") from None
