"""A folder that ``wiretruth collect`` made, named where a capture is: its capture, and what else ``wiretruth read`` takes."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

import click

from wiretruth.errors import InputError
from wiretruth.sources import collection
from wiretruth.sources.arguments import InputArgument, parse_argument
from wiretruth.sources.collection import Entry
from wiretruth.sources.host_table import BEFORE

Witnesses = Mapping[str, Sequence[str]]
"""Files by option: ``conntrack``, ``rules``, ``sockets``."""

CAPTURE = "capture"
RULES = "rules"


def _warn(words: str) -> None:
    click.echo(f"wiretruth: {words}", err=True)


def expanded(
    inputs: Iterable[str], witnesses: Witnesses, warn: Callable[[str], None] = _warn
) -> tuple[tuple[str, ...], dict[str, tuple[str, ...]]]:
    """Put what a collected folder holds in the place of its name.

    Args:
        inputs: captures as the user named them; what is no such folder stays as it is.
        witnesses: files that the user named.
        warn: is told, in one line, what of a folder is not as it was gathered.

    Returns:
        The captures, and the files by option.

    Raises:
        InputError: a manifest is damaged, or there is no capture at all.
    """
    captures: list[str] = []
    files = {kind: list(paths) for kind, paths in witnesses.items()}
    folder = ""
    for given in inputs:
        argument = parse_argument(given)
        if not _is_collected(Path(argument.path)):
            captures.append(given)
            continue
        folder = argument.path
        host, entries = collection.read(Path(folder))
        useful = list(_useful(Path(folder), entries))
        if others := [entry.file for entry in useful if collection.changed(Path(folder), entry)]:
            warn(f"{folder}: not as it was gathered (another sha256 than the manifest's): {', '.join(others)}")
        for entry in useful:
            path = str(Path(folder) / entry.file)
            if entry.option == CAPTURE:
                captures.append(f"{_label(given, argument, _another(host, captures))}={path}")
            elif entry.option in files:
                files[entry.option].append(path)
    if folder and not captures:
        raise InputError(folder, "holds no capture", "name one of the same time beside it")
    return tuple(captures), {kind: tuple(paths) for kind, paths in files.items()}


def _is_collected(path: Path) -> bool:
    """Tell whether there is a manifest; who opens the path says what is wrong with it."""
    try:
        return (path / collection.MANIFEST).is_file()
    except OSError:
        return False


def _another(host: str, captures: Sequence[str]) -> str:
    """Tell a host's second collection from its first: captures that are labelled alike would be one."""
    names = (host, *(f"{host}-{number}" for number in range(2, len(captures) + 2)))
    return next(name for name in names if not any(given.startswith(f"{name}=") for given in captures))


def _label(given: str, argument: InputArgument, host: str) -> str:
    """Give the user's label, or the host's name."""
    named = given != argument.path
    return argument.label if named or not host or "/" in host or "=" in host else host


def _useful(folder: Path, entries: Sequence[Entry]) -> Iterable[Entry]:
    """Give entries to read: rules as they were at the end, connections and sockets of both times."""
    gathered = {entry.file for entry in entries if entry.gathered}
    for entry in entries:
        early = entry.option == RULES and entry.file.startswith(f"{BEFORE}/")
        if not entry.option or early or entry.unless in gathered:
            continue
        if entry.option == CAPTURE or (entry.gathered and _says_something(folder / entry.file)):
            yield entry


def _says_something(path: Path) -> bool:
    """Tell whether there is more than comments: empty tables are no evidence, and no fault of the folder."""
    try:
        with path.open("rb") as stream:
            return any(line.strip() and not line.startswith(b"#") for line in stream)
    except OSError as error:
        raise InputError(str(path), f"cannot be read: {error.strerror}") from error
