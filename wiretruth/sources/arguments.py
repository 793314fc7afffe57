"""Inputs as the user names them: ``path`` or ``label=path``."""

import os
from collections.abc import Iterable
from typing import NamedTuple

from wiretruth.errors import InputError
from wiretruth.sources.blocks import STANDARD_INPUT

SUFFIXES = (".gz", ".zst", ".xz", ".lz4", ".bz2", ".pcap", ".pcapng", ".cap", ".snoop")
"""Left out of the label that a file's name gives."""


class InputArgument(NamedTuple):
    """One input and the label under which reports speak of it."""

    label: str
    path: str


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
    """Read each argument, and tell labels that collide apart: the second ``lan`` becomes ``lan-2``.

    Raises:
        InputError: a label without a path.
    """
    parsed = [parse_argument(argument) for argument in arguments]
    taken = {argument.label for argument in parsed}
    given: set[str] = set()
    distinct = []
    for label, path in parsed:
        free = label
        if label in given:
            free = _free_label(label, taken)
            taken.add(free)
        given.add(free)
        distinct.append(InputArgument(free, path))
    return tuple(distinct)


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
