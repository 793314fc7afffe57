"""A connection has one key, whichever end sent the packet."""

from typing import Final

import pytest

from wiretruth.flow.keys import Key, key

ROWS: Final = (
    (("192.0.2.1", 40000), ("198.51.100.10", 25), ("mta", "192.0.2.1", 40000, "198.51.100.10", 25)),
    (("198.51.100.9", 25), ("198.51.100.10", 25), ("mta", "198.51.100.10", 25, "198.51.100.9", 25)),
    (("192.0.2.1", 40000), ("192.0.2.1", 25), ("mta", "192.0.2.1", 25, "192.0.2.1", 40000)),
    (("2001:db8::1", 1), ("2001:db8::1", 1), ("mta", "2001:db8::1", 1, "2001:db8::1", 1)),
)


@pytest.mark.parametrize(("one", "other", "expected"), ROWS)
def test_either_order(one: tuple[str, int], other: tuple[str, int], expected: Key) -> None:
    assert expected == key("mta", *one, *other) == key("mta", *other, *one)
