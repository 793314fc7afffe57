"""Statements in time order: parts of a history without a copy, and groups made once for all who ask."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from typing import Generic, Protocol, TypeVar, overload


class _Timed(Protocol):
    @property
    def at(self) -> int: ...


_T = TypeVar("_T")
_S = TypeVar("_S", bound=_Timed)
_K = TypeVar("_K", bound=Hashable)

BEGINNING, END_OF_TIME = -(1 << 64), 1 << 64
"""Earlier and later than any packet, in nanoseconds since the Unix epoch."""


class Stretch(Sequence[_T]):
    """Part of a list, looked at in place: asking for it costs nothing, however long it is."""

    __slots__ = ("_items", "_range")

    def __init__(self, items: Sequence[_T], start: int, stop: int) -> None:
        self._items = items
        self._range = range(start, stop)

    def __len__(self) -> int:
        return len(self._range)

    def __iter__(self) -> Iterator[_T]:
        items = self._items
        return (items[i] for i in self._range)

    def __reversed__(self) -> Iterator[_T]:
        items = self._items
        return (items[i] for i in reversed(self._range))

    @overload
    def __getitem__(self, index: int) -> _T: ...
    @overload
    def __getitem__(self, index: slice) -> "list[_T]": ...
    def __getitem__(self, index: int | slice) -> "_T | list[_T]":
        if isinstance(index, slice):
            return [self._items[i] for i in self._range[index]]
        return self._items[self._range[index]]


def within(history: Sequence[_S], start: int = BEGINNING, end: int = END_OF_TIME) -> Stretch[_S]:
    """Give the part of a history in time order from *start* to *end*, both included."""
    return Stretch(history, bisect_left(history, start, key=time_of), bisect_right(history, end, key=time_of))


def newest(history: Sequence[_S], end: int) -> _S | None:
    """Give the last of a history in time order that is not later than *end*."""
    if not history:
        return None
    if history[-1].at <= end:
        return history[-1]
    place = bisect_right(history, end, key=time_of)
    return history[place - 1] if place else None


def time_of(timed: _Timed) -> int:
    """Give a statement's time: nanoseconds since the Unix epoch."""
    return timed.at


class Histories(Generic[_K, _T]):
    """Statements by what they are asked for, each history in the order in which it was added to.

    Most histories of a busy host are of one statement: that one is kept as it is, without a list around it.
    """

    __slots__ = ("_by_key",)

    def __init__(self) -> None:
        self._by_key: dict[_K, _T | _Several[_T]] = {}

    def __bool__(self) -> bool:
        return bool(self._by_key)

    def __contains__(self, key: _K) -> bool:
        return key in self._by_key

    def add(self, key: _K, statement: _T) -> None:
        """Remember a statement, the last of its history so far."""
        known = self._by_key.get(key)
        if known is None:
            self._by_key[key] = statement
        elif isinstance(known, _Several):
            known.append(statement)
        else:
            self._by_key[key] = _Several((known, statement))

    def get(self, key: _K) -> Sequence[_T]:
        """Give a history; empty where there is none."""
        known = self._by_key.get(key)
        if known is None:
            return ()
        return known if isinstance(known, _Several) else (known,)


class _Several(list[_T]):
    """A history of more than one statement; statements may be of any other type."""

    __slots__ = ()


class Groups(Generic[_T]):
    """Statements that somebody holds to be alike; each way of grouping is gone through once."""

    def __init__(self, statements: Iterable[_T]) -> None:
        """Begin without a group.

        Args:
            statements: gone through for each new way of grouping, in their order.
        """
        self._statements = statements
        self._made: dict[Callable[[_T], Hashable], dict[Hashable, list[_T]]] = {}

    def under(self, key: Callable[[_T], Hashable], value: Hashable) -> Sequence[_T]:
        """Give the statements to which *key* gives *value*.

        Args:
            key: a function that lives as long as the ledger: groups are kept by it. ``None`` puts a statement nowhere.
            value: of the group asked for.
        """
        groups = self._made.get(key)
        if groups is None:
            groups = self._made[key] = self._group(key)
        return groups.get(value, ())

    def forget(self) -> None:
        """Make every group anew when next asked for: there are more statements now."""
        self._made.clear()

    def _group(self, key: Callable[[_T], Hashable]) -> dict[Hashable, list[_T]]:
        groups: dict[Hashable, list[_T]] = defaultdict(list)
        for statement in self._statements:
            value = key(statement)
            if value is not None:
                groups[value].append(statement)
        return dict(groups)
