"""Zone and error of a log's clock, from events in both log and capture."""

import pytest

from tests.ledger.made import SECOND, contact, dialogue, sighting
from wiretruth.ledger.log_clock import ZONES, read_clock
from wiretruth.ledger.sayings import Sayings
from wiretruth.model.log import Claim, LoggedDelivery, LogLine, LogTime, Status
from wiretruth.model.smtp import ForwardPath, Reply, Transaction

HOUR = 3600


def claim(at: int, reply: str | None = None, *, zoned: bool = False) -> LoggedDelivery:
    line = LogLine("x", 1, LogTime("", at, zoned=zoned, grain=SECOND), "", "Postfix", "")
    return LoggedDelivery(line, "", Status.SENT, None, "bob@example.net", reply=reply)


def spoken(*replies: tuple[int, str]) -> Sayings:
    contacts = []
    for at, text in replies:
        reply = Reply(at, 1, 250, None, (text,))
        transaction = Transaction(
            at, 1, "a@x", None, (ForwardPath("bob@example.net", at, 1, reply),), None, 9, at, 1, reply
        )
        contacts.append(contact(sighting(at=at), dialogue=dialogue(transaction)))
    return Sayings(contacts)


def nothing(_claim: Claim) -> list[list[int]]:
    return []


@pytest.mark.parametrize("zone", [0, HOUR, -5 * HOUR, 19_800, 45 * 60 + 5 * HOUR, 14 * HOUR, -12 * HOUR])
@pytest.mark.parametrize("wrong", [0, 7, -200])
def test_queue_ids_tell_zone_and_error(zone: int, wrong: int) -> None:
    sayings = spoken(*((n * SECOND, f"queued as ABCDEF{n:04d}") for n in range(5)))
    claims = [claim((n + zone + wrong) * SECOND, f"250 queued as ABCDEF{n:04d}") for n in range(5)]

    clock = read_clock(claims, sayings, nothing)

    assert (zone, False, 5) == (clock.zone, clock.assumed, clock.events)
    assert wrong * SECOND + SECOND // 2 == clock.offset


def test_a_lone_outlier_does_not_move_the_median() -> None:
    sayings = spoken(*((n * SECOND, f"queued as ABCDEF{n:04d}") for n in range(5)))
    claims = [claim((n + (900 if n == 2 else 3)) * SECOND, f"250 queued as ABCDEF{n:04d}") for n in range(5)]

    assert 3 * SECOND + SECOND // 2 == read_clock(claims, sayings, nothing).offset


def test_weaker_events_vote() -> None:
    claims = [claim((n + HOUR) * SECOND) for n in (0, 500, 1000)]
    events = [[0, 500 * SECOND, 1000 * SECOND]]

    clock = read_clock(claims, spoken(), lambda _claim: events)

    assert (HOUR, False, None) == (clock.zone, clock.assumed, clock.offset)


def test_lines_with_a_zone_have_no_other() -> None:
    sayings = spoken((0, "queued as ABCDEF0001"))
    clock = read_clock([claim(90 * SECOND, "250 queued as ABCDEF0001", zoned=True)], sayings, nothing)

    assert (None, 90 * SECOND + SECOND // 2) == (clock.zone, clock.offset)


@pytest.mark.parametrize("zoned", [True, False])
def test_where_nothing_tells_utc_is_assumed(zoned: bool) -> None:
    clock = read_clock([claim(0, zoned=zoned)], spoken(), nothing)

    assert (not zoned, None, 0) == (clock.assumed, clock.offset, clock.events)


def test_every_zone_is_a_whole_number_of_quarters() -> None:
    assert [] == [zone for zone in ZONES if zone % 900]
    assert 0 == ZONES[0]
    assert {-12 * HOUR, 14 * HOUR} <= set(ZONES)
