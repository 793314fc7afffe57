"""What is installed on this machine, and in which version."""

import os
import re
import shutil
import subprocess
from importlib import metadata
from typing import Final

_SEARCHED: Final = os.pathsep.join([os.environ.get("PATH", os.defpath), "/usr/sbin", "/sbin"])
"""Also where administrators' programs are."""
_NUMBER: Final = re.compile(r"\d+\.\d[\w.]*(?<!\.)")


def module(name: str) -> str | None:
    """Give the version of a Python distribution; None where it is not installed."""
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None


def program(name: str) -> str | None:
    """Give the version of a program, or empty text where it does not tell; None where it is not installed."""
    path = shutil.which(name, path=_SEARCHED)
    if path is None:
        return None
    said = subprocess.run([path, "--version"], capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL)
    number = _NUMBER.search(said.stdout + said.stderr)
    return number.group() if number else ""
