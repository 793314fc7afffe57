"""Files of other witnesses than the wire: --conntrack, --rules, --sockets."""

from collections.abc import Mapping, Sequence

from wiretruth.engine.witness_reading import ReadWitness, WitnessReading, format_names
from wiretruth.errors import InputError, WrongKindError
from wiretruth.sources.blocks import STANDARD_INPUT
from wiretruth.sources.lines import LineSource

MAX_LINE = 16 << 20
"""Octets kept of one line: ``nft -j`` writes all its rules into one."""


def read_all(files: Mapping[str, Sequence[str]], captures: Sequence[str]) -> tuple[ReadWitness, ...]:
    """Read every file.

    Args:
        files: by kind: ``conntrack``, ``rules``, ``sockets``; ``-`` for standard input.
        captures: as the user named them: standard input can be read once only.

    Raises:
        InputError: one of them cannot be read, or holds no line of a known format.
    """
    named = [path for paths in files.values() for path in paths]
    if named.count(STANDARD_INPUT) + (STANDARD_INPUT in captures and STANDARD_INPUT in named) > 1:
        raise InputError(STANDARD_INPUT, "standard input is named twice", "give all but one of the inputs as files")
    return tuple(_read(kind, path) for kind, paths in files.items() for path in paths)


def _read(kind: str, path: str) -> ReadWitness:
    reading = WitnessReading(kind, path)
    with LineSource(path, longest=MAX_LINE) as source:
        for lines in source.batches():
            reading.receive(lines)
    read = reading.finish()
    if not read.formats:
        raise WrongKindError(
            path, f"no line of it is understood as --{kind}", f"known are {'; '.join(format_names(kind))}"
        )
    return read
