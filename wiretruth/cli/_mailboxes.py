"""The values of --rcpt: mailboxes and domains."""

import click


def mailboxes(_ctx: click.Context, _param: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...]:
    """Take mailboxes, in angle brackets or not, and domains, with or without an @ before them."""
    given = tuple(value.strip().removeprefix("<").removesuffix(">") for value in values)
    if any(not value.rpartition("@")[2] for value in given):
        raise click.BadParameter("give a mailbox (bob@example.net) or a domain (example.net)")
    return given
