import pytest

from wiretruth.model.frames import Fault
from wiretruth.model.packet import Fragment
from wiretruth.wire.fragment import FragmentHeader, piece

HEADER = FragmentHeader(77, 1480, more=True)


def test_piece_keeps_its_place_and_octets() -> None:
    assert (Fragment(77, 1480, True, b"cdef"), ()) == piece(b"abcdefgh", 2, 6, 4, HEADER)


@pytest.mark.parametrize(("stop", "got"), [(5, 3), (2, 0), (1, 0)])
def test_cut_piece_has_a_fault(stop: int, got: int) -> None:
    fault = Fault("fragment", 2, "4 octets", f"{got} octets")

    assert (fault,) == piece(b"abcdefgh", 2, stop, 4, HEADER)[1]
