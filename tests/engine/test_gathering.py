"""Mail is kept whole; the rest as long as it may turn out to belong to mail; floods within their bounds."""

import pytest

from tests.ledger.made import MTA, OTHER, dialogue, sighting
from wiretruth.engine import gathering
from wiretruth.engine.gathering import Gathering
from wiretruth.model.packet import Endpoint
from wiretruth.model.sighting import Sighting


def kept(made: Gathering) -> list[int]:
    made.settle()
    return sorted(s.serial for s in [*made.sightings(), *made.others()])


def filled(*sightings: Sighting, keep_all: bool = False) -> Gathering:
    made = Gathering(keep_all)
    for one in sightings:
        made.add(one, None)
    return made


def test_others_make_room_oldest_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gathering, "MAX_OTHERS", 2)
    web = [sighting(port=443, serial=n) for n in range(5)]

    assert ([3, 4], 3) == (kept(made := filled(*web)), made.dropped)
    assert ([0, 1, 2, 3, 4], 0) == (kept(made := filled(*web, keep_all=True)), made.dropped)


def test_a_flood_of_attempts_makes_room_but_never_for_dialogues(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gathering, "MAX_SPEECHLESS", 2)
    made = Gathering(keep_all=False)
    made.add(sighting(serial=0), dialogue())
    for n in range(1, 6):
        made.add(sighting(serial=n, answered=None), None)
    made.add(sighting(serial=6, port=443), None)

    assert ([0, 4, 5, 6], 3, 0) == (kept(made), made.speechless_dropped, made.dropped)
    assert {0: dialogue()} == made.dialogues


def test_a_redirected_connection_is_mail(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gathering, "MAX_OTHERS", 0)

    assert [7] == kept(filled(sighting(port=10025, serial=7, reply_source=Endpoint("198.51.100.10", 25))))


def test_who_gets_replies_is_known_within_the_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gathering, "MAX_HOSTS", 1)
    made = filled(
        sighting(answered=None, client=OTHER), sighting(serial=1), sighting(serial=2), sighting(serial=3, client=OTHER)
    )
    made.settle()

    assert ({("tap", MTA)}, 1) == (made.replied, made.hosts_dropped)
