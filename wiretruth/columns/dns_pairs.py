"""Queries and their responses, found by sorting: which of them stand alone or in plain pairs, and which do not."""

from typing import NamedTuple

import numpy as np

from wiretruth.columns.dns import Hashes, Messages, same_questions
from wiretruth.columns.view import Numbers, Rows, Truths, View

_INDEX_BITS = 22
MOST = 1 << _INDEX_BITS
"""Messages that can be sorted at once."""


_TABLE = 1 << 20
_IN_TABLE = np.uint64(_TABLE - 1)


class Pairs(NamedTuple):
    """Places in the messages that were sorted."""

    lonely: Rows
    """Messages whose key no other has."""
    first: Rows
    second: Rows
    """Two that share their key with no third, in the order of their frames."""
    crowded: Rows
    """All others."""


def pairs(keys: Hashes) -> Pairs:
    """Group by key; keys that only look the same may meet in a group, so two that do have to be compared."""
    count = len(keys)
    sorted_keys = np.sort(keys >> np.uint64(_INDEX_BITS) << np.uint64(_INDEX_BITS) | np.arange(count, dtype=np.uint64))
    order = (sorted_keys & np.uint64(MOST - 1)).astype(np.intp)
    groups = sorted_keys >> np.uint64(_INDEX_BITS)
    begins = np.flatnonzero(np.concatenate(([True], groups[1:] != groups[:-1]))) if count else np.zeros(0, np.intp)
    sizes = np.diff(begins, append=count)
    alone, two = begins[sizes == 1], begins[sizes == 2]  # noqa: PLR2004  (a query and its response)
    many = np.repeat(sizes > 2, sizes)  # noqa: PLR2004
    return Pairs(order[alone], order[two], order[two + 1], order[many])


def answered(view: View, queries: Messages, responses: Messages, longest: int) -> Truths:
    """Tell of each two messages whether the second plainly answers the first.

    Args:
        view: the buffer.
        queries: first of each two.
        responses: second of each two.
        longest: nanoseconds within which an answer is certainly awaited.
    """
    waited: Numbers = responses.times - queries.times
    plain: Truths = ~queries.is_response & responses.is_response & (waited >= 0) & (waited <= longest)
    plain &= (queries.ends == responses.ends).all(axis=1)
    rows = np.flatnonzero(plain)
    plain[rows] = same_questions(view, queries.at(rows), responses.at(rows))
    return plain


def perhaps_among(keys: Hashes, wanted: Hashes) -> Rows:
    """Give the places of all keys that are wanted, and of one in a hundred that are not: it takes a tenth of the time."""
    table = np.zeros(_TABLE, np.bool_)
    table[(wanted & _IN_TABLE).astype(np.intp)] = True
    return np.flatnonzero(table[(keys & _IN_TABLE).astype(np.intp)])


def among(keys: Hashes, wanted: Hashes) -> Truths:
    """Tell which keys are wanted; nearly none is."""
    found = np.zeros(len(keys), np.bool_)
    if not len(wanted) or not len(keys):
        return found
    rows = perhaps_among(keys, wanted)
    found[rows] = np.isin(keys[rows], wanted)
    return found
