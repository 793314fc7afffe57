"""Postfix's lines, as it wrote them, and what they claim."""

import pytest

from tests.witnesses.logged import claims, client, delivery, offered, survives
from wiretruth.model.log import Ending, Status
from wiretruth.witnesses.postfix_log import LOG

AT = "Nov 20 18:48:03 client"
SENT = (
    f"{AT} postfix/smtp[30392]: F13F273: to=<bob@dnat.example.com>, relay=mx.dnat.example.com[10.98.0.13]:25, delay=0.01, "
    "delays=0/0/0/0, dsn=2.0.0, status=sent (250 2.0.0 Ok: queued as 9A1B2C)"
)


def test_a_delivery_and_its_sender_stand_on_two_lines() -> None:
    told = delivery(
        LOG("mail.log"),
        f"{AT} postfix/qmgr[30355]: F13F273: from=<alice@client.example.com>, size=272, nrcpt=1 (queue active)",
        SENT,
    )

    assert ("alice@client.example.com", "bob@dnat.example.com") == (told.sender, told.recipient)
    assert ("mx.dnat.example.com", "10.98.0.13", 25) == (told.relay, told.address, told.port)
    assert (Status.SENT, "2.0.0", "250 2.0.0 Ok: queued as 9A1B2C") == (told.status, told.dsn, told.reply)
    assert ("F13F273", "client", "Postfix", 2) == (told.queue_id, told.line.host, told.line.program, told.line.number)


@pytest.mark.parametrize(
    ("message", "status", "address", "ending", "reply"),
    [
        (
            "connect to mx.drop.example.com[10.98.0.10]:25: Connection timed out",
            Status.TRIED, "10.98.0.10", Ending.TIMED_OUT, None,
        ),
        (
            ("DF8595D: to=<bob@drop.example.com>, relay=none, delay=3, delays=0/0.02/3/0, dsn=4.4.1, status=deferred "
            "(connect to mx.drop.example.com[10.98.0.10]:25: Connection refused)"),
            Status.DEFERRED, "10.98.0.10", Ending.REFUSED, None,
        ),
        (
            ("D96CF5A: to=<u@ok.example.com>, relay=mx.ok.example.com[10.98.0.9]:25, delay=0.07, delays=0/0/0.02/0, "
            "dsn=4.7.1, status=deferred (host mx.ok.example.com[10.98.0.9] said: 451 4.7.1 Greylisted, try again later "
            "(in reply to RCPT TO command))"),
            Status.DEFERRED, "10.98.0.9", None, "451 4.7.1 Greylisted, try again later",
        ),
        (
            "D96CF5A: host mx1.example.com[2001:db8::1] refused to talk to me: 554 no",
            Status.TRIED, "2001:db8::1", None, "554 no",
        ),
        (
            ("D96CF5A: to=<u@ok.example.com>, orig_to=<v@ok.example.com>, relay=mx.ok.example.com[10.98.0.9]:25, "
            "conn_use=2, delay=5, delays=0/0/0/5, dsn=4.4.2, status=deferred (conversation with "
            "mx.ok.example.com[10.98.0.9] timed out while sending end of data -- message may be sent more than once)"),
            Status.DEFERRED, "10.98.0.9", Ending.SILENT, None,
        ),
        (
            "D96CF5A: lost connection with mx.ok.example.com[::ffff:10.98.0.9] while sending RCPT TO",
            Status.TRIED, "10.98.0.9", Ending.LOST, None,
        ),
        (
            ("D96CF5A: to=<u@nowhere.example>, relay=none, delay=1, delays=0/0/1/0, dsn=5.4.4, status=bounced (Host or "
            "domain name not found. Name service error for name=nowhere.example type=AAAA: Host not found)"),
            Status.BOUNCED, None, None, None,
        ),
    ],
)  # fmt: skip
def test_attempts(message: str, status: Status, address: str | None, ending: Ending | None, reply: str | None) -> None:
    told = delivery(LOG("x"), f"{AT} postfix-out/smtp[30390]: {message}")

    assert (status, address, ending, reply) == (told.status, told.address, told.ending, told.reply)


@pytest.mark.parametrize(
    "message",
    [
        (
            "postfix/error[1]: D96CF5A: to=<u@x.example>, relay=none, delay=1, delays=0/0/1/0, dsn=4.4.1, status=deferred "
            "(delivery temporarily suspended: connect to mx[10.98.0.9]:25: Connection refused)"
        ),
        "postfix/discard[1]: D96CF5A: to=<u@x.example>, relay=none, delay=1, delays=0/0/1/0, dsn=2.0.0, status=sent (x)",
        "postfix/smtp[1]: D96CF5A: enabling PIX workarounds",
        "postfix/smtpd[1]: disconnect from unknown[127.0.0.1] ehlo=1 mail=1 rcpt=0/1 rset=1 commands=3/4",
        "postfix/qmgr[1]: D96CF5A: removed",
        "postfix/submission/smtpd[1]: warning: hostname x does not resolve",
    ],
)
def test_lines_that_claim_no_contact_are_known(message: str) -> None:
    assert [] == claims(LOG("x"), f"{AT} {message}")


def test_how_long_an_attempt_took() -> None:
    told = delivery(LOG("x"), SENT.replace("delays=0/0/0/0", "delays=7/8/1.5/0.25"))

    assert 1_750_000_000 == told.took


@pytest.mark.parametrize(
    ("message", "address", "port", "queue_id"),
    [
        ("smtpd[1]: connect from mx.example.org[192.0.2.99]", "192.0.2.99", None, ""),
        ("smtpd[1]: connect from mx.example.org[192.0.2.99]:4711", "192.0.2.99", 4711, ""),
        ("smtpd[1]: 493B026C7A1: client=unknown[2001:DB8::0:1]", "2001:db8::1", None, "493B026C7A1"),
        ("postscreen[1]: CONNECT from [192.0.2.99]:4711 to [192.0.2.1]:25", "192.0.2.99", 4711, ""),
    ],
)
def test_clients(message: str, address: str, port: int | None, queue_id: str) -> None:
    told = client(LOG("x"), f"{AT} postfix/{message}")

    assert (address, port, queue_id) == (told.address, told.port, told.queue_id)


@pytest.mark.parametrize("daemon", ["smtpd", "postscreen"])
def test_a_refusal_tells_the_envelope(daemon: str) -> None:
    told = client(
        LOG("x"),
        f"{AT} postfix/{daemon}[1]: NOQUEUE: reject: RCPT from unknown[192.0.2.99]: 450 4.1.8 <pat@sender.example>: Sender "
        "address rejected: Domain not found; from=<pat@sender.example> to=<bob@corp.example> proto=ESMTP helo=<mx.sender>",
    )

    assert ("pat@sender.example", "bob@corp.example", "mx.sender") == (told.sender, told.recipient, told.helo)
    assert told.reply == "450 4.1.8 <pat@sender.example>: Sender address rejected: Domain not found"


def test_other_programs_are_not_postfix() -> None:
    lines = [f"{AT} sshd[1]: x", f"{AT} smtpd[1]: x", f"{AT} kernel: postfix/smtp", "postfix/smtp[1]: x"]

    assert [None] * len(lines) == offered(LOG("x"), *lines)


def test_hostile_lines_are_bounded() -> None:
    survives(LOG("x"), f"{AT} postfix/smtp[1]: D96CF5A: to=<", f"{AT} postfix/smtpd[1]: NOQUEUE: reject: RCPT from x[")


def test_forgotten_messages_are_counted() -> None:
    log = LOG("x")
    claims(log, *(f"{AT} postfix/qmgr[1]: {number:08X}: from=<a@b>, size=1" for number in range(20_005)))

    assert 5 == log.given_up
