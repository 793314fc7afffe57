"""Whose reset is it? The rules on resets weigh the same marks."""

from dataclasses import dataclass
from itertools import pairwise

from wiretruth.ledger.book import Ledger
from wiretruth.model.connection import Connection
from wiretruth.model.sighting import Reset, Sighting
from wiretruth.rules._crossing import watching


@dataclass(frozen=True, slots=True)
class Injected:
    """A reset that was seen behind a vantage which everything its sender sends has to pass, and not there."""

    reset: Reset
    seen: Sighting
    missed: Sighting
    """Nearer to the side in whose name it was sent; it saw the connection, and no reset of that side."""


def injected_between(connection: Connection, ledger: Ledger) -> Injected | None:
    """Give the first reset that the side for which it speaks never sent past the vantage before it.

    ``None`` also where that vantage may have missed it: by its measured loss, or because it was not watching any more.
    """
    for near, far in pairwise(connection.sightings):
        for from_client, missed, seen in ((False, far, near), (True, near, far)):
            if near.vantage == far.vantage or not _saw_both_sides(missed):
                continue
            if any(r.from_client is from_client for r in missed.resets):
                continue
            for reset in seen.resets:
                if (
                    reset.from_client is from_client
                    and not reset.answers_closed
                    and _would_be_seen(reset, seen, missed, ledger)
                ):
                    return Injected(reset, seen, missed)
    return None


def _saw_both_sides(sighting: Sighting) -> bool:
    return sighting.established is not None and bool(sighting.from_client.packets and sighting.from_server.packets)


def _would_be_seen(reset: Reset, seen: Sighting, missed: Sighting, ledger: Ledger) -> bool:
    if missed.closed is not None and ledger.clocks.between(missed.vantage, seen.vantage, missed.closed.at) <= reset.at:
        return False
    watched = watching(ledger, missed.vantage, seen.vantage, reset.at)
    return watched and not ledger.visibility.loss_explains(missed.vantage, 1)


def strange_marks(sighting: Sighting, reset: Reset) -> list[str]:
    """Give, in words, the marks of a reset that do not fit the side in whose name it came; each is independent.

    Its TTL tells of its way; its place in the stream, by its number or by what follows it, is one mark more, not two:
    a capture that swaps neighbours changes both at once.
    """
    half = sighting.half(reset.from_client)
    marks = []
    if half.ttls and reset.ttl not in half.ttls:
        marks.append(
            f"its TTL is {reset.ttl}, all other packets of that side came with {', '.join(map(str, half.ttls))}"
        )
    after = sighting.data_after_reset
    if after is not None and after.at >= reset.at and half.last_data is not None and half.last_data.at >= after.at:
        marks.append(f"the side that it speaks for went on sending data (frame {after.frame})")
    elif not reset.acceptable and not half.missing_octets:
        marks.append("its sequence number is not the one expected next")
    return marks


def foreign_reset(sighting: Sighting) -> tuple[Reset, list[str]] | None:
    """Give the reset with the most strange marks, and the marks; ``None`` where every reset fits its sender."""
    candidates = [(r, strange_marks(sighting, r)) for r in sighting.resets if not r.answers_closed]
    best = max(candidates, key=lambda c: len(c[1]), default=None)
    return best if best is not None and best[1] else None
