"""What is read must never be written to."""

import contextlib
import os
import sys
from pathlib import Path

import click

from wiretruth.cli import _output
from wiretruth.errors import InputError
from wiretruth.sources.blocks import STANDARD_INPUT
from wiretruth.sources.naming import named


def refuse_to_overwrite(inputs: tuple[str, ...], output: str) -> None:
    """A report must never take the place of its own evidence."""
    target = Path(output)
    if output == _output.STDOUT or not target.is_file():
        return
    for name in (spelling for given in inputs for spelling in (given, given.partition("=")[2], *_named(given))):
        if (name == STANDARD_INPUT and _is_standard_input(target)) or _is_same(Path(name), target):
            raise click.UsageError(f"--output {output} is one of the inputs", click.get_current_context())


def _named(given: str) -> tuple[str, ...]:
    """Give the captures behind a pattern or a directory; who reads them says what is wrong with it."""
    with contextlib.suppress(InputError):
        return tuple(one.argument.path for one in named(given))
    return ()


def _is_same(path: Path, target: Path) -> bool:
    return path.is_file() and path.samefile(target)


def _is_standard_input(target: Path) -> bool:
    """Tell whether the shell opened the target for us to read: ``read - -o mail.pcap < mail.pcap``."""
    with contextlib.suppress(OSError, ValueError, AttributeError):
        return os.path.samestat(os.fstat(sys.stdin.fileno()), target.stat())
    return False
