"""Inputs as the user names them: a path, a pattern or a directory, perhaps with ``label=`` before it."""

import os
from collections.abc import Iterable
from typing import NamedTuple

from wiretruth.errors import InputError
from wiretruth.sources.blocks import STANDARD_INPUT
from wiretruth.sources.joining import Part

SUFFIXES = (".gz", ".zst", ".xz", ".lz4", ".bz2", ".pcap", ".pcapng", ".cap", ".snoop")
"""Left out of the label that a file's name gives."""


class InputArgument(NamedTuple):
    """One input and the label under which reports speak of it."""

    label: str
    path: str
    """As the user named it; of several files, the first and the last."""
    parts: tuple[Part, ...] = ()
    """The files, where there are several."""
    in_turn: bool = False
    """The files were taken for a rotation by their names."""

    @property
    def paths(self) -> tuple[str, ...]:
        """All files."""
        return tuple(part.path for part in self.parts) or (self.path,)


def parse_argument(argument: str) -> InputArgument:
    """Read ``label=path`` or ``path``.

    What exists under its whole name is a path, ``=`` or not; a label has no slash.

    Raises:
        InputError: a label without a path.
    """
    label, equals, path = argument.partition("=")
    if not equals or not label or "/" in label or os.path.lexists(argument):
        return InputArgument(default_label(argument), argument)
    if not path:
        raise InputError(argument, "is a label without a path", f"write {label}=FILE")
    return InputArgument(label, path)


def parse_arguments(arguments: Iterable[str]) -> tuple[InputArgument, ...]:
    """Read each argument as one file, and tell labels that collide apart.

    Raises:
        InputError: a label without a path.
    """
    return distinct(map(parse_argument, arguments))


def distinct(arguments: Iterable[InputArgument]) -> tuple[InputArgument, ...]:
    """Tell labels that collide apart: the second ``lan`` becomes ``lan-2``."""
    parsed = list(arguments)
    taken = {argument.label for argument in parsed}
    given: set[str] = set()
    apart = []
    for argument in parsed:
        free = argument.label
        if free in given:
            free = _free_label(free, taken)
            taken.add(free)
        given.add(free)
        apart.append(argument._replace(label=free))
    return tuple(apart)


def default_label(path: str) -> str:
    """Give the file's name without its directory and the usual suffixes; ``stdin`` for standard input."""
    if path == STANDARD_INPUT:
        return "stdin"
    label = os.path.basename(path.rstrip("/"))  # noqa: PTH119  (Path would drop the dots of ./-)
    while (suffix := os.path.splitext(label)[1]) in SUFFIXES:  # noqa: PTH122  (Path('.').suffix differs)
        label = label.removesuffix(suffix)
    return label or path


def _free_label(label: str, taken: set[str]) -> str:
    number = 2
    while f"{label}-{number}" in taken:
        number += 1
    return f"{label}-{number}"
