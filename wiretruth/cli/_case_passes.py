"""Further passes over captures that were read: what their frames are, and those that a case takes."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

from wiretruth.errors import WiretruthError
from wiretruth.evidence.choosing import Choice, Frame
from wiretruth.evidence.conversations import Key, key_of
from wiretruth.evidence.taken import Taken, chosen, numbered
from wiretruth.model.frames import Interface
from wiretruth.model.packet import Packet
from wiretruth.model.report import InputSummary
from wiretruth.sources.arguments import InputArgument
from wiretruth.sources.joining import GapError, OverlapError
from wiretruth.sources.planning import Learnt, opened, planned

MOST: Final = 256 << 20
"""Octets of all slices of a case: more is no slice any more, and is held in memory twice."""


class TooMuchError(WiretruthError):
    """A case would be bigger than a case is meant to be."""


class Cut(NamedTuple):
    """What was taken of one input."""

    argument: InputArgument
    frames: list[Taken]
    interfaces: tuple[Interface, ...]


def looked_at(captures: Iterable[str], frames: Iterable[Frame]) -> tuple[tuple[InputArgument, ...], dict[Frame, Key]]:
    """Give the inputs, and the exchange that each of these frames belongs to.

    Raises:
        InputError: a capture cannot be read any more.
    """
    numbers: dict[str, set[int]] = defaultdict(set)
    for label, number in frames:
        numbers[label].add(number)
    learnt, named = Learnt(), tuple(captures)
    while True:
        arguments = planned(named, learnt)
        try:
            return arguments, {frame: key for one in arguments for frame, key in _keys(one, numbers[one.label])}
        except OverlapError as overlap:
            learnt = learnt._replace(overlapping=learnt.overlapping | {str(overlap)})
        except GapError as gap:
            learnt = learnt._replace(broken=learnt.broken | {str(gap)})


def taken(arguments: Iterable[InputArgument], choice: Choice, inputs: Mapping[str, InputSummary]) -> list[Cut]:
    """Take frames out of the inputs.

    Args:
        arguments: the inputs.
        choice: what to take.
        inputs: as they were read, by label: what a file has grown by since is passed over.

    Raises:
        TooMuchError: it is too much.
        InputError: a capture cannot be read any more.
    """
    cuts: list[Cut] = []
    left = MOST
    for argument in arguments:
        frames: list[Taken] = []
        interfaces: tuple[Interface, ...] = ()
        last = inputs[argument.label].packets
        numbers = frozenset({number for label, number in choice.frames if label == argument.label} | {1, last})
        with opened(argument) as source:
            for batch in source.batches():
                part = batch.part(0, min(len(batch), max(last + 1 - batch.first_number, 0)))
                found = list(chosen(part, choice, numbers))
                left -= sum(len(frame.octets) for frame in found)
                if left < 0:
                    raise TooMuchError(f"a case of more than {MOST >> 20} MiB is no slice any more")
                frames += found
                interfaces = batch.interfaces
        cuts.append(Cut(argument, frames, interfaces))
    return cuts


def _keys(argument: InputArgument, numbers: set[int]) -> Iterable[tuple[Frame, Key]]:
    with opened(argument) as source:
        for batch in source.batches():
            for one in numbered(batch, numbers):
                packet = one.packet()
                key = key_of(packet) if isinstance(packet, Packet) else None
                if key is not None:
                    yield (argument.label, one.number), key
