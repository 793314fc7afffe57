"""Private, and not merely special."""

import pytest

from wiretruth.rules._networks import is_inside, is_unroutable


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
