"""The lookups that are under way at one vantage, in the order in which they will end."""

from collections import OrderedDict
from collections.abc import Iterator
from itertools import chain, islice

from wiretruth.protocols.dns.exchange import Exchange, Key

MAX_ALIKE = 32
"""Lookups under way with one key. One is usual, a handful may be (each resolver of a list, A beside AAAA); more is a
flood, and every message of it would have to look at all of them."""

_NONE: list[Exchange] = []
_NEVER = 1 << 64

MAX_SEARCHED = 1024
"""Queries searched for one that an ICMP error quotes without its id: such errors follow their query at once."""

_EVER = -(1 << 64)
"""Before any time that a capture can state: some state times before 1970."""


class Pending:
    """Exchanges by their key; packets of two vantages are never mixed."""

    __slots__ = ("_alike", "_answered", "_soonest", "_unanswered", "now", "vantage")

    def __init__(self, vantage: str) -> None:
        self.vantage = vantage
        self.now = _EVER
        """The last moment at which this vantage is known to have been watching."""
        self._soonest = _NEVER
        """No exchange is over before."""
        self._alike: dict[Key, list[Exchange]] = {}
        self._unanswered: OrderedDict[Exchange, None] = OrderedDict()
        self._answered: OrderedDict[Exchange, None] = OrderedDict()

    def alike(self, key: Key) -> list[Exchange]:
        """Give the exchanges with this key, oldest first; the list must not be changed."""
        return self._alike.get(key, _NONE)

    def unanswered(self) -> Iterator[Exchange]:
        """Give the newest unanswered exchanges, newest first."""
        return islice(reversed(self._unanswered), MAX_SEARCHED)

    def add(self, exchange: Exchange) -> Exchange | None:
        """Take a new exchange; name the one that has to make room for it, if any."""
        self.reorder(exchange)
        alike = self._alike.get(exchange.key)
        if alike is None:
            self._alike[exchange.key] = [exchange]
            return None
        alike.append(exchange)
        return alike[0] if len(alike) > MAX_ALIKE else None

    def reorder(self, exchange: Exchange) -> None:
        """Give an exchange its place again: its deadline has changed."""
        self._soonest = min(self._soonest, exchange.deadline)
        self._unanswered.pop(exchange, None)
        (self._unanswered if exchange.response is None else self._answered)[exchange] = None

    def remove(self, exchange: Exchange) -> None:
        """Forget an exchange."""
        alike = self._alike[exchange.key]
        if len(alike) == 1:
            del self._alike[exchange.key]
        else:
            alike.remove(exchange)
        (self._unanswered if exchange.response is None else self._answered).pop(exchange)

    def oldest(self) -> Exchange | None:
        """Give the exchange whose early end costs least: the oldest answered one, else the oldest of all."""
        return next(chain(self._answered, self._unanswered), None)

    def due(self, now: int) -> list[Exchange]:
        """Note the time and give the exchanges that are over, which the caller removes.

        Where times went back in the capture, one may stay hidden behind its predecessor until that one is over.
        """
        self.now = max(self.now, now)
        if self._soonest >= self.now:
            return []
        over = []
        self._soonest = _NEVER
        for exchanges in (self._answered, self._unanswered):
            for exchange in exchanges:
                if exchange.deadline >= self.now:
                    self._soonest = min(self._soonest, exchange.deadline)
                    break
                over.append(exchange)
        return over

    def all(self) -> list[Exchange]:
        """Give every exchange."""
        return [*self._answered, *self._unanswered]
