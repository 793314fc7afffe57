"""Who is taken for the client."""

import pytest

from wiretruth.flow.roles import roles
from wiretruth.model.packet import Endpoint

HIGH, MAIL, LOW = Endpoint("192.0.2.1", 40000), Endpoint("198.51.100.10", 587), Endpoint("192.0.2.1", 22)


@pytest.mark.parametrize(
    ("flags", "source", "destination", "client"),
    [
        (0x02, MAIL, HIGH, MAIL), (0x12, MAIL, HIGH, HIGH), (0x10, MAIL, HIGH, HIGH), (0x10, HIGH, MAIL, HIGH),
        (0x10, LOW, MAIL, LOW), (0x10, LOW, HIGH, HIGH),
    ],
)  # fmt: skip
def test_client(flags: int, source: Endpoint, destination: Endpoint, client: Endpoint) -> None:
    assert client == roles(flags, source, destination)[0]
