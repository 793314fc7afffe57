"""What is one lookup, what is two, and when it is over."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.protocols.dns.scene import CLIENT, OTHER, RESOLVER, SECOND, Scene, message, moment
from wiretruth.model.dns import Lookup
from wiretruth.model.packet import Endpoint
from wiretruth.protocols.dns.exchange import ANSWER_WINDOW, GIVE_UP
from wiretruth.protocols.dns.lookups import LookupTable
from wiretruth.protocols.dns.pending import MAX_ALIKE

ANSWER = message("192.0.2.1")
REFUSED = message(response=True, rcode="REFUSED")


def told(lookups: Sequence[Lookup]) -> list[tuple[int, str | None, list[str]]]:
    """Sum lookups up: queries, rcode, addresses."""
    return [(x.query_count, x.rcode, [record.data for record in x.answers]) for x in lookups]


def test_a_lookup_is_a_query_and_its_response() -> None:
    scene = Scene()
    scene.ask(0)
    scene.answer(0.25, ANSWER)
    (lookup,) = scene.finish()

    assert ("gw", CLIENT, RESOLVER, "udp", 4711) == (
        lookup.vantage,
        lookup.client,
        lookup.resolver,
        lookup.transport,
        lookup.id,
    )
    assert ("mail.example.net", "A", "IN") == lookup.question
    assert ((1, 2), SECOND // 4, moment(0.25)) == (lookup.frames, lookup.latency, lookup.waited_until)
    assert [(1, "NOERROR", ["192.0.2.1"])] == told([lookup])


def test_a_lookup_is_given_when_no_second_answer_can_come() -> None:
    scene = Scene()
    scene.ask(0)
    scene.answer(0.1, ANSWER)

    assert [] == scene.advance(0.1 + ANSWER_WINDOW / SECOND)
    assert [(1, "NOERROR", ["192.0.2.1"])] == told(scene.advance(0.11 + ANSWER_WINDOW / SECOND))
    assert 1 == len(scene.finish())


def test_retransmissions_are_one_lookup() -> None:
    scene = Scene()
    scene.ask(0)
    scene.ask(5)
    scene.ask(10)
    scene.answer(10.2, ANSWER)
    (lookup,) = scene.finish()

    assert (3, (1, 2, 3, 4)) == (lookup.query_count, lookup.frames)


def test_each_resolver_is_a_lookup_of_its_own() -> None:
    scene = Scene()
    scene.ask(0)
    scene.ask(5, resolver=OTHER)
    scene.answer(5.1, ANSWER, resolver=OTHER)

    assert [(RESOLVER, None), (OTHER, "NOERROR")] == [(x.resolver, x.rcode) for x in scene.finish()]


@pytest.mark.parametrize("identity", [4711, 4712])
def test_a_new_port_or_id_is_a_new_lookup(identity: int) -> None:
    scene = Scene()
    scene.ask(0)
    scene.ask(2, message(identity=identity), client=Endpoint(CLIENT.address, 40001))
    scene.answer(2.1, message("192.0.2.1", identity=identity), client=Endpoint(CLIENT.address, 40001))

    assert [(1, None, []), (1, "NOERROR", ["192.0.2.1"])] == told(scene.finish())


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        ({"kind": "AAAA"}, 2),
        ({"name": "other.example.net"}, 2),
        ({"name": "MAIL.example.NET"}, 1),
    ],
)
def test_question_decides(other: dict[str, str], expected: int) -> None:
    scene = Scene()
    scene.ask(0)
    scene.ask(3, message(**other))  # type: ignore[arg-type]  # only its two text parameters are given

    assert expected == len(scene.finish())


def test_vantages_and_transports_are_kept_apart() -> None:
    scene = Scene()
    scene.ask(0)
    scene.ask(0, vantage="mta")
    scene.ask(0, transport="tcp")
    scene.answer(0.1, ANSWER, vantage="mta")

    assert [("gw", "udp", None), ("gw", "tcp", None), ("mta", "udp", "NOERROR")] == [
        (x.vantage, x.transport, x.rcode) for x in sorted(scene.finish(), key=lambda x: (x.vantage, x.frames))
    ]


def test_a_packet_captured_twice_is_no_retransmission() -> None:
    scene = Scene()
    scene.ask(0)
    scene.ask(0.0001)
    scene.answer(0.0002, ANSWER)
    scene.ask(0.0003)
    scene.answer(0.0004, ANSWER)

    assert [(1, "NOERROR", ["192.0.2.1"])] == told(scene.finish())
    assert (2, 1) == (scene.table.counts.duplicate_queries, scene.table.counts.repeated_answers)


def test_the_same_query_after_its_answer_is_a_new_lookup() -> None:
    scene = Scene()
    scene.ask(0)
    scene.answer(0.1, ANSWER)
    scene.ask(1)
    scene.answer(1.1, message("192.0.2.2"))

    assert [(1, "NOERROR", ["192.0.2.1"]), (1, "NOERROR", ["192.0.2.2"])] == told(scene.finish())


def test_a_second_answer_that_differs_is_kept() -> None:
    scene = Scene()
    scene.ask(0)
    scene.answer(0.01, message("203.0.113.66"))
    scene.answer(0.05, ANSWER)
    (lookup,) = scene.finish()

    assert ["203.0.113.66"] == [x.data for x in lookup.answers]
    assert [(3, "192.0.2.1")] == [(mark.frame, records[0].data) for mark, records in lookup.other_answers]


def test_a_second_answer_that_agrees_is_counted() -> None:
    scene = Scene()
    scene.ask(0)
    scene.answer(0.01, message("192.0.2.1", "192.0.2.2"))
    scene.answer(0.05, message("192.0.2.2", "192.0.2.1", ttl=60))
    (lookup,) = scene.finish()

    assert ((), 1) == (lookup.other_answers, scene.table.counts.repeated_answers)


def test_a_response_without_its_query_is_a_lookup() -> None:
    """The capture began later, or shows one side only."""
    scene = Scene()
    scene.answer(0, ANSWER)
    scene.answer(0.0001, ANSWER)
    (lookup,) = scene.finish()

    assert ((), 0, moment(0), (1,)) == (lookup.queries, lookup.query_count, lookup.at, lookup.frames)
    assert (CLIENT, RESOLVER, "NOERROR", None) == (lookup.client, lookup.resolver, lookup.rcode, lookup.reply_source)


def test_a_query_that_the_capture_holds_behind_its_response() -> None:
    """Frames of several queues are not always in the order of their times."""
    scene = Scene()
    scene.answer(0.0002, ANSWER)
    scene.ask(0.0001)

    assert [(1, "NOERROR", ["192.0.2.1"])] == told(scene.finish())


def test_a_response_from_elsewhere_names_its_source() -> None:
    scene = Scene()
    scene.ask(0)
    scene.answer(0.1, ANSWER, resolver=Endpoint("127.0.0.1", 53))
    (lookup,) = scene.finish()

    assert (RESOLVER, Endpoint("127.0.0.1", 53), "NOERROR") == (lookup.resolver, lookup.reply_source, lookup.rcode)


def test_a_late_response_from_elsewhere_does_not_join_an_answered_lookup() -> None:
    scene = Scene()
    scene.ask(0)
    scene.answer(0.1, ANSWER)
    scene.answer(0.2, message("203.0.113.66"), resolver=OTHER)

    assert [(RESOLVER, 1), (OTHER, 0)] == [(x.resolver, x.query_count) for x in scene.finish()]


def test_an_error_without_question_answers_the_query() -> None:
    scene = Scene()
    scene.ask(0)
    scene.answer(0.1, message(response=True, rcode="FORMERR", question=False))
    scene.answer(0.2, message(response=True, rcode="FORMERR", question=False, identity=9))

    assert [(1, "FORMERR", [])] == told(scene.finish())
    assert 1 == scene.table.counts.stray_responses


@pytest.mark.parametrize("opcode", [1, 2, 4, 5])
def test_other_opcodes_are_no_lookups(opcode: int) -> None:
    scene = Scene()
    scene.ask(0, message(opcode=opcode))
    scene.answer(0.1, message(response=True, opcode=opcode))

    assert [] == scene.finish()
    assert 2 == scene.table.counts.other_messages


def test_a_query_without_question_is_no_lookup() -> None:
    scene = Scene()
    scene.ask(0, message(question=False))

    assert ([], 1) == (scene.finish(), scene.table.counts.other_messages)


@pytest.mark.parametrize("identity", [4711, None])
def test_a_rejected_query_waits_on(identity: int | None) -> None:
    """The error is kept with the lookup, which a later attempt may still answer."""
    scene = Scene()
    scene.ask(0)
    scene.reject(0.001, identity)
    scene.ask(5)
    scene.answer(5.1, ANSWER)
    (lookup,) = scene.finish()

    assert (2, "NOERROR", [2]) == (lookup.query_count, lookup.rcode, [x.frame for x in lookup.rejections])


def test_a_rejected_query_is_given_up_like_any_other() -> None:
    scene = Scene()
    scene.ask(0)
    scene.reject(0.001)

    assert [] == scene.advance(GIVE_UP / SECOND)
    assert [(1, None, [])] == told(scene.advance(GIVE_UP / SECOND + 1))


def test_rejections_of_nothing_known_are_counted() -> None:
    scene = Scene()
    scene.ask(0)
    scene.ask(0, message(kind="AAAA", identity=4712))
    scene.reject(0.1, 1)
    scene.reject(0.1, None)
    scene.reject(0.1, 4711, OTHER)

    assert [0, 0] == [len(x.rejections) for x in scene.finish()]
    assert 3 == scene.table.counts.stray_rejections


def test_waiting_ends_with_what_the_vantage_saw() -> None:
    """Another capture that goes on longer does not make this one a witness of silence."""
    scene = Scene()
    scene.ask(0)
    scene.advance(3, "gw")
    scene.answer(500, message("192.0.2.2", identity=5), vantage="mta")
    scene.advance(500, "mta")
    lookup = next(x for x in scene.finish() if x.rcode is None)

    assert moment(3) == lookup.waited_until


def test_everybody_watches_when_live() -> None:
    scene = Scene()
    scene.ask(0)
    scene.ask(0, vantage="mta")
    given_up = scene.advance(GIVE_UP / SECOND + 1)

    assert [moment(GIVE_UP / SECOND)] * 2 == [x.waited_until for x in given_up]


def test_lookups_come_in_the_order_of_their_first_query() -> None:
    scene = Scene()
    for number, at in enumerate((0, 0.1, 0.2)):
        scene.ask(at, message(identity=number))
    for number, at in ((2, 0.3), (0, 0.4), (1, 0.5)):
        scene.answer(at, message("192.0.2.1", identity=number))

    assert [0, 1, 2] == [x.id for x in scene.advance(10)]


def test_a_full_table_gives_the_oldest_before_their_time() -> None:
    scene = Scene(LookupTable(limit=3))
    for number in range(5):
        scene.ask(number, message(identity=number))

    assert ([0, 1], 2) == ([x.id for x in scene.given], scene.table.counts.evicted)
    assert [moment(3), moment(4)] == [x.waited_until for x in scene.given]
    assert [0, 1, 2, 3, 4] == [x.id for x in scene.finish()]


def test_records_count_against_the_limit() -> None:
    scene = Scene(LookupTable(limit=10))
    scene.answer(0, message(*(f"192.0.2.{i}" for i in range(9))))
    scene.answer(1, message(*(f"192.0.2.{i}" for i in range(8)), identity=2))

    assert [4711] == [x.id for x in scene.given]
    assert 1 == scene.table.counts.evicted


def test_another_vantage_makes_room_only_at_last() -> None:
    scene = Scene(LookupTable(limit=2))
    scene.ask(0, vantage="one")
    scene.ask(0, message(identity=1), vantage="two")
    scene.ask(1, message(identity=2), vantage="two")
    assert [("two", 1)] == [(x.vantage, x.id) for x in scene.given]


def test_a_flood_of_questions_under_one_id_is_bounded() -> None:
    scene = Scene()
    for number in range(MAX_ALIKE + 5):
        scene.ask(number, message(name=f"n{number}.example.net"))

    assert 5 == scene.table.counts.evicted
    assert MAX_ALIKE + 5 == len(scene.finish())


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["ask", "answer", "reject", "advance"]),
        st.floats(0, 40),
        st.integers(0, 2),
        st.sampled_from([RESOLVER, OTHER]),
        st.sampled_from(["192.0.2.1", "192.0.2.2"]),
    ),
    max_size=30,
)


def _play(steps: list[tuple[str, float, int, Endpoint, str]], limit: int, advance: bool) -> Scene:
    scene = Scene(LookupTable(limit))
    at = 0.0
    for kind, later, identity, resolver, address in steps:
        at += later
        if kind == "ask":
            scene.ask(at, message(identity=identity), resolver=resolver)
        elif kind == "answer":
            scene.answer(at, message(address, identity=identity), resolver=resolver)
        elif kind == "reject":
            scene.reject(at, identity)
        else:
            scene.frame += 1
            if advance:
                scene.advance(at)
    scene.finish()
    return scene


@given(STEPS, st.integers(1, 50))
def test_every_query_is_told_once(steps: list[tuple[str, float, int, Endpoint, str]], limit: int) -> None:
    """Whatever comes, each query and response is in one lookup or counted, and nothing is left behind."""
    scene = _play(steps, limit, advance=True)
    queries = sum(x.query_count for x in scene.given) + scene.table.counts.duplicate_queries
    responses = sum((x.response is not None) + len(x.other_answers) for x in scene.given)

    assert sum(kind == "ask" for kind, *_ in steps) == queries
    assert sum(kind == "answer" for kind, *_ in steps) == responses + scene.table.counts.repeated_answers
    assert 0 == scene.table._weight
    assert [] == [x for x in scene.given if x.waited_until < x.at]


@given(STEPS)
def test_how_often_the_time_is_told_changes_no_lookup(steps: list[tuple[str, float, int, Endpoint, str]]) -> None:
    """The time of the last message stays what it is; what lies between is no news."""
    ended = [*steps, ("ask", 1000.0, 9, RESOLVER, "")]
    often, seldom = _play(ended, 1000, advance=True), _play(ended, 1000, advance=False)

    assert sorted(often.given, key=lambda x: x.frames) == sorted(seldom.given, key=lambda x: x.frames)
