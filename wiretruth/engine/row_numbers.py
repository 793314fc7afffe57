"""Numbers that stand for addresses and names: rows are put together by them, and what they put together is confirmed."""

import functools
from collections.abc import Iterable
from ipaddress import ip_address

import numpy as np

from wiretruth.columns.dns import MAPPED, Hashes
from wiretruth.columns.dns_names import first_label, octets_of
from wiretruth.model.dns import Lookup

_ROOT, _AROUND = 5, 6
"""Octets of a question for the root; octets of any other question beside its name as text."""
_FACTOR, _OTHER = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F)
_FOLD = np.uint64(31)


def mix(one: Hashes, other: Hashes) -> Hashes:
    """Give numbers that stand for both."""
    first: Hashes = (one ^ one >> _FOLD) * _FACTOR
    second: Hashes = (other ^ other >> _FOLD) * _OTHER
    mixed = first + second
    hashed: Hashes = mixed ^ mixed >> _FOLD
    return hashed


def address_numbers(addresses: Iterable[str]) -> Hashes:
    """Give the numbers that stand for addresses."""
    numbers = [_number(one) for one in addresses]
    high = np.array([n >> 64 for n in numbers], np.uint64)
    return mix(high, np.array([n & 0xFFFFFFFFFFFFFFFF for n in numbers], np.uint64))


@functools.lru_cache(maxsize=4096)
def _number(text: str) -> int:
    parsed = ip_address(text)
    return int(parsed) if parsed.version == 6 else int(parsed) | MAPPED  # noqa: PLR2004  (the version is its own name)


def client_numbers(lookups: Iterable[Lookup]) -> Hashes:
    """Give the numbers of those who asked."""
    return address_numbers(x.client.address for x in lookups)


def label_numbers(names: Iterable[str]) -> Hashes:
    """Give the numbers of the first labels of names; 0 stands for the root."""
    return np.array([0 if name == "." else first_label(name) for name in names], np.uint64)


def question_numbers(lookups: list[Lookup]) -> Hashes:
    """Give numbers that stand for the client, and the beginning and length of the name."""
    names = [x.question.name for x in lookups]
    lengths = [_ROOT if name == "." else len(octets_of(name)) + _AROUND for name in names]
    return mix(mix(client_numbers(lookups), label_numbers(names)), np.array(lengths, np.uint64))


def told_apart(addresses: set[str]) -> bool:
    """Tell whether the numbers that stand for some addresses tell them apart."""
    return len(np.unique(address_numbers(addresses))) == len(addresses)
