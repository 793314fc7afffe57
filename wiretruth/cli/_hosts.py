"""The values of --host: addresses, networks, names."""

import re
from ipaddress import ip_network
from typing import Final

import click

_NAME: Final = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_.])?")
_NUMBERS: Final = re.compile(r"[0-9.]+")


def hosts(_ctx: click.Context, _param: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...]:
    """Pass on what is an address, a network or a name; a mistyped address must not become a name matching nothing."""
    return tuple(_host(value) for value in values)


def _host(value: str) -> str:
    text = value.removeprefix("[").removesuffix("]")
    try:
        ip_network(text, strict=False)
    except ValueError:
        if not _NAME.fullmatch(text) or _NUMBERS.fullmatch(text):
            raise click.BadParameter(f"{value!r} is no address, network (192.0.2.0/24) or name") from None
    return text
