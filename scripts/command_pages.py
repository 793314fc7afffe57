"""The page of commands, as the commands describe themselves."""

import inspect
import textwrap
from collections.abc import Iterator

import click

from scripts.generated import generated
from wiretruth.cli.main import main as command_line


def cli_page() -> str:
    """Write the page of all commands."""
    parts = ["# Commands", generated("wiretruth/cli")]
    parts += [text for context, command in every_command() for text in command_section(context, command)]
    return "\n\n".join(parts) + "\n"


def every_command() -> Iterator[tuple[click.Context, click.Command]]:
    """Give all commands, the first being ``wiretruth`` itself."""
    yield from commands(click.Context(command_line, info_name="wiretruth", **command_line.context_settings))


def commands(context: click.Context) -> Iterator[tuple[click.Context, click.Command]]:
    """Give a command and everything below it, each with its context."""
    yield context, context.command
    if isinstance(context.command, click.Group):
        for name in context.command.list_commands(context):
            below = context.command.get_command(context, name)
            if below is not None and not below.hidden:
                yield from commands(click.Context(below, info_name=name, parent=context, **below.context_settings))


def command_section(context: click.Context, command: click.Command) -> list[str]:
    """Write one command: heading, usage, description, arguments and options."""
    usage = " ".join([context.command_path, *command.collect_usage_pieces(context)])
    parts = [f"## {context.command_path}", f"    {usage}", paragraphs(command.help or "")]
    options = [option(parameter) for parameter in command.params if isinstance(parameter, click.Option)]
    return [part for part in [*parts, "\n".join(options)] if part]


def paragraphs(text: str) -> str:
    """Turn click's marks into Markdown: a backspace keeps a block as it is, a form feed ends what is shown."""
    shown = inspect.cleandoc(text.partition("\f")[0])
    return "\n\n".join(kept(block) if block.startswith("\b\n") else block for block in shown.split("\n\n"))


def kept(block: str) -> str:
    """Show a block line by line: what is indented under its first line becomes an example."""
    first, *rest = block.removeprefix("\b\n").splitlines()
    return "\n\n".join([first, "```\n" + textwrap.dedent("\n".join(rest)) + "\n```"]) if rest else first


def option(parameter: click.Option) -> str:
    """Write one option as an item of a list."""
    names = ", ".join(f"`{name}`" for name in [*parameter.opts, *parameter.secondary_opts])
    value = "" if parameter.is_flag or parameter.count else f" `{metavar(parameter)}`"
    default = f" Default: `{parameter.default}`." if parameter.show_default else ""
    return f"- {names}{value}: {' '.join((parameter.help or '').split())}{default}"


def metavar(parameter: click.Option) -> str:
    """Name the value that an option takes; written here because click's own wording changes between versions."""
    if parameter.metavar:
        return parameter.metavar
    if isinstance(parameter.type, click.Choice):
        return "|".join(str(choice) for choice in parameter.type.choices)
    return parameter.type.name.upper()
