"""OpenSMTPD's lines, as it wrote them, and what they claim."""

import pytest

from tests.witnesses.logged import claims, client, delivery, offered, survives
from wiretruth.model.log import Ending, LoggedDelivery, Status
from wiretruth.witnesses.opensmtpd_log import LOG

HEAD = "<22>Nov 20 18:56:44 smtpd[8077]: 188919dac2f780a3 "
CONNECTING = HEAD + "mta connecting address=smtp://10.98.0.13:25 host=mx.example.com"
RESULT = (
    HEAD + "mta delivery evpid=7a48db501dc803a3 from=<alice@client.example.com> to=<bob@dnat.example.com> rcpt=<-> "
    'source="10.98.1.1" relay="10.98.0.13 (10.98.0.13)" delay=0s result="Ok" stat="250 2.0.0 Ok: queued as 9A1B2C"'
)


def test_a_delivery_has_the_port_of_its_session() -> None:
    told = delivery(LOG("x"), CONNECTING, HEAD + "mta connected", RESULT)

    assert ("alice@client.example.com", "bob@dnat.example.com") == (told.sender, told.recipient)
    assert ("mx.example.com", "10.98.0.13", 25) == (told.relay, told.address, told.port)
    assert (Status.SENT, "250 2.0.0 Ok: queued as 9A1B2C") == (told.status, told.reply)


def test_a_failed_connection() -> None:
    told = delivery(LOG("x"), CONNECTING, HEAD + "mta error reason=IO Error: Connection refused")

    assert (Status.TRIED, Ending.REFUSED, "10.98.0.13", 25) == (told.status, told.ending, told.address, told.port)


def test_the_result_of_a_failed_connection_names_no_address() -> None:
    (told,) = claims(
        LOG("x"),
        RESULT.replace("188919dac2f780a3", "0" * 16)
        .replace('relay="10.98.0.13 (10.98.0.13)"', 'relay="refuse.example.com"')
        .replace('"Ok" stat="250 2.0.0 Ok: queued as 9A1B2C"', '"TempFail" stat="Network error on destination MXs"'),
    )

    assert isinstance(told, LoggedDelivery)
    assert (Status.DEFERRED, None, None) == (told.status, told.address, told.reply)


def test_who_came_and_was_refused() -> None:
    log = LOG("x")

    assert "192.0.2.9" == client(log, HEAD + "smtp connected address=192.0.2.9 host=mx.example.org").address
    told = client(log, HEAD + 'smtp failed-command command="RCPT TO:<c@d.example>" result="550 Invalid recipient"')
    assert ("192.0.2.9", "c@d.example", "550 Invalid recipient") == (told.address, told.recipient, told.reply)


@pytest.mark.parametrize(
    "line",
    [
        "<22>Nov 20 18:56:44 smtpd[1]: info: OpenSMTPD 6.8 starting",
        "<22>Nov 20 18:56:44 smtpd[1]: smtp-out: Disabling route [] <-> 198.51.100.10 (mail.example.net) for 15s",
        HEAD + "mta disconnected reason=quit messages=1",
    ],
)
def test_lines_that_claim_no_contact_are_known(line: str) -> None:
    assert [] == claims(LOG("x"), line)


def test_other_programs_are_not_opensmtpd() -> None:
    assert [None, None] == offered(
        LOG("x"), RESULT.replace("smtpd[", "postfix/smtpd["), "Nov 20 18:56:44 a smtpd[1]: x"
    )


def test_hostile_lines_are_bounded() -> None:
    survives(LOG("x"), HEAD + "mta delivery ", HEAD + "mta connecting address=", HEAD + "smtp failed-command command=")
