"""The host behind a log: its clock, its addresses, where it is captured."""

from tests.ledger.made import MTA, MX1, SECOND, contact, sighting, survey
from wiretruth.ledger.log_host import LOOSE, SLACK, LogHost
from wiretruth.ledger.visibility import Visibility
from wiretruth.model.log import LogClock, LogTime


def host(zone: int | None = 0, offset: int | None = None) -> LogHost:
    return LogHost("mail.log", "mta", LogClock(zone, assumed=False, offset=offset, grain=1, events=0), [], None)


def test_times_are_told_by_the_clock_of_the_capture() -> None:
    written = LogTime("", 10_000 * SECOND, zoned=False, grain=SECOND)

    assert 6_393 * SECOND == host(3600, 7 * SECOND).at(written)
    assert 9_993 * SECOND == host(3600, 7 * SECOND).at(written._replace(zoned=True))
    assert (SLACK, LOOSE) == (host(offset=0).slack, host().slack)


def test_it_learns_its_addresses_and_where_it_is_seen() -> None:
    visibility = Visibility()
    visibility.add(survey("tap", watched_from=10, watched_until=20))
    log = host()
    log.sent(contact(sighting()))
    log.took(contact(sighting(MX1, vantage="other")))

    assert ({MTA}, {MX1}, ["tap", "other"]) == (set(log.clients), set(log.servers), list(log.vantages))
    assert log.watched(visibility, 10, 20)
    assert not log.watched(visibility, 10, 21)
