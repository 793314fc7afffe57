"""An endpoint is written so that the port cannot be read as part of the address."""

import pytest

from wiretruth.model.packet import Endpoint


@pytest.mark.parametrize(("address", "expected"), [("192.0.2.1", "192.0.2.1:25"), ("2001:db8::1", "[2001:db8::1]:25")])
def test_endpoint_as_text(address: str, expected: str) -> None:
    assert expected == str(Endpoint(address, 25))
