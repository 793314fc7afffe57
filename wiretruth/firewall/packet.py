"""The packet at hand, as far as it is known, in the fields that rules look at."""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

from wiretruth.model.packet import TCP, UDP, Endpoint, TcpFlag
from wiretruth.model.ruleset import IPV6_ABOVE, Field, address_number

Known = tuple[int | str, ...]
"""The values that a field has, one of which must fit; none where the packet has no such field."""

UNTRACKED: Final = ("untracked", "invalid")
"""States of a packet of which connection tracking knows nothing else."""

NO_INTERFACE: Final = ""
"""Packets have no incoming interface where they are made, and no outgoing one before routing."""


@dataclass(frozen=True)
class Passing:
    """A packet on its way through one host. What is ``None`` is not known."""

    protocol: int
    source: Endpoint
    """Its port is 0 where it is not known (RFC 6335 §6 reserves it)."""
    destination: Endpoint
    state: str | None = "new"
    """``new`` for the first packet of a connection, ``established`` for an answer, ``untracked``; ``invalid`` before
    connection tracking has seen it."""
    flags: int | None = int(TcpFlag.SYN)
    in_interface: str | None = None
    out_interface: str | None = None
    original: tuple[Endpoint, Endpoint] | None = None
    """Source and destination of the connection's first packet before translation; ``None``: those of this packet."""
    statuses: tuple[str, ...] = ()
    """``dnat``, ``snat``, as far as this host translated."""
    doubtful: bool = False
    """It may have been translated on this host: its addresses and ports are no longer known."""

    def seen(self, field: Field) -> Known | None:
        """Give the values of a field; ``None`` where they are not known."""
        return self._fields[field]

    def led_to(self, destination: Endpoint) -> "Passing":
        """Give the packet behind a translation of its destination."""
        return replace(self, destination=destination, original=self._first, statuses=(*self.statuses, "dnat"))

    def leaving_from(self, source: Endpoint) -> "Passing":
        """Give the packet behind a translation of its source."""
        return replace(self, source=source, original=self._first, statuses=(*self.statuses, "snat"))

    def _original(self) -> dict[Field, Known | None]:
        if self.state in UNTRACKED:
            return dict.fromkeys(_ORIGINAL, ())
        return _original_ends(self._first) if self.state == "new" else dict.fromkeys(_ORIGINAL)

    @property
    def _first(self) -> tuple[Endpoint, Endpoint]:
        return self.original or (self.source, self.destination)

    @cached_property
    def _fields(self) -> dict[Field, Known | None]:
        now = () if self.doubtful else (self.source, self.destination)
        return {
            Field.FAMILY: (6 if address_number(self.source.address) >= IPV6_ABOVE else 4,),
            Field.PROTOCOL: (self.protocol,),
            Field.TCP_FLAGS: _optional(self.flags) if self.protocol == TCP else (),
            Field.IN_INTERFACE: _optional(self.in_interface),
            Field.OUT_INTERFACE: _optional(self.out_interface),
            **_tracking(self.state, self.statuses),
            **_ends(now, self.protocol),
            **self._original(),
        }


_ORIGINAL: Final = (
    Field.ORIGINAL_SOURCE,
    Field.ORIGINAL_DESTINATION,
    Field.ORIGINAL_SOURCE_PORT,
    Field.ORIGINAL_DESTINATION_PORT,
)


def _optional(value: int | str | None) -> Known | None:
    return None if value is None else (value,)


def _tracking(state: str | None, statuses: tuple[str, ...]) -> dict[Field, Known | None]:
    if state is None:
        return dict.fromkeys((Field.STATE, Field.STATUS, Field.DIRECTION))
    if state in UNTRACKED:
        return {Field.STATE: (state,), Field.STATUS: (), Field.DIRECTION: ()}
    way = "original" if state == "new" else "reply"
    return {Field.STATE: (state, *statuses), Field.STATUS: statuses or ("none",), Field.DIRECTION: (way,)}


def _ends(ends: tuple[Endpoint, ...], protocol: int) -> dict[Field, Known | None]:
    if not ends:
        return dict.fromkeys(
            (Field.SOURCE, Field.DESTINATION, Field.SOURCE_PORT, Field.DESTINATION_PORT, Field.EITHER_PORT)
        )
    source, destination = ends
    ported = protocol in (TCP, UDP)
    return {
        Field.SOURCE: (address_number(source.address),),
        Field.DESTINATION: (address_number(destination.address),),
        Field.SOURCE_PORT: _optional(source.port or None) if ported else (),
        Field.DESTINATION_PORT: (destination.port,) if ported else (),
        Field.EITHER_PORT: _either(source.port, destination.port) if ported else (),
    }


def _original_ends(ends: tuple[Endpoint, Endpoint]) -> dict[Field, Known | None]:
    source, destination = ends
    values = (
        address_number(source.address),
        address_number(destination.address),
        source.port or None,
        destination.port,
    )
    return {field: _optional(value) for field, value in zip(_ORIGINAL, values, strict=True)}


def _either(source: int, destination: int) -> Known | None:
    return (source, destination) if source else None
