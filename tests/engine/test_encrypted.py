"""Which connections are DNS that nobody can read."""

import pytest

from tests.ledger.made import MTA, sighting
from wiretruth.engine.encrypted import MAX_PAIRS, encrypted
from wiretruth.model.frames import Mark
from wiretruth.model.packet import Endpoint
from wiretruth.model.sighting import Outcome
from wiretruth.model.statements import EncryptedDns

RESOLVER = "198.51.100.53"


@pytest.mark.parametrize(
    ("server", "port", "expected"),
    [(RESOLVER, 853, 1), ("9.9.9.9", 443, 1), (RESOLVER, 443, 0), (RESOLVER, 53, 0), (RESOLVER, 25, 0)],
)
def test_which(server: str, port: int, expected: int) -> None:
    assert expected == len(encrypted([sighting(server, port=port)]))


@pytest.mark.parametrize("outcome", [Outcome.REFUSED, Outcome.UNANSWERED, Outcome.HALF_OPEN])
def test_attempts_tell_nothing(outcome: Outcome) -> None:
    assert {} == encrypted([sighting(RESOLVER, port=853, outcome=outcome)])


def test_one_entry_a_pair() -> None:
    found = encrypted([sighting(RESOLVER, port=853, at=at, serial=at) for at in (9, 3, 5)])

    assert {"tap": (EncryptedDns(MTA, Endpoint(RESOLVER, 853), 3, Mark(3, 4)),)} == found


def test_bounded() -> None:
    many = [sighting(f"2001:db8::{n:x}", port=853, at=n, serial=n) for n in range(MAX_PAIRS + 9)]

    assert MAX_PAIRS == len(encrypted(many)["tap"])
