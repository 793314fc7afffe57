"""What was said of a message on earlier lines: logs put sender and recipients on different ones."""

from collections import OrderedDict
from typing import Generic, TypeVar

MAX_PENDING = 20_000
"""Messages remembered at a time: more than a busy site has in its active queue (Postfix allows itself 20,000)."""

_T = TypeVar("_T")


class Memory(Generic[_T]):
    """Facts by queue id, process or session; the ones not heard of for longest are given up."""

    def __init__(self, bound: int = MAX_PENDING) -> None:
        self.given_up = 0
        self._bound = bound
        self._facts: OrderedDict[str, _T] = OrderedDict()

    def __len__(self) -> int:
        return len(self._facts)

    def put(self, key: str, fact: _T) -> None:
        """Remember *fact* under *key*, in place of what was there."""
        self._facts[key] = fact
        self._facts.move_to_end(key)
        if len(self._facts) > self._bound:
            self._facts.popitem(last=False)
            self.given_up += 1

    def get(self, key: str) -> _T | None:
        """Give what is known of *key*."""
        return self._facts.get(key)

    def drop(self, key: str) -> _T | None:
        """Forget *key*: its last line came."""
        return self._facts.pop(key, None)
