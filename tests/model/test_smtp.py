"""The name that a server gives itself: in its greeting, else in its EHLO reply, and only when it welcomes."""

import pytest

from wiretruth.model.packet import Endpoint
from wiretruth.model.smtp import Dialogue, Exchange, Reply, Step, StreamDigest


def reply(code: int, *lines: str) -> Reply:
    return Reply(0, 1, code, None, lines)


def dialogue(greeting: Reply | None, *to_ehlo: Reply | None) -> Dialogue:
    return Dialogue(
        serial=1,
        vantage="mta",
        client=Endpoint("192.0.2.5", 40000),
        server=Endpoint("198.51.100.10", 25),
        at=0,
        greeting=greeting,
        helo=None,
        extensions=(),
        events=(),
        exchanges=tuple(Exchange(Step.EHLO, None, 0, 1, said) for said in to_ehlo),
        transactions=(),
        tls=None,
        auth=(),
        client_stream=StreamDigest(0, None),
        server_stream=StreamDigest(0, None),
    )


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (dialogue(reply(220, "mail.example.net ESMTP")), "mail.example.net"),
        (dialogue(None, reply(250, "mail.example.net", "SIZE")), "mail.example.net"),
        (dialogue(reply(220, ""), reply(250, "mail.example.net")), "mail.example.net"),
        (dialogue(None, reply(250, "old.example.net"), reply(250, "new.example.net")), "new.example.net"),
        (dialogue(reply(554, "mail.example.net no service")), None),
        (dialogue(None, None), None),
        (dialogue(None), None),
    ],
)
def test_greeting_name(told: Dialogue, expected: str | None) -> None:
    assert expected == told.greeting_name
