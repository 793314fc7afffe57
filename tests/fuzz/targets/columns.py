"""Frames by columns: every row that they call regular is what ``wire`` makes of it."""

from collections.abc import Iterator

from tests.columns.lanes import agree, batch_of, columns
from tests.fuzz.framing import link_type, recorded
from tests.fuzz.target import cut

_CUT = 50


def seeds() -> Iterator[bytes]:
    """Give some frames of each capture."""
    yield from recorded(6, 4000)


def check(octets: bytes) -> None:
    """Hold both lanes together."""
    pieces = list(cut(octets[1:]))
    if not pieces:
        return
    originals = [len(piece.octets) + _CUT * piece.first for piece in pieces]
    batch = batch_of([piece.octets for piece in pieces], (link_type(octets[0]),), originals)
    agree(batch)
    columns(batch, everything=False)
