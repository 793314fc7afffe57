"""A folder that ``wiretruth collect`` made: its manifest, written and read."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import Any, Final

from wiretruth.errors import InputError, WiretruthError
from wiretruth.sources.host_table import Item
from wiretruth.sources.programs import Ran, private

MANIFEST: Final = "manifest.json"
SCHEMA: Final = "wiretruth.collection/1"
CAPTURE: Final = "capture.pcap"
CAPTURE_SAID: Final = "capture.txt"

MAX_MANIFEST: Final = 4 << 20
"""Octets read of a manifest; one of the most interfaces has some hundred thousand."""

NOT_ASKED: Final = "not asked: asking might load a kernel module, and there is no sign of"
"""How the manifest begins to say why a command was left out."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What came of one item."""

    file: str
    """Relative to the folder; empty where nothing was written."""
    source: str
    """The command or the file that was copied."""
    option: str
    """The option of ``wiretruth read`` that takes it; ``capture`` for the capture; or nothing."""
    unless: str
    """The file that makes it superfluous for ``wiretruth read``, relative to the folder."""
    status: int | None
    error: str
    begun: str
    ended: str
    octets: int
    sha256: str

    @property
    def gathered(self) -> bool:
        """The command succeeded, or the file was copied."""
        return self.status == 0


def create(folder: Path) -> None:
    """Make the folder, for the user's eyes only; one that is there must be empty.

    Raises:
        WiretruthError: it is not empty, or cannot be made.
    """
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        if any(folder.iterdir()):
            raise WiretruthError(f"{folder}: is not empty; name a new folder")
        folder.chmod(0o700)
    except FileExistsError:
        raise WiretruthError(f"{folder}: is a file; name a new folder") from None
    except OSError as error:
        raise WiretruthError(f"{folder}: cannot be made: {error.strerror}") from error


def entry(folder: Path, item: Item, part: str, ran: Ran) -> Entry:
    """Describe what came of an item; an empty file of a failed command is taken away.

    Args:
        folder: the whole collection.
        item: what was to be gathered.
        part: the folder in it where the file is: ``before``, ``after``, or nothing.
        ran: how it went.
    """
    name = str(PurePosixPath(part, item.file))
    path = folder / name
    if ran.status != 0 and path.exists() and not path.stat().st_size:
        path.unlink()
    there = path.exists()
    return Entry(
        file=name if there else "",
        source=" ".join(item.words) or item.path,
        option=item.option,
        unless=str(PurePosixPath(part, item.unless)) if item.unless else "",
        status=ran.status,
        error=ran.error,
        begun=utc(ran.begun),
        ended=utc(ran.ended),
        octets=path.stat().st_size if there else 0,
        sha256=_digest(path) if there else "",
    )


def write(folder: Path, facts: Mapping[str, Any], entries: Iterable[Entry]) -> None:
    """Write the manifest."""
    told = {"schema": SCHEMA, **facts, "entries": [asdict(one) for one in entries]}
    with private(folder / MANIFEST) as out:
        out.write(json.dumps(told, indent=2, ensure_ascii=True).encode() + b"\n")


def read(folder: Path) -> tuple[str, list[Entry]]:
    """Read a manifest.

    Returns:
        The host's name, and the entries that have a file inside the folder.

    Raises:
        InputError: it is damaged, or not one of ours.
    """
    path = folder / MANIFEST
    try:
        with path.open("rb") as stream:
            octets = stream.read(MAX_MANIFEST)
    except OSError as error:
        raise InputError(str(path), f"cannot be read: {error.strerror}", "run as the user who collected it") from error
    try:
        host, entries = _parsed(octets)
    except (ValueError, LookupError, TypeError, RecursionError) as error:
        raise InputError(str(path), f"is no manifest of {SCHEMA}", "name the files in the folder instead") from error
    return host, [one for one in entries if _is_inside(one.file)]


def changed(folder: Path, entry: Entry) -> bool:
    """Tell whether a file is not any more what was gathered; one that cannot be read is for who reads it to tell."""
    try:
        return bool(entry.sha256) and _digest(folder / entry.file) != entry.sha256
    except OSError:
        return False


def _parsed(octets: bytes) -> tuple[str, list[Entry]]:
    told = json.loads(octets)
    if told["schema"] != SCHEMA:
        raise ValueError(told["schema"])
    entries = [Entry(**{name: one[name] for name in Entry.__dataclass_fields__}) for one in told["entries"]]
    if not all(isinstance(text, str) for one in entries for text in (one.file, one.option, one.unless)):
        raise TypeError("a name that is no text")
    return str(told["host"]), entries


def _is_inside(name: str) -> bool:
    """Tell whether a manifest, which may come from anybody, names a file of its own folder."""
    path = PurePosixPath(name)
    return bool(name) and not path.is_absolute() and ".." not in path.parts


def _digest(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def utc(nanoseconds: int) -> str:
    """Write a moment, in nanoseconds since the Unix epoch, as RFC 3339 does."""
    seconds, rest = divmod(nanoseconds, 1_000_000_000)
    return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%dT%H:%M:%S}.{rest:09d}Z"
