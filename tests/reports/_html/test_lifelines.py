"""Where the lifelines stand."""

import re
from itertools import pairwise

import pytest

from tests.reports._html.drawn import drawn
from wiretruth.reports._html.lifelines import LEFT, RIGHT, Lifelines, titled
from wiretruth.reports._html.scene import Lane

CLIENT, SERVER, RESOLVER = Lane("client", "10.10.0.5"), Lane("server", "192.0.2.66"), Lane("resolver", "198.51.100.53")
PLACES = tuple(Lane(f"place{n}", None) for n in range(4))


@pytest.mark.parametrize(
    "lanes",
    [
        (CLIENT, SERVER),
        (CLIENT, *PLACES, SERVER),
        (RESOLVER, CLIENT, *PLACES, SERVER, RESOLVER),
        (CLIENT, PLACES[0], RESOLVER),
    ],
)
def test_they_stand_in_their_order_within_the_page(lanes: tuple[Lane, ...]) -> None:
    stage = Lifelines(lanes)
    places = [stage.x(n) for n in range(len(lanes))]

    assert places == sorted(places)
    assert (LEFT, RIGHT) == (places[0], places[-1])
    assert 1.0 == pytest.approx(stage.share(0, len(lanes) - 1))


def test_a_point_between_two() -> None:
    stage = Lifelines((CLIENT, PLACES[0], SERVER))

    assert (stage.x(1) + stage.x(2)) / 2 == pytest.approx(stage.x(1.5), abs=0.01)


def test_names_of_neighbours_do_not_share_a_line() -> None:
    stage = Lifelines((CLIENT, *PLACES, SERVER))
    picture = "".join(drawn(node) for node in stage.drawn(300))
    lines = [int(y) for y in re.findall(r'<text x="[\d.]+%" y="(\d+)" text-anchor="middle" class="who place"', picture)]

    assert 4 == len(lines)
    assert all(a != b for a, b in pairwise(lines))
    assert max(lines) < stage.top


def test_addresses_of_three_hosts_do_not_meet() -> None:
    stage = Lifelines((RESOLVER, CLIENT, PLACES[0], SERVER))
    picture = "".join(drawn(node) for node in stage.drawn(300))

    assert ["26", "39", "26"] == re.findall(r'y="(\d+)" text-anchor="\w+" class="address"', picture)


def test_what_is_cut_can_be_had_whole() -> None:
    assert ["abc"] == titled("abc", 3)
    assert "<title>abcd</title>ab…" == "".join(drawn(node) for node in titled("abcd", 3))
