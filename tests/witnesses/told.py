"""Lines of a file, told to a reader."""

from collections.abc import Iterable
from typing import Any, NamedTuple, Protocol


class Reads(Protocol):
    """What every reader offers."""

    def receive(self, line: str, number: int) -> tuple[Any, ...] | None: ...
    def finish(self) -> tuple[Any, ...]: ...


class Told(NamedTuple):
    """What came of a file."""

    claims: list[Any]
    unknown: list[int]
    """Numbers of lines that were not recognised."""


def tell(reader: Reads, lines: str | Iterable[str]) -> Told:
    """Tell a reader all lines, and end the file."""
    claims: list[Any] = []
    unknown = []
    for number, line in enumerate(lines.splitlines() if isinstance(lines, str) else lines, 1):
        said = reader.receive(line, number)
        if said is None:
            unknown.append(number)
        else:
            claims += said
    return Told([*claims, *reader.finish()], unknown)
