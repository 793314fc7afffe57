"""An attempt costs the time from its first packet to its last."""

from tests.ledger.made import sighting
from wiretruth.model.connection import Connection
from wiretruth.model.delivery import Attempt
from wiretruth.model.frames import NANOSECONDS, Mark
from wiretruth.model.smtp import Step


def test_what_an_attempt_cost() -> None:
    begun, over = 5 * NANOSECONDS, 35 * NANOSECONDS
    one = sighting(at=begun, last=Mark(over, 9))

    assert Attempt(begun, Connection((one,)), Step.BANNER, None).took == 30 * NANOSECONDS
