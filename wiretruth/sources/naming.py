"""The files that an argument names: itself, what a pattern matches, or the captures in a directory."""

import glob
import os
from pathlib import Path
from typing import NamedTuple

from wiretruth.errors import InputError
from wiretruth.sources.arguments import InputArgument, default_label, parse_argument
from wiretruth.sources.blocks import SMALLEST, STANDARD_INPUT
from wiretruth.sources.files import CaptureSource


class Named(NamedTuple):
    """A file, and what the user said of it."""

    argument: InputArgument
    labelled: bool
    """The user gave the label: all files of one label are one input."""


def named(argument: str) -> tuple[Named, ...]:
    """Give the files that an argument names, sorted by name.

    Raises:
        InputError: a label without a path, a pattern that matches nothing, or a directory without a capture.
    """
    parsed = parse_argument(argument)
    labelled = parsed.path != argument
    return tuple(
        Named(InputArgument(parsed.label if labelled else default_label(path), path), labelled)
        for path in files(parsed.path)
    )


def files(path: str) -> tuple[str, ...]:
    """Give the files behind a path.

    Raises:
        InputError: a pattern that matches nothing, or a directory without a capture.
    """
    if path == STANDARD_INPUT or os.path.isfile(path):  # noqa: PTH113 - as typed
        return (path,)
    if os.path.isdir(path):  # noqa: PTH112 - as typed
        return _captures(path)
    if os.path.lexists(path) or not glob.has_magic(path):
        return (path,)
    matched = sorted(match for match in glob.glob(path) if not Path(match).is_dir())  # noqa: PTH207 - as typed
    if not matched:
        raise InputError(path, "matches no file", "check the name and the directory")
    return _begun(matched)


def _captures(folder: str) -> tuple[str, ...]:
    """Give the captures that lie in a directory; what else lies there is nobody's business."""
    try:
        names = sorted(os.listdir(folder))  # noqa: PTH208 - the path is kept as typed
    except OSError as error:
        raise InputError(folder, f"cannot be read: {error.strerror}", "run as its owner or copy it") from error
    paths = [os.path.join(folder, name) for name in names if not name.startswith(".")]  # noqa: PTH118 - as typed
    regular = [path for path in paths if Path(path).is_file()]
    found = tuple(path for path in regular if _is_capture(path))
    if not found:
        raise InputError(folder, "holds no capture", "name captures, or the directory in which they are")
    return found


def _is_capture(path: str) -> bool:
    try:
        CaptureSource(path, SMALLEST).close()
    except InputError:
        return False
    return True


def _begun(paths: list[str]) -> tuple[str, ...]:
    """Leave out files without an octet: the newest of a rotation, before tcpdump writes to it."""
    begun = tuple(path for path in paths if not Path(path).is_file() or Path(path).stat().st_size)
    return begun or tuple(paths)
