"""The damage that a report tells of an input: of its frames, of its dialogues, and of the lookups that the report rests on."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from wiretruth.engine.tally import MAX_FAULTS, VantageTally, place
from wiretruth.engine.yielded import Yielded
from wiretruth.model.connection import TiedLookup
from wiretruth.model.frames import Fault


def of_lookups(source: Yielded, lookups: Iterable[TiedLookup]) -> Iterator[Fault]:
    """Give the damage of DNS messages seen in an input; where a snap length cut frames, damage and cut are one."""
    labels = {v.label for v in source.vantages if not source.counts.get(v.label, VantageTally()).cut_frames}
    for lookup in (x for tied in lookups for x in tied.sightings if x.faults and x.vantage in labels):
        seen = lookup.response or next(iter(lookup.queries), None)
        for fault in lookup.faults:
            yield replace(fault, frame=seen.frame if seen else None)


def first(faults: Iterable[Fault]) -> list[Fault]:
    """Give what the report keeps: the first by their frames."""
    return sorted(faults, key=place)[:MAX_FAULTS]
