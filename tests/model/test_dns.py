"""Names are compared as RFC 4343 says; a lookup knows its time, its frames and how long it took."""

import pytest

from wiretruth.model.dns import Lookup, Question, casefold_name
from wiretruth.model.frames import Mark
from wiretruth.model.packet import Endpoint

ASKED = (Mark(1_000, 4), Mark(5_000, 6))
TOLD = Mark(7_500, 9)
LOOKUP = Lookup(
    vantage="mta",
    client=Endpoint("192.0.2.5", 40000),
    resolver=Endpoint("192.0.2.53", 53),
    transport="udp",
    id=1,
    question=Question("example.net", "MX"),
    recursion_desired=True,
    queries=ASKED,
    query_count=2,
    response=TOLD,
    rcode="NOERROR",
)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Example.NET", "example.net"),
        ("example.net.", "example.net"),
        (".", "."),
        ("", "."),
    ],
)
def test_compared_form(name: str, expected: str) -> None:
    assert expected == casefold_name(name)


@pytest.mark.parametrize(
    ("lookup", "at", "frames", "latency"),
    [
        (LOOKUP, 1_000, (4, 6, 9), 6_500),
        (LOOKUP._replace(response=None), 1_000, (4, 6), None),
        (LOOKUP._replace(queries=()), 7_500, (9,), None),
        (LOOKUP._replace(queries=(), response=None), 0, (), None),
    ],
)
def test_lookup_tells_when_where_and_how_long(
    lookup: Lookup, at: int, frames: tuple[int, ...], latency: int | None
) -> None:
    assert (at, frames, latency) == (lookup.at, lookup.frames, lookup.latency)
