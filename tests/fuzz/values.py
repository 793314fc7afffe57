"""What records hold."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any


def texts(value: Any) -> Iterator[str]:
    """Give every string within a record, a tuple, a list or a mapping."""
    if isinstance(value, str):
        yield value
    elif is_dataclass(value):
        for field in fields(value):
            yield from texts(getattr(value, field.name))
    elif isinstance(value, tuple | list | frozenset):
        for one in value:
            yield from texts(one)
    elif isinstance(value, dict):
        for one in (*value, *value.values()):
            yield from texts(one)
