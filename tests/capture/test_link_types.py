"""Names of link types."""

import pytest

from wiretruth.capture.link_types import name


@pytest.mark.parametrize(
    ("link_type", "expected"),
    [
        (0, "NULL"),
        (1, "EN10MB"),
        (9, "PPP"),
        (12, "RAW"),
        (14, "RAW"),
        (101, "RAW"),
        (105, "IEEE802_11"),
        (108, "LOOP"),
        (113, "LINUX_SLL"),
        (127, "IEEE802_11_RADIO"),
        (147, "USER0"),
        (162, "USER15"),
        (228, "IPV4"),
        (229, "IPV6"),
        (239, "NFLOG"),
        (276, "LINUX_SLL2"),
        (5, "LINKTYPE_5"),
        (65535, "LINKTYPE_65535"),
    ],
)
def test_name(link_type: int, expected: str) -> None:
    assert expected == name(link_type)
