"""What ties two sightings together, and how likely it is that they have it in common by chance."""

from typing import NamedTuple

from wiretruth.model.sighting import Sighting

GUESSABLE = 1 << 16
"""Sequence numbers below this were not drawn at random (RFC 6528): generated captures begin at 0 or 1."""

NUMBER_BITS = 32
"""Of an initial sequence number (RFC 6528)."""

STAMP_BITS = 16
"""Counted for the first TSval, of its 32: hosts that count milliseconds since they were started repeat each other's."""

IDENTIFICATION_BITS = 8
"""Counted for the IP identification of the SYN, of its 16: some hosts count it up from one connection to the next."""

OCTETS_BITS = 8
"""Counted for the number of octets in both directions: mail has many lengths, but the same mail is sent twice at times."""


class Tie(NamedTuple):
    """Two sightings of one connection."""

    marks: tuple[str, ...]
    """What both have in common, surest first."""
    bits: int
    """Two connections picked by chance have all of it in common once in 2 to the power of this."""

    @property
    def coincidence(self) -> float:
        """Give the probability that two different connections agree in all of this by chance; 1.0 where nothing tells."""
        return float(2.0**-self.bits)


def tie(one: Sighting, other: Sighting) -> Tie:
    """Say what two sightings have in common that translation leaves as it is."""
    marks: list[str] = []
    bits = 0
    for name, number, same in (
        ("client's initial sequence number", one.client_isn, other.client_isn),
        ("server's initial sequence number", one.server_isn, other.server_isn),
    ):
        if number is not None and number == same:
            marks.append(name)
            bits += NUMBER_BITS if number >= GUESSABLE else 0
    if one.client_ts is not None and one.client_ts == other.client_ts:
        marks.append("TSval of the SYN")
        bits += STAMP_BITS
    if one.syns and other.syns and one.syns[0].ip_id and one.syns[0].ip_id == other.syns[0].ip_id:
        marks.append("IP identification of the SYN")
        bits += IDENTIFICATION_BITS
    if one.followed and other.followed and any(octets(one)) and octets(one) == octets(other):
        marks.append("octets in both directions")
        bits += OCTETS_BITS
    return Tie(tuple(marks), bits)


def octets(sighting: Sighting) -> tuple[int, int]:
    """Give how far the stream of either side went: what rewriting sequence numbers leaves as it is."""
    return sighting.from_client.octets, sighting.from_server.octets
