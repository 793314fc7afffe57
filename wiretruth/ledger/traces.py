"""Traced packets by who sent what to whom."""

from wiretruth.model.packet import Endpoint
from wiretruth.model.trace import Traced

MAX_TRACES = 50_000
"""Packets remembered: who traces more than one mail's worth of minutes searches elsewhere."""


class Traces:
    """Traces of one or several hosts."""

    def __init__(self) -> None:
        self.given_up = 0
        """Packets beyond the bound."""
        self._by_ends: dict[tuple[int, Endpoint, Endpoint], list[Traced]] = {}
        self._count = 0

    def __bool__(self) -> bool:
        return bool(self._count)

    def add(self, traced: Traced) -> None:
        """Remember a packet."""
        if self._count >= MAX_TRACES:
            self.given_up += 1
            return
        self._count += 1
        self._by_ends.setdefault((traced.protocol, *traced.first), []).append(traced)

    def of(self, protocol: int, source: Endpoint, destination: Endpoint) -> list[Traced]:
        """Give the packets from *source* to *destination*, as they came in, in the order of their files."""
        return self._by_ends.get((protocol, source, destination), [])
