"""Private, and not merely special."""

import pytest

from wiretruth.rules._networks import embeds, is_inside, is_unroutable


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("10.0.0.1", True),
        ("172.16.0.1", True),
        ("172.32.0.1", False),
        ("192.168.255.255", True),
        ("127.0.0.1", True),
        ("fd00::1", True),
        ("::1", True),
        ("192.0.2.1", False),
        ("198.51.100.1", False),
        ("2001:db8::1", False),
        ("fe80::1", False),
    ],
)
def test_inside(address: str, expected: bool) -> None:
    assert expected == is_inside(address)


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("127.0.0.1", True),
        ("0.0.0.0", True),  # noqa: S104
        ("169.254.1.1", True),
        ("fe80::1", True),
        ("10.0.0.1", False),
        ("2001:db8::1", False),
    ],
)
def test_unroutable(address: str, expected: bool) -> None:
    """No other host is reached there."""
    assert expected == is_unroutable(address)


@pytest.mark.parametrize(
    "address",
    [
        "2001:db8:c000:221::",
        "2001:db8:1c0:2:21::",
        "2001:db8:122:c000:2:2100::",
        "2001:db8:122:3c0:0:221::",
        "2001:db8:122:344:c0:2:2100:0",
        "64:ff9b::192.0.2.33",
    ],
)
def test_addresses_of_translators(address: str) -> None:
    """The examples of RFC 6052 §2.4."""
    assert embeds(address, "192.0.2.33")
    assert embeds("192.0.2.33", address)
    assert not embeds(address, "192.0.2.34")


def test_two_addresses_of_one_version_are_no_translation() -> None:
    assert not embeds("192.0.2.33", "192.0.2.33")
    assert not embeds("2001:db8::1", "2001:db8::1")
