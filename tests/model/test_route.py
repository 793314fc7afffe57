"""The way of a connection, stop by stop."""

from tests.ledger.made import MX1, STRANGER, sighting
from wiretruth.model.connection import Connection
from wiretruth.model.route import route
from wiretruth.model.sighting import Sighting


def at(vantage: str, server: str = MX1, **facts: object) -> Sighting:
    return sighting(server, vantage=vantage, **facts)  # type: ignore[arg-type] # checked by sighting


def test_vantages_that_saw_the_same_are_one_stop() -> None:
    way = route(Connection((at("mta"), at("lan"), at("wan", STRANGER))))

    assert [("mta", "lan"), ("wan",)] == [s.vantages for s in way.stops]
    assert [(False, False), (False, True)] == [(s.client_changed, s.server_changed) for s in way.stops]
    assert (STRANGER, True, True) == (way.contacted.address, way.answered, way.eventful)
    assert way.answer_lost is None


def test_nothing_happened() -> None:
    assert not route(Connection((at("lan"), at("wan")))).eventful
    assert not route(Connection((at("lan", answered=None),))).eventful


def test_seen_last() -> None:
    way = route(Connection((at("lan", answered=None), at("wan", answered=None))))

    assert way.eventful
    assert not way.answered


def test_an_answer_that_got_lost() -> None:
    way = route(Connection((at("mta", answered=None), at("lan", answered=None), at("wan"))))

    assert [("mta", "lan"), ("wan",)] == [s.vantages for s in way.stops]
    assert 1 == way.answer_lost


def test_answered_by_another() -> None:
    near = at("lo")

    assert route(Connection((at("lo", reply_source=near.client),))).eventful
