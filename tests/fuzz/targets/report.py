"""The whole way from frames to the report: both lanes, several sizes of batch, every format."""

from collections.abc import Iterator
from unittest.mock import patch

from tests.fuzz.framing import link_type, recorded
from tests.fuzz.target import cut
from tests.mutations import Frame, Tape
from tests.promises import hold_text, read, written
from wiretruth.engine import tap

_START = 1_795_199_383_000_000_000
_STEP, _PAUSE = 1_000_000, 70_000_000_000
_CUT = 50
_BATCH = 7


def seeds() -> Iterator[bytes]:
    """Give the beginnings of captures."""
    yield from recorded(40)


def check(octets: bytes) -> None:
    """Read frames a millisecond apart, or where a piece has its second flag a minute; the first flag: it was cut."""
    frames = list[Frame]()
    now = _START
    for piece in cut(octets[1:]):
        now += _PAUSE if piece.second else _STEP
        frames.append(Frame(now, piece.octets, len(piece.octets) + _CUT * piece.first))
    if not frames:
        return
    tape = Tape(link_type(octets[0]), frames)
    told = written(read(tape))

    with patch.multiple(tap, WORTHWHILE=1, WORTH_LOADING=1):
        assert told == written(read(tape)), "both lanes tell the same"
    assert told == written(read(tape, size=_BATCH)), "so do other batches"
    hold_text(told)
