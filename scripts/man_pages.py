"""The manual pages, section 1, as the commands describe themselves: man(7), one page a command."""

import inspect
import re
import textwrap
from collections.abc import Iterator
from typing import Final

import click

from scripts.command_pages import every_command, metavar
from wiretruth import __version__

SOURCE: Final = '.\\" Written by `make docs` from wiretruth/cli; change it there.'
SEE_ALSO: Final = "tcpdump(1), tshark(1), editcap(1)"
TITLED: Final = re.compile(r"(?P<title>Examples|Exit status):(?P<rest>.*)", re.DOTALL)


def man_pages() -> dict[str, str]:
    """Give every page by its file's name."""
    known = [context.command_path.replace(" ", "-") for context, _ in every_command()]
    return {f"{_name(context)}.1": page(context, command, known) for context, command in every_command()}


def page(context: click.Context, command: click.Command, known: list[str]) -> str:
    """Write one command's page; *known* are the names of all pages."""
    name = _name(context)
    others = ", ".join(f"{other}(1)" for other in known if other != name)
    first = next(iter(paragraphs(command)), "").rstrip(".")
    parts = [
        SOURCE,
        f'.TH {name.upper()} 1 "" "wiretruth {__version__}" "wiretruth"',
        section("NAME", f"{escaped(name)} \\- {escaped(summary(command, first))}"),
        section("SYNOPSIS", synopsis(context, command)),
        section("DESCRIPTION", *described(command)),
        *([section("COMMANDS", *listed(context, command))] if isinstance(command, click.Group) else []),
        section("OPTIONS", *(option(one) for one in command.get_params(context) if isinstance(one, click.Option))),
        *titled(command),
        section("SEE ALSO", escaped(f"{others}, {SEE_ALSO}")),
    ]
    return "\n".join(parts) + "\n"


def section(title: str, *blocks: str) -> str:
    """Write one section; between its blocks stands nothing but what they begin with."""
    return "\n".join([f".SH {title}", *blocks])


def summary(command: click.Command, first: str) -> str:
    """Say in a line what a command does, as makewhatis wants it: no full stop."""
    text = (command.short_help or first).rstrip(".")
    return text[:1].lower() + text[1:]


def synopsis(context: click.Context, command: click.Command) -> str:
    """Write the call: the command in bold, what it takes in italics."""
    taken = " ".join(f"\\fI{escaped(piece)}\\fP" for piece in command.collect_usage_pieces(context))
    return f".B {escaped(context.command_path)}\n{taken}"


def described(command: click.Command) -> Iterator[str]:
    """Give the paragraphs that are neither examples nor the exit status."""
    first = True
    for paragraph in paragraphs(command):
        if TITLED.match(paragraph) is None:
            yield ("" if first else ".PP\n") + text(paragraph)
            first = False


def titled(command: click.Command) -> Iterator[str]:
    """Give the sections for examples and the exit status, their lines as they are."""
    for paragraph in paragraphs(command):
        found = TITLED.match(paragraph)
        if found is not None:
            lines = textwrap.dedent(found["rest"].strip("\n")).strip().splitlines()
            yield section(found["title"].upper(), ".nf", *(line_of(escaped(line)) for line in lines), ".fi")


def listed(context: click.Context, group: click.Group) -> Iterator[str]:
    """Give the commands of a group."""
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if command is not None and not command.hidden:
            yield f".TP\n.BR {escaped(_name(context))}\\-{escaped(name)} (1)\n{text(command.short_help or '')}"


def option(parameter: click.Option) -> str:
    """Write one option: its names in bold, its value in italics, what it does below."""
    names = ", ".join(f"\\fB{escaped(name)}\\fP" for name in [*parameter.opts, *parameter.secondary_opts])
    value = "" if parameter.is_flag or parameter.count else f" \\fI{escaped(metavar(parameter))}\\fP"
    default = f" Default: {parameter.default}." if parameter.show_default else ""
    return f".TP\n{names}{value}\n{text((parameter.help or '') + default)}"


def paragraphs(command: click.Command) -> list[str]:
    """Give the paragraphs of a help text, without click's marks."""
    shown = inspect.cleandoc((command.help or "").partition("\f")[0])
    return [block.removeprefix("\b\n") for block in shown.split("\n\n") if block.strip()]


def text(words: str) -> str:
    """Write prose: one line of source, filled by who shows it."""
    return line_of(escaped(" ".join(words.split())))


def line_of(words: str) -> str:
    """Keep a line from being taken for a request."""
    return f"\\&{words}" if words.startswith((".", "'")) else words


def escaped(words: str) -> str:
    """Write words so that what is typed can be copied: hyphens, quotes and the like stay ASCII."""
    table = {"\\": "\\e", "-": "\\-", "'": "\\(aq", "`": "\\(ga", "^": "\\(ha", "~": "\\(ti", '"': "\\(dq"}
    table |= {"…": "..."}
    return "".join(table.get(character, character) for character in words)


def _name(context: click.Context) -> str:
    return context.command_path.replace(" ", "-")
