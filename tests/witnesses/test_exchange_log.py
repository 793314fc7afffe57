"""Exchange's logs, by Microsoft's documentation, and what they claim."""

import pytest

from tests.witnesses.logged import claims, client, delivery, offered, survives
from wiretruth.model.log import Ending, LoggedClient, LoggedDelivery, Status
from wiretruth.model.packet import Endpoint
from wiretruth.witnesses.exchange_log import LOG

HEAD = (
    "\ufeff#Software: Microsoft Exchange Server",
    "#Version: 15.0.0.0",
    "#Log-type: SMTP Send Protocol Log",
    "#Date: 2026-11-20T18:00:00.000Z",
    "#Fields: date-time,connector-id,session-id,sequence-number,local-endpoint,remote-endpoint,event,data,context",
)
TRACKING = (
    "#Software: Microsoft Exchange Server",
    "#Log-type: Message Tracking Log",
    (
        "#Fields: date-time,client-ip,client-hostname,server-ip,server-hostname,source-context,connector-id,source,event-id,"
        "internal-message-id,message-id,network-message-id,recipient-address,recipient-status,total-bytes,recipient-count,"
        "related-recipient-address,reference,message-subject,sender-address"
    ),
)


def row(event: str, data: str = "", context: str = "", second: int = 3) -> str:
    data = f'"{data}"' if "," in data else data
    return (
        f"2026-11-20T18:48:{second:02d}.039Z,Ausgehend (ä),08DE2A8D416004F7,0,10.98.1.1:44276,10.98.0.13:25,"
        f"{event},{data},{context}"
    )


DIALOGUE = (
    row("*", "", "attempting to connect"),
    row("+"),
    row("<", "220 mx.example.com ESMTP"),
    row(">", "EHLO client.example.com"),
    row("<", "250  mx.example.com Hello [10.98.1.1] SIZE PIPELINING"),
    row("*", "", "sending message with RecordId 1 and InternetMessageId <x@y>"),
    row(">", "MAIL FROM:<alice@client.example.com> SIZE=1234"),
    row(">", "RCPT TO:<bob@dnat.example.com>"),
    row(">", "RCPT TO:<nobody@dnat.example.com>"),
    row("<", "250 2.1.0 Sender OK"),
    row("<", "250 2.1.5 Recipient OK"),
)
REFUSED = row("<", "550 5.1.1 User unknown, sorry")
REST = (
    row(">", "DATA"),
    row("<", "354 go ahead"),
    row("<", "250 2.0.0 Ok: queued as 9A1B2C"),
    row(">", "QUIT"),
    row("-"),
)


def test_a_session_tells_of_each_recipient() -> None:
    told = [c for c in claims(LOG("x"), *HEAD, *DIALOGUE, REFUSED, *REST) if isinstance(c, LoggedDelivery)]

    assert [
        ("nobody@dnat.example.com", Status.BOUNCED, "550 5.1.1 User unknown, sorry"),
        ("bob@dnat.example.com", Status.SENT, "250 2.0.0 Ok: queued as 9A1B2C"),
    ] == [(c.recipient, c.status, c.reply) for c in told]
    assert {("alice@client.example.com", "10.98.0.13", 25, Endpoint("10.98.1.1", 44276))} == {
        (c.sender, c.address, c.port, c.local) for c in told
    }
    assert all(c.line.time.zoned for c in told)


@pytest.mark.parametrize(("code", "ending"), [("10061", Ending.REFUSED), ("10060", Ending.TIMED_OUT)])
def test_a_failed_connection(code: str, ending: Ending) -> None:
    words = f"Failed to connect. Winsock error code: {code}; Win32 error code: {code}"
    told = delivery(LOG("x"), *HEAD, row("*", "", words))

    assert (Status.TRIED, ending, "10.98.0.13") == (told.status, told.ending, told.address)


def test_the_receive_log_tells_who_came() -> None:
    head = [line.replace("Send", "Receive") for line in HEAD]

    assert ("10.98.0.13", 25) == (client(LOG("x"), *head, *DIALOGUE).address, 25)


def test_message_tracking() -> None:
    sent = (
        "2026-11-20T18:48:03.039Z,10.98.1.1,EX1,10.98.0.13,mx.example.com,;250 2.0.0 Ok,Outbound,SMTP,SEND,77,<x@y>,g,"
        "bob@dnat.example.com;eve@dnat.example.com,250 2.1.5 Recipient OK;250 2.1.5 Recipient OK,1234,2,,,Subject,alice@x.example"
    )
    came = sent.replace("SEND", "RECEIVE")
    first, second, third = claims(LOG("x"), *TRACKING, sent, came)

    assert isinstance(first, LoggedDelivery)
    assert isinstance(third, LoggedClient)
    assert ("bob@dnat.example.com", "eve@dnat.example.com") == (first.recipient, second.recipient)
    assert ("10.98.0.13", "mx.example.com", "alice@x.example") == (first.address, first.relay, first.sender)
    assert ("10.98.1.1", "alice@x.example") == (third.address, third.sender)


def test_rows_without_a_head_are_nobodys() -> None:
    assert [None, None] == offered(LOG("x"), row("+"), "#Fields")


def test_hostile_lines_are_bounded() -> None:
    log = LOG("x")
    claims(log, *HEAD)
    survives(log, row(">"), "2026-11-20T18:48:03.039Z,a,b,0,", "#Fields: ")
    assert 0 == log.given_up
