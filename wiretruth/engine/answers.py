"""What the resolvers of a capture said, asked by name or by address."""

from bisect import bisect_right
from collections.abc import Iterable

from wiretruth.model.connection import TiedLookup
from wiretruth.model.dns import casefold_name
from wiretruth.model.statements import Resolution
from wiretruth.witnesses import resolution

MAX_SEARCHED = 64
"""Answers looked at for one address, or one question: a busy host is told the same thousands of times."""


class Answers:
    """Every answer of a capture, in time order."""

    def __init__(self, lookups: Iterable[TiedLookup]) -> None:
        """Take the lookups of a report."""
        self._by_address: dict[str, list[Resolution]] = {}
        self._by_question: dict[tuple[str, str], list[Resolution]] = {}
        for told in sorted(map(resolution.state, lookups), key=_at):
            self._by_question.setdefault((told.name, told.type), []).append(told)
            for address in dict.fromkeys((*told.addresses, *told.came_along)):
                self._by_address.setdefault(address, []).append(told)

    def naming(self, address: str, at: int | None = None) -> list[Resolution]:
        """Give the last answers that hold an address, whoever was told, in time order; with *at*, those by some moment."""
        told = self._by_address.get(address, [])
        stop = len(told) if at is None else bisect_right(told, at, key=_at)
        return told[max(stop - MAX_SEARCHED, 0) : stop]

    def naming_for(self, address: str, host: str, at: int) -> Resolution | None:
        """Give the last answer by some moment that gave this address, for this host where there is one."""
        before = self.naming(address, at) or self.naming(address)
        for_host = [told for told in before if host in (told.name, told.canonical)]
        return max(for_host or before, key=_at, default=None)

    def newest(self, name: str, record_type: str, at: int) -> Resolution | None:
        """Give the last answer with records of this type for a name, by some moment."""
        told = self._by_question.get((name, record_type), [])
        stop = bisect_right(told, at, key=_at)
        searched = reversed(told[max(stop - MAX_SEARCHED, 0) : stop])
        return next((one for one in searched if one.answered), None)

    def of(self, lookups: Iterable[TiedLookup], name: str, record_type: str) -> Resolution | None:
        """Give the last of some lookups with this question; one that was answered before one that was not."""
        wanted = (casefold_name(name), record_type)
        told = [resolution.state(tied) for tied in lookups]
        asked = [r for r in told if (r.name, r.type) == wanted]
        return max(asked, key=lambda r: (r.rcode is not None, r.at), default=None)


def _at(told: Resolution) -> int:
    return told.at
