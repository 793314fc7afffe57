"""A case on disk: a folder with slices, the lines that go with them, the findings, and a manifest that names all of it."""

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Final

from wiretruth.errors import InputError, WiretruthError

MANIFEST: Final = "manifest.json"
SCHEMA: Final = "wiretruth.case/1"
FINDINGS: Final = "finding.json"
PAGE: Final = "report.html"
CAPTURE: Final = "capture"

MAX_DOCUMENT: Final = 256 << 20
"""Octets read of a manifest or a list of findings: a frame number of the input takes ten of them."""

_STRANGE = re.compile(r"[^A-Za-z0-9._-]+")


@dataclass(frozen=True, slots=True)
class Source:
    """A file of the input that was read, as its owner has it."""

    path: str
    octets: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Slice:
    """What the case holds of one input."""

    kind: str
    """``capture``, ``log``, ``conntrack``, ``rules`` or ``sockets``."""
    label: str
    file: str
    sha256: str
    sources: tuple[Source, ...]
    packets: int = 0
    """Of the whole input."""
    frames: tuple[int, ...] = ()
    """Number in the input of each packet of the slice."""
    left_out: int = 0
    """Packets that were wanted, and are not handed over because nobody can say what they hold."""
    lines: tuple[int, ...] | None = None
    """Numbers of the lines that are handed over; ``None``: all, or a capture."""


@dataclass(frozen=True, slots=True)
class Claim:
    """One finding of the case."""

    id: str
    code: str
    """As in the list of findings."""
    original: str | None
    """Its id where the whole input is read; ``None`` where masked."""
    rests_on: str
    """How much of the input was needed to derive it again."""
    absence: str | None
    """What it says was not there, which no slice can show."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a case holds, and where it comes from."""

    version: str
    command: str
    masked: bool
    content: bool
    """Messages are handed over as they were."""
    log_timezone: str
    slices: tuple[Slice, ...]
    claims: tuple[Claim, ...]
    files: dict[str, str] = field(default_factory=dict)
    """SHA-256 of the other files."""


def create(folder: Path, *, force: bool) -> None:
    """Make the folder, for the user's eyes only.

    Args:
        folder: new, or empty.
        force: a case that is there gives way.

    Raises:
        WiretruthError: it holds something else, or cannot be made.
    """
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        if any(folder.iterdir()):
            _give_way(folder, force=force)
        folder.chmod(0o700)
    except FileExistsError:
        raise WiretruthError(f"{folder}: is a file; name a new folder") from None
    except OSError as error:
        raise WiretruthError(f"{folder}: cannot be made: {error.strerror}") from error


def write(folder: Path, name: str, octets: bytes) -> str:
    """Write a file of a case, and give its SHA-256.

    Raises:
        WiretruthError: it cannot be written.
    """
    path = folder / name
    try:
        path.write_bytes(octets)
        path.chmod(0o600)
    except OSError as error:
        raise WiretruthError(f"{path}: cannot be written: {error.strerror}") from error
    return hashlib.sha256(octets).hexdigest()


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Write the manifest: the last file, so that a case without one is not whole."""
    told = {"schema": SCHEMA, **asdict(manifest)}
    write(folder, MANIFEST, json.dumps(told, indent=1).encode() + b"\n")


def read(folder: Path) -> Manifest:
    """Read the manifest of a case.

    Raises:
        InputError: there is none, or it is damaged.
    """
    told = document(folder, MANIFEST)
    try:
        return _parsed(told)
    except (ValueError, TypeError, LookupError, AttributeError) as error:
        raise InputError(str(folder / MANIFEST), f"is no manifest of {SCHEMA}", "ask for the case again") from error


def document(folder: Path, name: str) -> Any:
    """Read a JSON document of a case.

    Raises:
        InputError: it cannot be read, or is none.
    """
    path = folder / name
    try:
        with path.open("rb") as stream:
            return json.loads(stream.read(MAX_DOCUMENT))
    except OSError as error:
        remedy = "name the folder that wiretruth evidence made"
        raise InputError(str(path), f"cannot be read: {error.strerror}", remedy) from error
    except (ValueError, RecursionError) as error:
        raise InputError(str(path), "is no JSON document", "ask for the case again") from error


def digest(path: Path) -> str:
    """Give the SHA-256 of a file.

    Raises:
        InputError: it cannot be read.
    """
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        raise InputError(str(path), f"cannot be read: {error.strerror}") from error


def source(path: str, named: str) -> Source:
    """Describe a file of the input; *named*: what to call it."""
    return Source(named, Path(path).stat().st_size, digest(Path(path)))


def file_name(label: str, suffix: str, used: set[str]) -> str:
    """Give a file name that nobody else has, whatever a label holds."""
    stem = _STRANGE.sub("_", label).strip("._")[:80] or "input"
    names = (f"{stem}{suffix}", *(f"{stem}-{number}{suffix}" for number in range(2, len(used) + 3)))
    name = next(name for name in names if name not in used)
    used.add(name)
    return name


def changed(folder: Path, manifest: Manifest) -> Iterator[str]:
    """Name the files of a case that are not what the manifest says."""
    told = {one.file: one.sha256 for one in manifest.slices} | manifest.files
    for name, sha256 in told.items():
        if not (folder / name).is_file():
            yield f"{name} is missing"
        elif digest(folder / name) != sha256:
            yield f"{name} is not the file that the manifest names: its SHA-256 differs"


def _give_way(folder: Path, *, force: bool) -> None:
    """Remove a case; never anything else."""
    if not force:
        raise WiretruthError(f"{folder}: is not empty; name a new folder, or take --force to replace a case")
    manifest = read(folder)
    ours = {MANIFEST, *manifest.files, *(one.file for one in manifest.slices)}
    strangers = sorted(path.name for path in folder.iterdir() if path.name not in ours)
    if strangers:
        raise WiretruthError(f"{folder}: holds more than a case ({strangers[0]}); name a new folder")
    for name in ours:
        (folder / name).unlink(missing_ok=True)


def _parsed(told: dict[str, Any]) -> Manifest:
    if told.pop("schema") != SCHEMA:
        raise ValueError(SCHEMA)
    slices = tuple(_slice(one) for one in told.pop("slices"))
    claims = tuple(Claim(**one) for one in told.pop("claims"))
    manifest = Manifest(**told, slices=slices, claims=claims)
    _check(manifest)
    return manifest


def _slice(told: dict[str, Any]) -> Slice:
    sources = tuple(Source(**one) for one in told.pop("sources"))
    frames, lines = told.pop("frames"), told.pop("lines")
    return Slice(**told, sources=sources, frames=tuple(frames), lines=None if lines is None else tuple(lines))


def _check(manifest: Manifest) -> None:
    """A case may come from anybody: its files must be its own."""
    for name in (*manifest.files, *(one.file for one in manifest.slices)):
        if not name or Path(name).name != name or name.startswith("."):
            raise ValueError(name)
