"""The authentication header."""

import pytest

from wiretruth.wire.authentication import PROTOCOL, skip

HEADER = bytes.fromhex("0604 0000 00000001 00000001") + bytes(12)


def test_what_stands_behind_the_header() -> None:
    octets = b"\xff" + HEADER + b"segment"

    assert (6, 1 + len(HEADER), ()) == skip(octets, 1, len(octets))


@pytest.mark.parametrize("there", range(len(HEADER)))
def test_cut_header_is_damage(there: int) -> None:
    protocol, begin, faults = skip(HEADER, 0, there)

    assert (PROTOCOL, 0) == (protocol, begin)
    assert [("authentication header", f"{there} octets")] == [(fault.where, fault.got) for fault in faults]


def test_impossible_length_never_goes_back() -> None:
    assert (6, 12, ()) == skip(b"\x06" + bytes(20), 0, 21)
