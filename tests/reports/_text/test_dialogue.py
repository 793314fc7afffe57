"""One SMTP dialogue as lines of a story."""

from dataclasses import replace

import pytest

from tests.reports import scenes
from wiretruth.model.smtp import Command, Dialogue, Exchange, Reply, Step
from wiretruth.model.tls import TlsStart
from wiretruth.reports._text.dialogue import LONGEST_REPLY, reply_words, spelt_out, told
from wiretruth.reports._text.page import text

SEED = scenes.dialogue()
LATE = scenes.at(981) + 300 * scenes.SECOND


def lines(dialogue: Dialogue, until: int = LATE) -> list[str]:
    return [text(*moment.pieces).plain for moment in told(dialogue, until)]


def exchange(step: Step, verb: str, argument: str, reply: Reply | None) -> Exchange:
    return Exchange(step, Command(scenes.at(926), 15, verb, argument), scenes.at(926), 15, reply)


def test_seed() -> None:
    assert [
        "greeting: 220 relay.other.example ESMTP",
        "EHLO mta.corp.example, MAIL, RCPT, DATA: agreed",
        "message of 551 octets: 250 2.0.0 Ok",
    ] == lines(SEED)


def test_several_recipients_are_counted() -> None:
    rcpt = SEED.exchanges[3]

    assert ["3 RCPT: agreed"] == lines(replace(SEED, exchanges=(rcpt, rcpt, rcpt)))


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (
            exchange(Step.RCPT, "RCPT", "TO:<bob@example.net>", scenes.reply(scenes.at(990), 16, 550, "5.1.1 no such")),
            "RCPT TO:<bob@example.net>: 550 5.1.1 no such",
        ),
        (
            exchange(Step.EHLO, "EHLO", "mta", scenes.reply(scenes.at(926) + 12 * scenes.SECOND, 16, 250, "hello")),
            "EHLO mta: 250 hello (after 12.0 s)",
        ),
        (exchange(Step.MAIL, "MAIL", "FROM:<>", None), "MAIL FROM:<>: no reply seen in 5 min 0 s"),
        (Exchange(Step.BANNER, None, LATE, 9, None), "greeting: no reply seen"),
        (Exchange(Step.END_OF_DATA, None, LATE, 9, None), "message: no reply seen"),
    ],
)
def test_what_did_not_go_well_is_told_in_full(asked: Exchange, expected: str) -> None:
    assert [expected] == lines(replace(SEED, exchanges=(asked,)))


def test_a_missing_reply_to_quit_is_no_news() -> None:
    assert [] == lines(replace(SEED, exchanges=SEED.exchanges[-1:]))


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        (
            TlsStart(scenes.at(950), 16, False, "mail.example.net", "TLS 1.3"),
            "TLS begins (TLS 1.3, for mail.example.net): nothing behind it is readable",
        ),
        (TlsStart(scenes.at(950), 16, True), "TLS begins from the first octet: nothing behind it is readable"),
    ],
)
def test_tls(start: TlsStart, expected: str) -> None:
    assert [expected] == lines(replace(SEED, exchanges=(), tls=start))
    assert expected == text(*list(spelt_out(replace(SEED, tls=start)))[-1].pieces).plain


def test_spelt_out() -> None:
    written = [
        text(*moment.pieces).plain for moment in spelt_out(replace(SEED, events=SEED.events[:4], events_dropped=2))
    ]

    assert [
        "S: 220 relay.other.example ESMTP",
        "C: EHLO mta.corp.example",
        "S: 250-relay.other.example",
        "S: 250-PIPELINING",
        "S: 250-8BITMIME",
        "S: 250-ENHANCEDSTATUSCODES",
        "S: 250 DSN",
        "C: MAIL FROM:<alice@corp.example>",
        "(2 further lines not kept)",
    ] == written


def test_a_long_reply_is_cut() -> None:
    words = reply_words(scenes.reply(0, 1, 550, *(["again and again"] * 100)))

    assert LONGEST_REPLY + len(" ...") == len(words)
    assert words.startswith("550 again and again again and again")


def test_an_empty_reply() -> None:
    empty = scenes.reply(0, 1, 250)

    assert "250" == reply_words(empty)
    assert ["S: 250"] == [text(*m.pieces).plain for m in spelt_out(replace(SEED, events=(empty,)))]
