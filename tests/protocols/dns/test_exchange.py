"""One lookup under way: what it notes, and what it makes of it."""

import pytest

from tests.protocols.dns.scene import CLIENT, OTHER, RESOLVER, SECOND, START, message
from wiretruth.model.dns import Question, ResourceRecord
from wiretruth.model.frames import Mark
from wiretruth.model.sighting import KEPT_FRAMES, Rejection
from wiretruth.protocols.dns.exchange import ANSWER_WINDOW, GIVE_UP, SAME_PACKET, Exchange, agree


def asked(at: int = START) -> Exchange:
    exchange = Exchange("gw", (CLIENT, "udp", 4711), RESOLVER, message())
    exchange.ask(Mark(at, 1))
    return exchange


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        (Question("mail.example.net", "A"), True),
        (Question("mAiL.eXample.NET", "A"), True),
        (Question("mail.example.net", "AAAA"), False),
        (Question("mail.example.net", "A", "CH"), False),
        (Question("mail.example.org", "A"), False),
    ],
)
def test_questions_are_compared_without_case(other: Question, expected: bool) -> None:
    """RFC 4343; resolvers mix the case on purpose (0x20)."""
    assert expected == asked().asks(other)


@pytest.mark.parametrize(
    ("later", "expected"),
    [(0, True), (SAME_PACKET, True), (-SAME_PACKET, True), (SAME_PACKET + 1, False), (SECOND, False)],
)
def test_a_packet_captured_twice(later: int, expected: bool) -> None:
    assert expected == asked().repeats(START + later)


def test_deadline_follows_the_last_query_and_then_the_response() -> None:
    exchange = asked()
    assert START + GIVE_UP == exchange.deadline
    exchange.ask(Mark(START + SECOND, 2))
    assert START + SECOND + GIVE_UP == exchange.deadline
    exchange.answer(Mark(START + 2 * SECOND, 3), message("192.0.2.1"), RESOLVER)
    assert START + 2 * SECOND + ANSWER_WINDOW == exchange.deadline


def test_sendings_are_counted_beyond_those_kept() -> None:
    exchange = asked()
    for number in range(2, 40):
        exchange.ask(Mark(START + number * SECOND, number))
    lookup = exchange.lookup(START)

    assert (39, KEPT_FRAMES) == (lookup.query_count, len(lookup.queries))


def test_rejections_are_bounded() -> None:
    exchange = asked()
    for number in range(40):
        exchange.reject(Rejection(START, number, "192.0.2.1", 4, 3, 3, None, CLIENT, RESOLVER, 64, of_syn=False))

    assert KEPT_FRAMES == len(exchange.lookup(START).rejections)


@pytest.mark.parametrize(
    ("seen_until", "expected"), [(5 * SECOND, 5 * SECOND), (GIVE_UP, GIVE_UP), (2 * GIVE_UP, GIVE_UP), (-SECOND, 0)]
)
def test_waited_until_is_never_later_than_anybody_watched(seen_until: int, expected: int) -> None:
    assert START + expected == asked().lookup(START + seen_until).waited_until


def test_reply_source_only_where_it_differs() -> None:
    usual, odd = asked(), asked()
    usual.answer(Mark(START + 1, 2), message("192.0.2.1"), RESOLVER)
    odd.answer(Mark(START + 1, 2), message("192.0.2.1"), OTHER)

    assert (None, OTHER) == (usual.lookup(START).reply_source, odd.lookup(START).reply_source)


def test_other_answers_are_each_kept_once() -> None:
    exchange = asked()
    exchange.answer(Mark(START, 2), message("192.0.2.1"), RESOLVER)
    news = [
        exchange.answer_again(Mark(START, 3 + i), message(*addresses))
        for i, addresses in enumerate([("192.0.2.1",), ("192.0.2.2",), ("192.0.2.2",), ("192.0.2.1", "192.0.2.2")])
    ]

    assert [False, True, False, True] == news
    assert [4, 6] == [mark.frame for mark, _ in exchange.lookup(START).other_answers]


def test_weight_grows_with_what_is_kept() -> None:
    exchange = asked()
    assert 1 == exchange.weight
    exchange.answer(Mark(START, 2), message("192.0.2.1", "192.0.2.2"), RESOLVER)
    assert 3 == exchange.weight
    exchange.answer_again(Mark(START, 2), message("x" * 1280))
    assert 14 == exchange.weight


@pytest.mark.parametrize(
    ("others", "expected"),
    [
        ([("mail.example.net", 300, "192.0.2.1"), ("mail.example.net", 300, "192.0.2.2")], True),
        ([("mail.example.net", 7, "192.0.2.2"), ("MAIL.example.net", 7, "192.0.2.1")], True),
        ([("mail.example.net", 300, "192.0.2.1")], False),
        ([], False),
    ],
)
def test_answers_agree_as_sets_whatever_their_ttl(others: list[tuple[str, int, str]], expected: bool) -> None:
    some = tuple(ResourceRecord("mail.example.net", "A", 300, data) for data in ("192.0.2.1", "192.0.2.2"))

    assert expected == agree(some, tuple(ResourceRecord(name, "A", ttl, data) for name, ttl, data in others))


def test_names_in_answers_agree_without_case_but_texts_do_not() -> None:
    one, other = "10 Mail.example.net", "10 mail.example.net"

    assert agree(
        (ResourceRecord("example.net", "MX", 1, one, "IN", "Mail.example.net", 10),),
        (ResourceRecord("example.net", "MX", 1, other, "IN", "mail.example.net", 10),),
    )
    assert not agree((ResourceRecord("a", "TXT", 1, '"A"'),), (ResourceRecord("a", "TXT", 1, '"a"'),))
