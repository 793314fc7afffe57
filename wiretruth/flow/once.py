"""Values that many records share: each is kept once, however many connections show it."""

import functools
from typing import TypeVar, cast

_T = TypeVar("_T", int, tuple[int, ...], int | None)

_REMEMBERED = 4096


def once(value: _T) -> _T:
    """Give the value, or one equal to it that was given before."""
    return cast("_T", _known(value))


@functools.lru_cache(maxsize=_REMEMBERED)
def _known(value: object) -> object:
    return value
