"""Reading many places of one buffer."""

import numpy as np
import pytest

from wiretruth.columns.view import View

PAIR = np.dtype([("first", ">u2"), ("second", "u1")])


@pytest.mark.parametrize(
    ("kind", "expected"), [("u1", [0, 1, 9]), (">u2", [1, 0x102, 0x809]), ("<u4", [0x03020100, 0x04030201, 0x09080706])]
)
def test_numbers_at_any_place(kind: str, expected: list[int]) -> None:
    """Unaligned, overlapping, and for one beyond the end the last there is."""
    assert expected == View(bytes(range(10))).numbers(np.array([0, 1, 99]), kind).tolist()


def test_headers_are_copies_with_fields() -> None:
    found = View(bytearray(range(10))).headers(np.array([1, 7, 1 << 40]), PAIR)

    assert [(0x102, 3), (0x708, 9), (0x708, 9)] == found.tolist()


@pytest.mark.parametrize("octets", [b"", b"ab"])
def test_a_buffer_too_short_for_anything(octets: bytes) -> None:
    view = View(octets)

    assert [(0, 0)] == view.headers(np.array([0]), PAIR).tolist()
    assert [0] == view.numbers(np.array([0]), ">u4").tolist()
