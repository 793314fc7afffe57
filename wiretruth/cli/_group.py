"""The group of commands: found by looking, loaded when needed, and every failure told in one manner."""

import importlib
import os
import sys
from pathlib import Path
from typing import Any, NoReturn

import click

from wiretruth import cli, discover
from wiretruth.cli._failure import guarded, say
from wiretruth.cli._nearest import nearest
from wiretruth.cli._status import FAILED

_FRONT_DOOR = "main"


class CommandLine(click.Group):
    """Commands are the public modules of ``wiretruth.cli``; each declares ``command``."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """List the commands by looking at the folder."""
        del ctx
        return [name.replace("_", "-") for name in discover.names(cli) if name != _FRONT_DOOR]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the one command that is wanted."""
        if cmd_name not in self.list_commands(ctx):
            return None
        module = importlib.import_module(f"{cli.__name__}.{cmd_name.replace('-', '_')}")
        command = module.command
        return command if isinstance(command, click.Command) else None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command; where there is none, say which one may have been meant."""
        if self.get_command(ctx, args[0]) is None:
            raise click.UsageError(self._unknown(ctx, args[0]), ctx)
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> NoReturn:
        """Run the command and leave with its status; what goes wrong becomes a status too."""
        ctx.exit(guarded(lambda: super(CommandLine, self).invoke(ctx), os.environ))

    def main(self, *args: Any, **extra: Any) -> Any:
        """Run; where not even click's own words (help, a mistyped option) can be written, leave with a status too."""
        try:
            return super().main(*args, **extra)
        except OSError as error:
            say(error.strerror or str(error))
            sys.exit(FAILED)

    def _unknown(self, ctx: click.Context, word: str) -> str:
        if Path(word).exists() or word == "-":
            return f"{word!r} is no command; to read it: wiretruth read {word}"
        return f"no such command {word!r}{nearest(word, self.list_commands(ctx))}"
