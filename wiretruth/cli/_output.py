"""Where a report is written: standard output, or a file that appears only when it is complete."""

import contextlib
import io
import os
import stat
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from wiretruth.errors import WiretruthError

STDOUT: Final = "-"


def write(pieces: Iterable[str], path: str) -> None:
    """Write the pieces to *path*, ``-`` for standard output.

    Raises:
        WiretruthError: the file cannot be written; what it held before is still there.
        BrokenPipeError: nobody reads standard output any more.
    """
    if path == STDOUT:
        _to_stdout(pieces)
        return
    try:
        if _is_special(path):
            with Path(path).open("w", encoding="utf-8") as stream:
                stream.writelines(pieces)
        else:
            _whole_or_not_at_all(pieces, Path(path).resolve())
    except OSError as error:
        if isinstance(error, BrokenPipeError):
            raise
        raise WiretruthError(f"{path}: cannot be written: {error.strerror}") from error


def _to_stdout(pieces: Iterable[str]) -> None:
    """Files and pipes are UTF-8 whatever the locale says; a terminal knows best, and gets escapes for the rest."""
    if sys.stdout is None:
        raise WiretruthError("standard output is closed; name a file with --output")
    if isinstance(sys.stdout, io.TextIOWrapper):
        encoding = sys.stdout.encoding if sys.stdout.isatty() else "utf-8"
        sys.stdout.reconfigure(encoding=encoding, errors="backslashreplace")
    for piece in pieces:
        sys.stdout.write(piece)
    sys.stdout.flush()


def _is_special(path: str) -> bool:
    """Tell a device or a pipe, which must be written to and never be replaced by a file."""
    with contextlib.suppress(FileNotFoundError):
        return not stat.S_ISREG(os.stat(path).st_mode)  # noqa: PTH116 - follows links as open does
    return False


def _whole_or_not_at_all(pieces: Iterable[str], path: Path) -> None:
    """Write beside the place and rename: a reader never sees half a report."""
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with beside.open("x", encoding="utf-8") as stream:
            stream.writelines(pieces)
            stream.flush()
            os.fsync(stream.fileno())
        beside.replace(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
