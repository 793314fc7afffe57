"""Rows become lookups, octet for octet those of the table."""

import numpy as np
import pytest

from wiretruth.columns.dns import MAPPED
from wiretruth.engine.lookup_rows import ROW, address, deadlines
from wiretruth.protocols.dns.exchange import ANSWER_WINDOW, GIVE_UP


@pytest.mark.parametrize(
    ("high", "low", "expected"),
    [
        (0, MAPPED | 0xC0000207, "192.0.2.7"),
        (0x20010DB800000000, 7, "2001:db8::7"),
        (0x20010DB800000000, MAPPED | 0xC0000207, "2001:db8::ffff:c000:207"),
    ],
)
def test_addresses(high: int, low: int, expected: str) -> None:
    assert expected == address(high, low)


def test_a_row_waits_as_long_as_the_table_would() -> None:
    rows = np.zeros(2, ROW)
    rows["asked"], rows["told"], rows["answered"] = 100, 200, [True, False]

    assert [200 + ANSWER_WINDOW, 100 + GIVE_UP] == deadlines(rows).tolist()
