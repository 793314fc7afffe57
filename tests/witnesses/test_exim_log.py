"""Exim's lines, as it wrote them, and what they claim."""

import pytest

from tests.witnesses.logged import claims, client, delivery, offered, survives
from wiretruth.model.log import Ending, LoggedDelivery, Status
from wiretruth.model.packet import Endpoint
from wiretruth.witnesses.exim_log import LOG

SENT = (
    "2026-11-20 18:55:58.187 [6365] 1xUTmA-0001ed-0Y => bob@dnat.example.com R=dns T=remote_smtp H=mx.dnat.example.com "
    '[10.98.0.13]:25 I=[10.98.1.1]:46500 C="250 2.0.0 Ok: queued as 9A1B2C"'
)


@pytest.mark.parametrize(
    "line",
    [
        SENT,
        SENT.replace("1xUTmA-0001ed-0Y", "1xUTmA-00000001ABC-0YXX"),
        SENT.replace(" [6365]", ""),
        "Nov 20 18:55:58 client exim[6365]: " + SENT,
        "<22>1 2026-11-20T18:55:58Z client exim4 6365 - - " + SENT.partition("] ")[2],
    ],
)
def test_a_delivery(line: str) -> None:
    told = delivery(LOG("x"), line)

    assert ("bob@dnat.example.com", "mx.dnat.example.com", "10.98.0.13", 25) == (
        told.recipient, told.relay, told.address, told.port,
    )  # fmt: skip
    assert (Status.SENT, "250 2.0.0 Ok: queued as 9A1B2C") == (told.status, told.reply)
    assert Endpoint("10.98.1.1", 46500) == told.local


@pytest.mark.parametrize(
    ("message", "status", "ending", "reply"),
    [
        (
            ("== bob@drop.example.com R=dns T=remote_smtp defer (110): Connection timed out H=mx [10.98.0.10]:25 "
            "I=[10.98.1.1]:40788: SMTP timeout after initial connection"),
            Status.DEFERRED, Ending.SILENT, None,
        ),
        ("== bob@x.example R=dns T=remote_smtp defer (111): Connection refused H=mx [10.98.0.10]:25",
         Status.DEFERRED, Ending.REFUSED, None),
        ("H=mx.refuse.example.com [10.98.0.10]:25 Connection refused", Status.TRIED, Ending.REFUSED, None),
        ("H=mail.example.net [10.98.0.10]:25: SMTP timeout after initial connection: Connection timed out",
         Status.TRIED, Ending.SILENT, None),
        (
            ("** u550@ok.example.com R=dns T=remote_smtp H=mx.ok.example.com [10.98.0.10]:25 I=[10.98.1.1]:35470: SMTP error "
            "from remote mail server after RCPT TO:<u550@ok.example.com>: 550 5.1.1 User unknown"),
            Status.BOUNCED, None, "550 5.1.1 User unknown",
        ),
        ("H=mx [10.98.0.10]:25: SMTP error from remote mail server after pipelined end of data: 451 later",
         Status.TRIED, None, "451 later"),
    ],
)  # fmt: skip
def test_failures(message: str, status: Status, ending: Ending | None, reply: str | None) -> None:
    told = delivery(LOG("x"), f"2026-11-20 18:55:57.093 [2377] 1xUTjy-0000cJ-2X {message}")

    assert (status, ending, reply, "10.98.0.10") == (told.status, told.ending, told.reply, told.address)


@pytest.mark.parametrize(("second", "expected"), [("", "10.98.0.10"), ("10.98.0.11", None)])
def test_a_line_that_puts_off_may_leave_the_host_to_the_one_before(second: str, expected: str | None) -> None:
    """With one recipient Exim does not repeat it; where several hosts were tried, the line may mean any."""
    head = "2026-11-20 18:55:57.093 [2377] 1xUTjy-0000cJ-2X "
    tried = [f"{head}H=mx [{address}]:25 Connection refused" for address in ("10.98.0.10", second) if address]
    told = claims(LOG("x"), *tried, f"{head}== bob@x.example R=dns T=remote_smtp defer (111): Connection refused")[-1]

    assert isinstance(told, LoggedDelivery)
    assert (Ending.REFUSED, expected) == (told.ending, told.address)


def test_a_line_of_a_real_run_with_chunking() -> None:
    told = delivery(
        LOG("x"),
        "2026-11-21 04:22:38.579 [17014] 1xUccY-0004QJ-1d => bob@example.net R=dns T=remote_smtp H=mail.example.net "
        '[198.51.100.10]:25 K C="250 2.0.0 Ok: 339 bytes queued as 8C00820C869"',
    )

    assert "250 2.0.0 Ok: 339 bytes queued as 8C00820C869" == told.reply


def test_the_sender_comes_first() -> None:
    told = delivery(LOG("x"), SENT.partition("=>")[0] + "<= alice@client.example.com U=root P=local S=326", SENT)

    assert "alice@client.example.com" == told.sender


@pytest.mark.parametrize(
    "message",
    [
        "1xUTmA-0001ed-0Y Completed",
        "1xUTmA-0001ed-0Y => bob <bob@x.example> R=local T=local_delivery",
        "1xUTmA-0001ed-0Y == bob@x.example R=dns T=remote_smtp defer (-53): retry time not reached for any host for 'x'",
        "Start queue run: pid=2351",
        "[17014] exim user lost privilege for using -C option",
        "H=mx [10.98.0.10] no such line",
    ],
)
def test_lines_that_claim_no_contact_are_known(message: str) -> None:
    assert [] == claims(LOG("x"), f"2026-11-20 18:55:57 {message}")


def test_who_sent_it() -> None:
    told = client(
        LOG("x"),
        "2026-11-20 18:55:57 1xUTmA-0001ed-0Y <= a@b.example H=mx.b.example (helo.b) [192.0.2.9]:4711 P=esmtp S=326",
    )

    assert ("192.0.2.9", 4711, "mx.b.example", "helo.b") == (told.address, told.port, told.name, told.helo)
    assert ("1xUTmA-0001ed-0Y", "a@b.example") == (told.queue_id, told.sender)


def test_a_refusal() -> None:
    told = client(
        LOG("x"),
        "2026-11-20 18:55:57 H=(helo.b) [192.0.2.9]:4711 F=<a@b.example> rejected RCPT <c@d.example>: Unknown user",
    )

    assert ("192.0.2.9", "helo.b", "a@b.example", "c@d.example", "Unknown user") == (
        told.address, told.helo, told.sender, told.recipient, told.reply,
    )  # fmt: skip


def test_plain_lines_of_others_are_not_exim() -> None:
    lines = ["2026-11-20 18:55:57 something happened", "no time at all", "Nov 20 18:55:58 x cron[1]: H=x"]

    assert [None] * len(lines) == offered(LOG("x"), *lines)


def test_hostile_lines_are_bounded() -> None:
    head = "2026-11-20 18:55:57 1xUTmA-0001ed-0Y "
    survives(LOG("x"), head, head + "=> ", head + "== a@b H=", head + "H=x [1.2.3.4]:25 ", head + "<= a H=")
