"""A changed packet has the checksum that it would have had."""

import struct

from hypothesis import given
from hypothesis import strategies as st

from wiretruth.evidence.checksums import changed


def checksum(octets: bytes) -> int:
    padded = octets + bytes(len(octets) & 1)
    total: int = sum(struct.unpack(f"!{len(padded) // 2}H", padded))
    while total > 0xFFFF:
        total = (total & 0xFFFF) + (total >> 16)
    return ~total & 0xFFFF


@given(st.binary(min_size=8, max_size=80), st.data())
def test_what_was_right_stays_right(octets: bytes, data: st.DataObject) -> None:
    frame = bytearray(octets)
    frame[2:4] = b"\0\0"
    frame[2:4] = checksum(bytes(frame)).to_bytes(2)
    begin = data.draw(st.integers(4, len(frame)))
    new = data.draw(st.binary(min_size=len(frame) - begin, max_size=len(frame) - begin))
    changed(frame, begin, new, 2, 0)

    assert new == bytes(frame[begin:])
    assert checksum(bytes(frame)) in (0, 0xFFFF)


@given(st.binary(min_size=6, max_size=40), st.integers(0, 1))
def test_what_was_wrong_stays_wrong(octets: bytes, off: int) -> None:
    frame = bytearray(octets)
    frame[2:4] = b"\0\0"
    frame[2:4] = ((checksum(bytes(frame)) + 0x0101 + off) & 0xFFFF).to_bytes(2)
    changed(frame, 4, bytes(len(frame) - 4), 2, 0)

    assert checksum(bytes(frame)) not in (0, 0xFFFF)


def test_a_checksum_that_was_not_captured_is_not_written() -> None:
    frame = bytearray(b"abcd")
    changed(frame, 0, b"wxyz", 3, 0)

    assert b"wxyz" == frame
