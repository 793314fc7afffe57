"""Each record is harvested once, when it is over."""

from tests.engine.stage import busy, read
from wiretruth.engine.harvest import REST, Harvest, failed, harvest
from wiretruth.engine.settings import Settings

SCENE = busy()
REPORT = read(SCENE, settings=Settings(every_lookup=True))


def of(now: int, after: int) -> Harvest:
    return harvest(REPORT, now, after)


def test_everything_is_harvested_at_the_end() -> None:
    found = of(SCENE.now + REST, 0)

    assert len(REPORT.connections) == len(found.connections)
    assert len(REPORT.lookups) == sum(row.lookups for row in found.resolvers)
    assert len(REPORT.deliveries) == len(found.deliveries)
    assert () == found.under_way


def test_two_harvests_are_one() -> None:
    whole = of(SCENE.now + REST, 0)
    first = of(SCENE.now - 20 * 10**9, 0)
    second = of(SCENE.now + REST, first.until)

    assert sorted(whole.connections) == sorted(first.connections + second.connections)
    assert sum(r.lookups for r in whole.resolvers) == sum(r.lookups for r in first.resolvers + second.resolvers)


def test_nothing_is_harvested_twice() -> None:
    found = of(SCENE.now + REST, SCENE.now + 1)

    assert ((), (), (), ()) == (found.connections, found.resolvers, found.deliveries, found.answers)


def test_what_just_happened_is_under_way() -> None:
    assert ["example.net"] == [row.domain for row in of(SCENE.now, 0).under_way]


def test_failures_are_told_apart() -> None:
    outcomes = {row.outcome: failed(row) for row in of(SCENE.now + REST, 0).connections}

    assert {"established": False, "refused": True, "unanswered": True} == outcomes


def test_resolvers_are_summed_up() -> None:
    (row,) = of(SCENE.now + REST, 0).resolvers

    assert (4, 2, 1, 3) == (row.lookups, row.failed, row.unanswered, row.answered)
    assert row.latency > 0
