"""Which files are one input: what the user labels alike, and what tcpdump made in turn."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Final, NamedTuple

from wiretruth.sources.arguments import InputArgument, default_label, distinct
from wiretruth.sources.blocks import SMALLEST
from wiretruth.sources.files import CaptureSource
from wiretruth.sources.joining import BREAK, SLACK, JoinedSource, Part
from wiretruth.sources.naming import Named, named
from wiretruth.sources.rotation import Dated, continues, rotated_name, stamps_hold


class Learnt(NamedTuple):
    """What reading has shown of files that names had not told."""

    overlapping: frozenset[str] = frozenset()
    """Taken for a rotation, and none: each of them holds the time of another."""
    broken: frozenset[str] = frozenset()
    """They end in damage, before the next file begins."""


NOTHING: Final = Learnt()


class File(NamedTuple):
    """A file that may be one of several."""

    path: str
    first: int | None
    link_types: frozenset[int]


def planned(arguments: Iterable[str], learnt: Learnt = NOTHING) -> tuple[InputArgument, ...]:
    """Give the inputs that arguments name, in their order, with labels that differ.

    Files of one label are one input. So are unlabelled files whose names differ only in what tcpdump ``-C``, ``-G``, ``-W``
    or dumpcap ``-b`` put there, which have the same link type, and of which one begins when the other ends.
    Where a file may be missing in between, the input ends, and the next one begins.

    Args:
        arguments: as the user wrote them.
        learnt: by reading them.

    Raises:
        InputError: a file is missing, or is no capture.
    """
    groups: dict[tuple[str, bool], list[InputArgument]] = {}
    for one in (one for argument in arguments for one in named(argument)):
        mine = groups.setdefault(_group(one, len(groups)), [])
        if one.argument.path not in {other.path for other in mine}:
            mine.append(one.argument)
    return distinct(one for (_, labelled), mine in groups.items() for one in _inputs(mine, learnt, labelled=labelled))


def opened(argument: InputArgument) -> CaptureSource | JoinedSource:
    """Open an input.

    Raises:
        InputError: it cannot be opened, or is no capture.
    """
    if argument.parts:
        return JoinedSource(argument.path, argument.parts, in_turn=argument.in_turn)
    return CaptureSource(argument.path)


def _group(one: Named, place: int) -> tuple[str, bool]:
    """Tell with which other files this one may be one input; *place* is nobody else's."""
    label, path = one.argument.label, one.argument.path
    if not Path(path).is_file():
        return f"{place}/", True
    return (label, True) if one.labelled else (rotated_name(path).template, False)


def _inputs(mine: Sequence[InputArgument], learnt: Learnt, *, labelled: bool) -> Iterator[InputArgument]:
    if len(mine) == 1 or (not labelled and not {one.path for one in mine}.isdisjoint(learnt.overlapping)):
        yield from mine
        return
    files = [looked_at(one.path) for one in mine]
    kinds: dict[frozenset[int], list[File]] = {}
    for file in files:
        kinds.setdefault(frozenset() if labelled else file.link_types, []).append(file)
    for alike in kinds.values():
        label = mine[0].label if labelled else _label(alike)
        for chain in _chains(alike, learnt.broken, labelled=labelled):
            parts = tuple(Part(file.path, file.first) for file in chain)
            if len(parts) > 1:
                yield InputArgument(label, _span(parts), parts, in_turn=not labelled)
            else:
                yield InputArgument(label if labelled else default_label(chain[0].path), chain[0].path)


def _chains(files: Sequence[File], broken: Collection[str], *, labelled: bool) -> Iterator[list[File]]:
    """Divide files where one does not continue the other; those without a frame go with the last one."""
    full = sorted((file for file in files if file.first is not None), key=lambda file: file.first or 0)
    empty = [file for file in files if file.first is None]
    dated = [Dated(rotated_name(file.path), file.first or 0) for file in full]
    alike = len({one.name.template for one in dated}) == 1 and stamps_hold(dated)
    if not labelled and not alike:
        yield from ([file] for file in files)
        return
    proven = continues(dated, [rotated_name(file.path) for file in empty]) if alike else [None] * (len(full) - 1)
    chain = full[:1]
    last = 0
    for (before, after), sure in zip(pairwise(full), proven, strict=True):
        if sure is None:
            last = max(last, _last_moment(before.path))
            gap = (after.first or 0) - last
            sure = gap <= BREAK and (labelled or gap >= -SLACK)  # noqa: PLW2901 - known now
        if not sure or before.path in broken:
            yield chain
            chain = []
        chain.append(after)
    yield [*chain, *empty]


def looked_at(path: str) -> File:
    """Read the beginning of a file.

    Raises:
        InputError: it is no capture.
    """
    with CaptureSource(path, SMALLEST) as source:
        batch = next(source.batches(), None)
        kinds = frozenset(interface.link_type for interface in source.interfaces)
        return File(path, batch.times[0] if batch else None, kinds)


def _last_moment(path: str) -> int:
    """Read a file for the time of its latest frame."""
    with CaptureSource(path) as source:
        return max((max(batch.times) for batch in source.batches() if batch), default=0)


def _span(parts: Sequence[Part]) -> str:
    """Call an input by the first and the last of its files that hold anything."""
    last = max((place for place, part in enumerate(parts) if part.first is not None), default=len(parts) - 1)
    return f"{parts[0].path} ... {parts[last].path}" if last else parts[0].path


def _label(files: Sequence[File]) -> str:
    """Name a rotation by what its files' names have in common."""
    name = default_label(rotated_name(files[0].path).template).replace("*", "").strip("-_.:")
    return name or default_label(files[0].path)
