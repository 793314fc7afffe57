"""Whose reset is it? The rules on resets weigh the same marks."""

from wiretruth.model.sighting import Reset, Sighting


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
