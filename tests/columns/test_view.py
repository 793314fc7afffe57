"""Reading many places of one buffer."""

import numpy as np
import pytest

from wiretruth.columns.view import View

PAIR = np.dtype([("first", ">u2"), ("second", "u1")])


@pytest.mark.parametrize(
    ("kind", "expected"),
    [("u1", [0, 1, 9, 0]), (">u2", [1, 0x102, 0x900, 0]), ("<u4", [0x03020100, 0x04030201, 0x09, 0])],
)
def test_numbers_at_any_place(kind: str, expected: list[int]) -> None:
    """Unaligned, overlapping, and with zeros behind the end; the others read the same alone."""
    view = View(bytes(range(10)))

    assert expected == view.numbers(np.array([0, 1, 9, 99]), kind).tolist()
    assert expected[:2] == view.numbers(np.array([0, 1]), kind).tolist()


def test_headers_are_copies_with_fields() -> None:
    found = View(bytearray(range(10))).headers(np.array([1, 7, 1 << 40]), PAIR)

    assert [(0x102, 3), (0x708, 9), (0, 0)] == found.tolist()


@pytest.mark.parametrize("octets", [b"", b"ab"])
def test_a_buffer_too_short_for_anything(octets: bytes) -> None:
    view = View(octets)

    assert [(int.from_bytes(octets), 0), (0, 0)] == view.headers(np.array([0, 2]), PAIR).tolist()
    assert [int.from_bytes(octets) << 16] == view.numbers(np.array([0]), ">u4").tolist()
