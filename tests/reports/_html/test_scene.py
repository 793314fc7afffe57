"""Who is on the stage, and which packets are drawn."""

from dataclasses import replace

from tests.reports import scenes
from wiretruth.model.connection import Connection, TiedLookup
from wiretruth.model.finding import Evidence, Finding
from wiretruth.model.packet import Endpoint
from wiretruth.model.sighting import KEPT_FRAMES
from wiretruth.model.smtp import Command
from wiretruth.reports._html.scene import MOST_PLACES, MOST_SHOTS, Lane, Scene, scene

SEED = scenes.connection()
LOOKUPS = scenes.delivery().lookups
CITED = scenes.REWRITTEN


def set_up(connection: Connection | None, lookups: tuple[TiedLookup, ...] = (), finding: Finding = CITED) -> Scene:
    made = scene((connection,) if connection else (), lookups, finding)
    assert made is not None
    return made


def asked_by(address: str, resolver: str) -> TiedLookup:
    tied = LOOKUPS[0].nearest
    return TiedLookup((tied._replace(client=Endpoint(address, 4), resolver=Endpoint(resolver, 53)),))


def test_resolvers_stand_beside_who_asked_them() -> None:
    made = set_up(SEED, (asked_by("10.10.0.5", "198.51.100.53"), asked_by("192.0.2.66", "198.51.100.54")))

    assert (
        Lane("resolver", "198.51.100.53"), Lane("client", "10.10.0.5"), Lane("mta-eth0", None), Lane("server", "192.0.2.66"),
        Lane("resolver", "198.51.100.54"),
    ) == made.lanes  # fmt: skip
    assert {(1, 0), (0, 1), (3, 4), (4, 3)} <= {(s.source, s.target) for s in made.shots}


def test_lookups_alone() -> None:
    made = set_up(None, LOOKUPS)

    assert ["client", "mta-eth0", "resolver"] == [lane.name for lane in made.lanes]
    assert [(0, 2, (1,)), (2, 0, (1,))] * 2 == [(s.source, s.target, s.seen) for s in made.shots]


def test_waiting_in_vain_is_part_of_it() -> None:
    made = set_up(None, (scenes.lookup("x.example", "A", None, 3, scenes.at(0), rcode=None),))

    assert scenes.at(0) + 10 * scenes.SECOND == made.until


def test_nothing_to_show() -> None:
    assert scene((), (), CITED) is None


def test_who_saw_it_and_what_the_finding_rests_on() -> None:
    made = set_up(SEED)

    assert all((1,) == shot.seen for shot in made.shots)
    assert {7, 15, 16, 17, 18} == {shot.speech.frame for shot in made.shots if shot.cited}


def test_many_places_are_thinned_out() -> None:
    several = Connection(tuple(replace(scenes.sighting(), vantage=f"hop{n}") for n in range(9)))

    assert ["hop0", "hop1", "hop7", "hop8"] == [lane.name for lane in set_up(several).lanes if lane.address is None]
    assert MOST_PLACES == 4


def test_a_place_that_saw_nothing_is_on_the_stage() -> None:
    finding = replace(CITED, code="dropped-in-transit", evidence=(Evidence("nothing", "wan"),))

    assert ["mta-eth0", "wan"] == [lane.name for lane in set_up(SEED, (), finding).lanes if lane.address is None]


def test_a_long_talk_keeps_its_ends_and_what_is_cited() -> None:
    dialogue = SEED.dialogue
    assert dialogue is not None
    events = tuple(Command(scenes.at(n), n, "NOOP", str(n)) for n in range(100, 400))
    long = SEED._replace(dialogue=replace(dialogue, events=events, exchanges=()))
    finding = replace(CITED, evidence=(Evidence("x", scenes.MTA, (250,)),))
    made = set_up(long, (), finding)

    assert len(made.shots) <= MOST_SHOTS
    assert 250 in {shot.speech.frame for shot in made.shots}
    assert 302 == made.packets
    assert made.packets == sum(1 + shot.passed_over for shot in made.shots)
    assert KEPT_FRAMES < MOST_SHOTS
