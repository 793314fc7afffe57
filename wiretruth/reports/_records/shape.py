"""How values look in a record: times, and text that every JSON reader accepts."""

import json
import re
from typing import Any, Final

from wiretruth.model.frames import NANOSECONDS
from wiretruth.reports._words import harmless, second

Record = dict[str, Any]
"""One JSON object."""

_SURROGATE: Final = re.compile("[\ud800-\udfff]")


def when(at: int) -> str:
    """Write a moment as RFC 3339, UTC, with nanoseconds.

    Args:
        at: nanoseconds since the Unix epoch; beyond the years 1 to 9999, which RFC 3339 cannot write, the nearest
            second that it can.
    """
    return f"{second(at).isoformat(timespec='seconds')}.{at % NANOSECONDS:09d}Z"


def optional(at: int | None) -> str | None:
    """Write a moment that may be unknown."""
    return None if at is None else when(at)


def encoded(value: object) -> str:
    """Write a value as JSON on one line; a lone surrogate, which UTF-8 cannot carry, as the octet it stands for."""
    text = json.dumps(value, ensure_ascii=False)
    return _SURROGATE.sub(lambda found: harmless(found[0]).replace("\\", "\\\\"), text)
