"""Options that are sizes: ``500K``, ``100M``, ``2G``."""

import re
from typing import Final

import click

_SIZE: Final = re.compile(r"(\d{1,9})([KMG]?)(?:i?B)?", re.IGNORECASE)
_UNITS: Final = {"": 1, "K": 1 << 10, "M": 1 << 20, "G": 1 << 30}


def octets(_context: click.Context, _parameter: click.Parameter, text: str) -> int:
    """Read a size."""
    found = _SIZE.fullmatch(text)
    if not found:
        raise click.BadParameter(f"{text!r} is no size; write 500K, 100M or 2G")
    return int(found[1]) * _UNITS[found[2].upper()]
