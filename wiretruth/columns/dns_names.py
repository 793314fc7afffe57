"""First labels of names in columns: enough to see which lookups may be about the same host."""

import re

import numpy as np

from wiretruth.columns.dns import HEADER, Hashes
from wiretruth.columns.view import Numbers, Truths, View

FIRST = 8
"""Octets of a first label that are looked at, its length among them."""

MX = 15
_RECORD = np.dtype([("type", ">u2"), ("class", ">u2"), ("ttl", ">u4"), ("length", ">u2")])
_POINTER, _LABEL = 0xC0, 0x3F
_HOPS = 32
_PREFERENCE = 2
_ESCAPE = re.compile(rb"\\(\d{3})")
_BIT = np.uint8(0x20)


def first_labels(view: View, at: Numbers) -> Hashes:
    """Give the beginning of the name at each place, in lower case, as one number; 0 stands for the root."""
    count = view.numbers(at, "u1")
    octets = view.headers(at, np.dtype([("octets", f"V{FIRST}")])).view(np.uint8).reshape(-1, FIRST).copy()
    octets[(octets >= ord("A")) & (octets <= ord("Z"))] |= _BIT
    octets[:, 0] = count
    octets[np.arange(FIRST) > np.minimum(count, FIRST - 1)[:, None]] = 0
    labels: Hashes = octets.view(np.uint64).reshape(-1)
    return labels


def first_label(name: str) -> int:
    """Give the same of a name in presentation form."""
    label = octets_of(name.partition(".")[0]).lower()
    return int.from_bytes((bytes((len(label),)) + label)[:FIRST].ljust(FIRST, b"\0"), "little")


def octets_of(text: str) -> bytes:
    """Give the octets that text in presentation form stands for."""
    return _ESCAPE.sub(lambda escape: bytes((int(escape[1]),)), text.encode("ascii"))


def exchanges(view: View, begin: Numbers, end: Numbers, question_end: Numbers) -> tuple[Numbers, Hashes]:
    """Find the MX records among the answers of messages.

    Args:
        view: the octets that hold the messages.
        begin: where each message begins.
        end: where it ends.
        question_end: where its question ends.

    Returns: for each record the place of its message, and the first label of the exchange.
    """
    going = np.arange(len(begin))
    at = question_end.copy()
    left = view.headers(begin, HEADER)["answers"].astype(np.int64)
    places, labels = [], []
    while True:
        going = going[(left[going] > 0) & (at[going] < end[going])]
        if not going.size:
            break
        left[going] -= 1
        behind = _behind_name(view, at[going], end[going])
        record = view.headers(behind, _RECORD)
        data = behind + _RECORD.itemsize
        whole = (behind > 0) & (data <= end[going])
        found = np.flatnonzero(whole & (record["type"] == MX) & (record["length"] > _PREFERENCE))
        if found.size:
            target = _resolved(view, data[found] + _PREFERENCE, begin[going[found]])
            labels.append(first_labels(view, target))
            places.append(going[found])
        at[going] = data + record["length"]
        going = going[whole]
    nothing = np.zeros(0, np.int64)
    return np.concatenate([nothing, *places]), np.concatenate([np.zeros(0, np.uint64), *labels])


def _behind_name(view: View, at: Numbers, end: Numbers) -> Numbers:
    """Give the place behind the name at each place; 0 where it does not end."""
    found = np.zeros_like(at)
    going = np.arange(len(at))
    at = at.copy()
    while going.size:
        count = view.numbers(at[going], "u1")
        pointer, root = count >= _POINTER, count == 0
        stops: Truths = pointer | root
        found[going[stops]] = at[going[stops]] + 1 + pointer[stops]
        at[going] += 1 + count
        going = going[~stops & (at[going] < end[going])]
    return found


def _resolved(view: View, at: Numbers, begin: Numbers) -> Numbers:
    """Follow compression pointers at the beginning of names."""
    at = at.copy()
    for _ in range(_HOPS):
        count = view.numbers(at, "u1")
        jumps = np.flatnonzero(count >= _POINTER)
        if not jumps.size:
            break
        at[jumps] = begin[jumps] + (view.numbers(at[jumps], ">u2") & 0x3FFF)
    return at
