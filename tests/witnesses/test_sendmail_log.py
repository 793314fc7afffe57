"""Sendmail's lines, as it wrote them, and what they claim."""

import pytest

from tests.witnesses.logged import claims, client, delivery, offered, survives
from wiretruth.model.log import Ending, LoggedDelivery, Status
from wiretruth.witnesses.sendmail_log import LOG

HEAD = "<22>Nov 20 19:09:18 sendmail[23931]: 6AKJ9IfX023931: "
FROM = HEAD + "from=alice@client.example.com, size=49, class=0, nrcpts=1, msgid=<1@x>, relay=root@localhost"
TO = HEAD + "to=bob@dnat.example.com, delay=00:00:00, xdelay=00:00:02, mailer=esmtp, pri=30049, "
SENT = TO + "relay=mx.dnat.example.com. [10.98.0.13], dsn=2.0.0, stat=Sent (2.0.0 Ok: queued as 9A1B2C)"


def test_a_delivery_and_its_sender_stand_on_two_lines() -> None:
    told = delivery(LOG("x"), FROM, SENT)

    assert ("alice@client.example.com", "bob@dnat.example.com") == (told.sender, told.recipient)
    assert ("mx.dnat.example.com", "10.98.0.13", None) == (told.relay, told.address, told.port)
    assert (Status.SENT, "2.0.0 Ok: queued as 9A1B2C", 3_000_000_000) == (told.status, told.reply, told.took)


def test_lines_of_a_real_run() -> None:
    told = delivery(
        LOG("x"),
        "<22>Nov 21 04:48:02 sendmail[70]: 6AL4m2V1000070: to=bob@example.net, ctladdr=alice@corp.example (0/0), "
        "delay=00:00:00, xdelay=00:00:00, mailer=esmtp, pri=30063, relay=mail.example.net. [198.51.100.10], dsn=2.0.0, "
        "stat=Sent (Ok: queued as 3D874222A9B)",
    )

    assert ("198.51.100.10", "Ok: queued as 3D874222A9B") == (told.address, told.reply)


@pytest.mark.parametrize(
    ("rest", "status", "ending", "reply"),
    [
        (
            "dsn=4.4.1, stat=Deferred: Connection timed out with mx.drop.example.com.",
            Status.DEFERRED,
            Ending.TIMED_OUT,
            None,
        ),
        ("dsn=4.4.1, stat=Deferred: Connection refused by mx.x.", Status.DEFERRED, Ending.REFUSED, None),
        ("dsn=5.1.1, reply=550 5.1.1 User unknown, stat=User unknown", Status.BOUNCED, None, "550 5.1.1 User unknown"),
    ],
)
def test_failures(rest: str, status: Status, ending: Ending | None, reply: str | None) -> None:
    told = delivery(LOG("x"), f"{TO}relay=mx.example.com. [10.98.0.9], {rest}")

    assert (status, ending, reply) == (told.status, told.ending, told.reply)
    assert told.remembers is False


@pytest.mark.parametrize(("xdelay", "remembers"), [("00:00:00", True), ("00:00:05", False), ("nonsense", True)])
def test_a_failure_that_took_no_time_may_be_remembered(xdelay: str, *, remembers: bool) -> None:
    to = TO.replace("xdelay=00:00:02", f"xdelay={xdelay}")

    assert (
        remembers
        is delivery(LOG("x"), to + "relay=mx.x. [10.98.0.9], dsn=4.4.1, stat=Deferred: Connection refused").remembers
    )


def test_each_recipient_of_a_line_is_a_claim() -> None:
    told = claims(LOG("x"), SENT.replace("to=bob@dnat.example.com", "to=<bob@dnat.example.com>,<eve@dnat.example.com>"))

    assert ["bob@dnat.example.com", "eve@dnat.example.com"] == [
        claim.recipient for claim in told if isinstance(claim, LoggedDelivery)
    ]


@pytest.mark.parametrize(
    "line",
    [
        SENT.replace("mailer=esmtp", "mailer=local"),
        TO + "relay=mx. [10.98.0.9], dsn=none, stat=queued",
        HEAD + "done; delay=00:00:00, ntries=1",
        FROM,
    ],
)
def test_lines_that_claim_no_contact_are_known(line: str) -> None:
    assert [] == claims(LOG("x"), line)


def test_who_sent_it() -> None:
    told = client(LOG("x"), FROM.replace("root@localhost", "mx.example.org [IPv6:2001:db8::9]"))

    assert ("2001:db8::9", "mx.example.org", "6AKJ9IfX023931") == (told.address, told.name, told.queue_id)


def test_a_refusal() -> None:
    told = client(
        LOG("x"),
        HEAD
        + "ruleset=check_rcpt, arg1=<bob@x.example>, relay=mx.example.org [192.0.2.9], reject=550 5.7.1 no, thanks",
    )

    assert ("192.0.2.9", "bob@x.example", "550 5.7.1 no, thanks") == (told.address, told.recipient, told.reply)


def test_other_programs_are_not_sendmail() -> None:
    assert [None] == offered(LOG("x"), SENT.replace("sendmail[", "smtpd["))


def test_hostile_lines_are_bounded() -> None:
    survives(LOG("x"), HEAD + "to=", HEAD + "from=", HEAD + "ruleset=check_rcpt, arg1=")
