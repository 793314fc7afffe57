"""The way of a connection, as it is drawn."""

from dataclasses import replace

from tests.reports import scenes
from wiretruth.model.connection import Connection
from wiretruth.model.finding import Evidence, Finding, Party
from wiretruth.model.packet import Endpoint
from wiretruth.model.sighting import HalfStream, Outcome, Rejection, Sighting
from wiretruth.reports._html.way import MOST_STOPS, missed_at, told, way_of_connection, way_of_lookup

MEANT = Endpoint("198.51.100.10", 25)
HEARD = HalfStream(packets=3)


def seen(vantage: str, server: Endpoint = MEANT, *, answered: bool = True) -> Sighting:
    outcome = Outcome.ESTABLISHED if answered else Outcome.UNANSWERED
    half = HEARD if answered else HalfStream()
    return replace(scenes.sighting(server, outcome), vantage=vantage, from_server=half)


def dropped(*missed: str) -> Finding:
    return replace(
        scenes.REWRITTEN,
        code="dropped-in-transit",
        observed=None,
        evidence=tuple(Evidence("nothing", m) for m in missed),
    )


def test_the_address_changes_between_two_places() -> None:
    way = way_of_connection(Connection((seen("mta"), seen("lan"), seen("wan", scenes.SERVER))), scenes.REWRITTEN)

    assert ["seen at mta (frame 7), lan (frame 7)", "seen at wan (frame 7)"] == [p.title for p in way.places]
    assert [False, True] == [p.changed for p in way.places]
    assert ("mail.example.net [198.51.100.10]:25", 1, "192.0.2.66:25", True) == (
        way.meant,
        way.meant_after,
        way.server,
        way.reached,
    )


def test_the_address_changed_before_the_only_place() -> None:
    way = way_of_connection(Connection((seen("mta", scenes.SERVER),)), scenes.REWRITTEN)

    assert ("mail.example.net [198.51.100.10]:25", 0) == (way.meant, way.meant_after)


def test_nothing_changes() -> None:
    way = way_of_connection(Connection((seen("mta"), seen("wan"))), replace(scenes.REWRITTEN, observed=None))

    assert way.meant is None
    assert not any(place.changed for place in way.places)


def test_the_source_changes() -> None:
    behind = replace(seen("wan"), client=Endpoint("203.0.113.1", 4711))
    way = way_of_connection(Connection((seen("lan"), behind)), replace(scenes.REWRITTEN, observed=None))

    assert [("from 203.0.113.1:4711", True), ("to 198.51.100.10:25", False)] == list(way.places[1].lines)
    assert way.meant is None


def test_a_place_that_packets_never_came_to() -> None:
    way = way_of_connection(Connection((seen("lan", answered=False),)), dropped("wan"))

    assert ["seen at lan (frame 7)", "not seen at wan"] == [p.title for p in way.places]
    assert not way.reached
    assert not way.places[-1].seen


def test_replies_that_were_lost_are_told_where_they_are_missing() -> None:
    way = way_of_connection(Connection((seen("lan", answered=False), seen("wan"))), dropped("lan"))

    assert ["nothing", ""] == [p.note for p in way.places]
    assert {"lan": "nothing"} == missed_at(dropped("lan"))
    assert {} == missed_at(replace(dropped("lan"), code="destination-rewritten"))


def test_a_long_way_keeps_its_ends() -> None:
    several = [seen(f"hop{n}", Endpoint(f"192.0.2.{n}", 25)) for n in range(20)]
    way = way_of_connection(Connection(tuple(several)), replace(scenes.REWRITTEN, intended=None, observed=None))

    assert MOST_STOPS == len(way.places)
    assert ("seen at hop0 (frame 7)", "seen at hop19 (frame 7)") == (way.places[0].title, way.places[-1].title)


def test_a_lookup() -> None:
    way = way_of_lookup(
        scenes.lookup("example.net", "MX", None, 3, scenes.at(0), rcode=None), replace(scenes.REWRITTEN, observed=None)
    )

    assert ("10.10.0.5", "198.51.100.53:53", False) == (way.client, way.server, way.reached)
    assert (
        "From 10.10.0.5; seen at mta-eth0 (frame 3), from 10.10.0.5:34254, to 198.51.100.53:53; no answer of 198.51.100.53:53 was seen"
        == told(way)
    )


def test_a_resolver_that_was_asked_in_vain_is_not_where_mail_was_meant_for() -> None:
    """The finding names two hosts, and neither took the place of the other."""
    finding = replace(scenes.REWRITTEN, code="deferral-caused-by-dns", intended=Party("198.51.100.53", 53))
    way = way_of_connection(Connection((seen("mta", scenes.SERVER),)), finding)

    assert way.meant is None
    assert not way.places[0].changed


def test_who_rejected_it_stands_behind_who_saw_it() -> None:
    rejection = Rejection(3, 12, "10.10.0.1", 4, 3, 13, None, scenes.CLIENT, scenes.SERVER, 63, True)
    rejected = replace(seen("mta", scenes.SERVER, answered=False), rejections=(rejection,))
    last = way_of_connection(Connection((rejected,)), replace(scenes.REWRITTEN, code="connect-rejected")).places[-1]

    assert ("ICMP error from 10.10.0.1", "administratively prohibited", False) == (last.title, last.note, last.seen)
