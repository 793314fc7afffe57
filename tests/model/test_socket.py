"""Whose socket it is, in words."""

import pytest

from wiretruth.model.packet import Endpoint
from wiretruth.model.socket import SocketOwner


@pytest.mark.parametrize(
    ("process", "pid", "uid", "said"),
    [
        ("smtp", 4711, None, "smtp (pid 4711)"),
        ("smtp", None, 105, "smtp"),
        (None, None, 105, "uid 105"),
        (None, None, None, ""),
    ],
)
def test_owner_in_words(process: str | None, pid: int | None, uid: int | None, said: str) -> None:
    ends = Endpoint("10.10.0.5", 41000), Endpoint("198.51.100.10", 25)

    assert said == SocketOwner("ss.txt", 1, "ESTAB", *ends, process, pid, uid).owner
