"""Rows say of sessions what the sessions say. That they make the same sightings is held in ``test_session_store``."""

from random import Random

import numpy as np

from tests.columns.steadied import followed
from tests.engine.polite import session
from wiretruth.engine.session_rows import Chunk, Sessions, earliest, known, last_seen, packed
from wiretruth.engine.tally import VantageTally
from wiretruth.model.sighting import Outcome
from wiretruth.protocols.smtp.faultless import Facts
from wiretruth.protocols.smtp.talk import Turn

FACTS = Facts((b"b@example.net",), b"220 mx\r\n", b"250 mx\r\n", True)
TURNS: list[Turn] = [(b"220 mx.example.net ESMTP\r\n", [26], [(1, 1)], None), (b"QUIT\r\n", [6], [(2, 2)], None)]


def chunk() -> Chunk:
    sessions = [session(Random(seed), seed, 0.0) for seed in range(9)]
    state = followed([s for some in sessions if ":" not in some[0].source[0] for s in some]).after
    return packed(
        state, np.arange(len(state)).astype(np.uint64), [(TURNS, [b"x", b"y"])] * len(state), [FACTS] * len(state)
    )


def test_packed_and_unpacked() -> None:
    some = chunk()
    rows = list(some.rows())

    assert [FACTS] * len(rows) == some.told()
    assert all((TURNS, [b"x", b"y"]) == said for _, said in rows)
    assert some.summary["at"].tolist() == [row["marks"][1, 0, 0] for row, _ in rows]
    assert some.summary["last"].tolist() == [last_seen(np.array([row]))[0] for row, _ in rows]
    assert earliest(some.summary) == some.summary["last"].min()


def test_squeezed() -> None:
    some = chunk()
    dense = some.squeezed()

    assert some.told() == dense.told()
    assert [said for _, said in some.rows()] == [said for _, said in dense.rows()]
    assert len(dense.packed) < len(some.packed)


def test_what_is_over_is_not_waited_for() -> None:
    some = chunk()
    some.summary["live"][:] = False

    assert 0 == earliest(some.summary)


def test_sessions_are_counted_and_made() -> None:
    some = chunk()
    sessions = Sessions([some], ["tap"], 1 << 40)
    tally = VantageTally()
    sessions.settle({"tap": tally})
    made = list(sessions.made([~some.gone]))

    assert len(sessions) == tally.two_sided == len(made)
    assert sum(s.from_client.octets + s.from_server.octets for s, _ in made) == tally.seen_octets
    assert {("tap", s.client.address) for s, _ in made} == set(sessions.clients())
    assert {Outcome.ESTABLISHED} == {s.outcome for s, _ in made}
    assert all(s.serial >= 1 << 40 for s, _ in made)
    assert all(d.greeting is not None and d.serial == s.serial for s, d in made)


def test_what_went_on_is_not_made() -> None:
    some = chunk()
    some.gone[0] = True
    sessions = Sessions([some], ["tap"], 0)

    assert len(sessions) == len(some.gone) - 1 == len(sessions.kept())


def test_everything_that_is_known() -> None:
    (row, (_, recalled)), *_ = chunk().rows()
    told = known(row, ["tap"], 5, recalled)

    assert ("tap", b"y", b"x") == (told.vantage, told.from_client.recalled, told.from_server.recalled)
    assert told.serial == 5 + told.from_client.marks[0].frame  # type: ignore[union-attr]  # its SYN was seen
