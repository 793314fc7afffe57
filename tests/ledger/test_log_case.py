"""What ties a line to a connection, or speaks against it."""

from dataclasses import replace

import pytest

from tests.ledger.made import MTA, MX1, MX2, SECOND, contact, dialogue, reply, sighting
from wiretruth.ledger.log_case import Case, clients_of, is_its_name, is_named, is_opposite, ties_of, was_under_way
from wiretruth.ledger.log_host import LogHost
from wiretruth.model.log import Ending, LogClock, LoggedDelivery, LogLine, LogTime, Status

CLOCK = LogClock(0, assumed=False, offset=0, grain=1, events=1)


def case(at: int = 100, name: str = "mta", **facts: object) -> Case:
    line = LogLine("x", 1, LogTime("", at * SECOND, zoned=True, grain=SECOND), name, "Postfix", "")
    claim = replace(LoggedDelivery(line, "", Status.SENT, address=MX1, port=25), **facts)  # type: ignore[arg-type]
    return Case(claim, LogHost("x", name, CLOCK, [], None), at * SECOND)


def test_any_sighting_may_show_the_server_that_is_named() -> None:
    seen_twice = contact(sighting(MX2), sighting(MX1, vantage="wan"))

    assert is_named(case().claim, seen_twice)
    assert not is_named(case(port=2525).claim, seen_twice)
    assert is_named(case(port=2525).claim, seen_twice, port=False)
    assert is_named(case(port=None).claim, seen_twice)
    assert {MTA} == clients_of(seen_twice)


@pytest.mark.parametrize(
    ("opened", "expected"),
    [(102, True), (104, False), (90, True), (60, False)],
    ids=["after", "too late", "before", "over"],
)
def test_a_connection_is_under_way(opened: int, expected: bool) -> None:
    assert expected == was_under_way(contact(sighting(at=opened * SECOND)), case(took=10 * SECOND))


@pytest.mark.parametrize(
    ("ending", "took", "expected"),
    [(None, SECOND, 97), (None, None, 68), (Ending.TIMED_OUT, None, -232), (Ending.REFUSED, None, 68)],
)
def test_how_far_back_an_attempt_may_reach(ending: Ending | None, took: int | None, expected: int) -> None:
    assert expected * SECOND == case(ending=ending, took=took).began
    assert 103 * SECOND == case().latest


@pytest.mark.parametrize(
    ("name", "helo", "expected"),
    [("mta", "mta.corp.example", True), ("MTA.corp.example", "mta", True), ("other", "mta", False), ("", "", False)],
)
def test_a_host_is_known_by_its_name(name: str, helo: str, expected: bool) -> None:
    assert expected == is_its_name(case(name=name), contact(sighting(), dialogue=replace(dialogue(), helo=helo)))


@pytest.mark.parametrize(
    ("status", "code", "expected"),
    [(Status.SENT, 451, True), (Status.SENT, 250, False), (Status.DEFERRED, 250, True), (Status.TRIED, 451, False)],
)
def test_opposites(status: Status, code: int, expected: bool) -> None:
    assert expected == is_opposite(status, reply(code))


def test_ties_name_the_queue_id_where_there_is_one() -> None:
    assert "queue id in the reply" in ties_of(case(reply="250 queued as 9A1B2C3D4E"))
    assert "reply text" in ties_of(case(reply="250 Ok"))
