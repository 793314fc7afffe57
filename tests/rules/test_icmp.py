"""What ICMP errors say."""

import pytest

from wiretruth.model.packet import Endpoint
from wiretruth.model.sighting import Rejection
from wiretruth.rules._icmp import is_too_big, is_unreachable, reason


def rejection(version: int, kind: int, code: int) -> Rejection:
    one, other = Endpoint("10.10.0.5", 40000), Endpoint("198.51.100.10", 25)
    return Rejection(1, 1, "10.10.0.1", version, kind, code, None, one, other, 63, of_syn=True)


@pytest.mark.parametrize(
    ("version", "kind", "code", "expected", "unreachable", "too_big"),
    [
        (4, 3, 1, "host unreachable (type 3, code 1)", True, False),
        (4, 3, 4, "fragmentation needed (type 3, code 4)", True, True),
        (4, 3, 13, "communication administratively prohibited (type 3, code 13)", True, False),
        (4, 3, 99, "ICMP error (type 3, code 99)", True, False),
        (4, 11, 0, "time exceeded (type 11, code 0)", False, False),
        (6, 1, 0, "no route to destination (type 1, code 0)", True, False),
        (6, 1, 4, "port unreachable (type 1, code 4)", True, False),
        (6, 2, 0, "packet too big (type 2, code 0)", False, True),
        (6, 3, 0, "time exceeded (type 3, code 0)", False, False),
        (4, 77, 0, "ICMP error (type 77, code 0)", False, False),
    ],
)
def test_reason(version: int, kind: int, code: int, expected: str, unreachable: bool, too_big: bool) -> None:
    error = rejection(version, kind, code)

    assert expected == reason(error)
    assert (unreachable, too_big) == (is_unreachable(error), is_too_big(error))
