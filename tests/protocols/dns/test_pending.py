"""The lookups under way: found by key, over in order."""

from tests.protocols.dns.scene import CLIENT, RESOLVER, SECOND, START, message
from wiretruth.model.frames import Mark
from wiretruth.protocols.dns.exchange import ANSWER_WINDOW, GIVE_UP, Exchange
from wiretruth.protocols.dns.pending import MAX_ALIKE, MAX_SEARCHED, Pending


def started(pending: Pending, at: int, identity: int = 1) -> Exchange:
    exchange = Exchange("gw", (CLIENT, "udp", identity), RESOLVER, message(identity=identity))
    exchange.ask(Mark(at, 1))
    pending.add(exchange)
    return exchange


def test_found_by_key_and_forgotten() -> None:
    pending = Pending("gw")
    one, other = started(pending, START), started(pending, START)

    assert [one, other] == pending.alike(one.key)
    assert [] == pending.alike((CLIENT, "tcp", 1))
    pending.remove(one)
    assert [other] == pending.alike(one.key)
    pending.remove(other)
    assert [] == pending.alike(one.key)
    assert [] == pending.all()


def test_due_when_the_deadline_is_behind() -> None:
    pending = Pending("gw")
    one, other = started(pending, START), started(pending, START + 5)

    assert [] == pending.due(START + GIVE_UP)
    assert [one] == pending.due(START + GIVE_UP + 1)
    assert [one, other] == pending.due(START + GIVE_UP + 6)


def test_another_query_puts_it_last() -> None:
    pending = Pending("gw")
    one, other = started(pending, START), started(pending, START + 5)
    one.ask(Mark(START + SECOND, 3))
    pending.reorder(one)

    assert [other] == pending.due(START + GIVE_UP + SECOND)
    assert other is pending.oldest()


def test_answered_ones_are_over_sooner_and_make_room_first() -> None:
    pending = Pending("gw")
    silent, answered = started(pending, START), started(pending, START)
    answered.answer(Mark(START, 2), message("192.0.2.1"), RESOLVER)
    pending.reorder(answered)

    assert [answered] == pending.due(START + ANSWER_WINDOW + 1)
    assert answered is pending.oldest()
    assert [silent] == list(pending.unanswered())


def test_time_never_goes_back() -> None:
    pending = Pending("gw")
    pending.due(START)
    pending.due(START - SECOND)

    assert START == pending.now


def test_alike_ones_are_bounded() -> None:
    pending = Pending("gw")
    first = started(pending, START)
    for _ in range(MAX_ALIKE - 1):
        started(pending, START)
    last = Exchange("gw", first.key, RESOLVER, message())

    assert first is pending.add(last)


def test_search_is_bounded_and_begins_with_the_newest() -> None:
    pending = Pending("gw")
    newest = [started(pending, START, identity) for identity in range(MAX_SEARCHED + 10)][-1]
    found = list(pending.unanswered())

    assert (newest, MAX_SEARCHED) == (found[0], len(found))
