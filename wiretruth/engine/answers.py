"""What the resolvers of a capture said, asked by name or by address."""

from collections.abc import Iterable

from wiretruth.model.connection import TiedLookup
from wiretruth.model.dns import casefold_name
from wiretruth.model.statements import Resolution
from wiretruth.witnesses import resolution


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

    def naming(self, address: str) -> list[Resolution]:
        """Give the answers that hold an address, whoever was told, in time order."""
        return self._by_address.get(address, [])

    def naming_for(self, address: str, host: str, at: int) -> Resolution | None:
        """Give the last answer by some moment that gave this address, for this host where there is one."""
        all_told = self.naming(address)
        before = [told for told in all_told if told.at <= at] or all_told
        for_host = [told for told in before if host in (told.name, told.canonical)]
        return max(for_host or before, key=_at, default=None)

    def newest(self, name: str, record_type: str, at: int) -> Resolution | None:
        """Give the last answer with records of this type for a name, by some moment."""
        told = [r for r in self._by_question.get((name, record_type), ()) if r.at <= at and r.answered]
        return told[-1] if told else None

    def of(self, lookups: Iterable[TiedLookup], name: str, record_type: str) -> Resolution | None:
        """Give the last of some lookups with this question; one that was answered before one that was not."""
        wanted = (casefold_name(name), record_type)
        told = [resolution.state(tied) for tied in lookups]
        asked = [r for r in told if (r.name, r.type) == wanted]
        return max(asked, key=lambda r: (r.rcode is not None, r.at), default=None)


def _at(told: Resolution) -> int:
    return told.at
