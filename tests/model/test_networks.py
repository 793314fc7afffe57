"""Which addresses are a site's own."""

import pytest

from wiretruth.model.networks import is_inside


@pytest.mark.parametrize("address", ["10.10.0.5", "172.31.0.1", "192.168.1.1", "127.0.0.1", "::1", "fd00::1"])
def test_inside(address: str) -> None:
    assert is_inside(address)


@pytest.mark.parametrize("address", ["172.32.0.1", "192.0.2.1", "2001:db8::1", "169.254.0.1"])
def test_outside(address: str) -> None:
    assert not is_inside(address)
