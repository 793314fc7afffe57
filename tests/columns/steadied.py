"""Connections of a few frames, followed in columns."""

import numpy as np

from tests.columns.lanes import FIRST, RAW, batch_of
from tests.engine.unruly import Segment
from wiretruth.columns.grouping import Grouped, grouped
from wiretruth.columns.headers import headers
from wiretruth.columns.steady import UNDER_WAY, State, Steady, empty, steady
from wiretruth.columns.view import Truths

NOTHING: State = np.zeros(0, UNDER_WAY)


def brought_together(segments: list[Segment]) -> Grouped:
    """Give the segments of one IP version, by connection."""
    cut = [segment.octets()[: segment.keep] for segment in segments]
    batch = batch_of(cut, [RAW], [len(segment.octets()) for segment in segments])
    found = headers(batch)
    (part,) = grouped(found, np.flatnonzero(found.segments.sound), None)
    return part


def begin(part: Grouped) -> State:
    """Give connections that begin with the first segment of each."""
    state = empty(len(part.starts))
    state["client_high"] = part.by_high[part.starts]
    return state


def followed(segments: list[Segment]) -> Steady:
    """Follow connections from their first segments on."""
    part = brought_together(segments)
    return steady(part, begin(part), NOTHING, FIRST)


def are_steady(segments: list[Segment]) -> Truths:
    """Tell which go on as they should."""
    return followed(segments).ok
