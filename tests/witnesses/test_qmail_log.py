"""qmail's lines, by its manual and source, and what they claim."""

import pytest

from tests.witnesses.logged import claims, delivery, offered, survives
from wiretruth.model.log import Ending, Status
from wiretruth.witnesses.qmail_log import LOG

TAI = "@4000000069218e2f1a2b3c4d "
BEFORE = (
    "new msg 93869",
    "info msg 93869: bytes 272 from <alice@client.example.com> qp 18695 uid 1000",
    "starting delivery 12: msg 93869 to remote bob@dnat.example.com",
)
GOOD = "delivery 12: success: 10.98.0.13_accepted_message./Remote_host_said:_250_2.0.0_Ok:_queued_as_ABC/"


@pytest.mark.parametrize(
    "head", [TAI, "Nov 20 18:48:03 client qmail: 1795200483.990117 ", "Nov 20 18:48:03 client qmail: "]
)
def test_a_delivery(head: str) -> None:
    told = delivery(LOG("x"), *(head + line for line in (*BEFORE, GOOD)))

    assert ("alice@client.example.com", "bob@dnat.example.com", "93869") == (told.sender, told.recipient, told.queue_id)
    assert ("10.98.0.13", Status.SENT, "250 2.0.0 Ok: queued as ABC") == (told.address, told.status, told.reply)


@pytest.mark.parametrize(
    ("report", "status", "address", "ending", "reply"),
    [
        (
            "deferral: Sorry,_I_wasn't_able_to_establish_an_SMTP_connection._(#4.4.1)/",
            Status.DEFERRED, None, None, None,
        ),
        (
            "deferral: Connected_to_10.98.0.13_but_connection_died._(#4.4.2)/",
            Status.DEFERRED, "10.98.0.13", Ending.LOST, None,
        ),
        (
            "failure: 10.98.0.13_does_not_like_recipient./Remote_host_said:_550_5.1.1_no_such_user/Giving_up_on_10.98.0.13./",
            Status.BOUNCED, "10.98.0.13", None, "550 5.1.1 no such user",
        ),
    ],
)  # fmt: skip
def test_failures(report: str, status: Status, address: str | None, ending: Ending | None, reply: str | None) -> None:
    told = delivery(LOG("x"), *(TAI + line for line in (*BEFORE, f"delivery 12: {report}")))

    assert (status, address, ending, reply) == (told.status, told.address, told.ending, told.reply)


def test_local_deliveries_claim_no_contact() -> None:
    lines = [TAI + line.replace("remote", "local") for line in (*BEFORE, GOOD, "end msg 93869", "status: local 0/10")]

    assert [] == claims(LOG("x"), *lines)


def test_other_lines_are_not_qmail() -> None:
    assert [None, None] == offered(LOG("x"), TAI + "tcpserver: status: 0/40", "Nov 20 18:48:03 a cron[1]: new msg 1")


def test_hostile_lines_are_bounded() -> None:
    survives(LOG("x"), TAI, TAI + "delivery 12: success: ", TAI + "starting delivery 1: msg 1 to remote ")
