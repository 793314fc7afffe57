"""Which connections are followed, and from where on."""

import pytest

from tests.flow.cable import Cable
from wiretruth.columns import relevance
from wiretruth.columns.relevance import FOLLOWED_PORTS, HINTS, Relevance, hints
from wiretruth.flow.roles import SERVER_PORTS
from wiretruth.model.packet import Endpoint, Packet, TcpSegment
from wiretruth.protocols.smtp.recognition import MAIL_PORTS, Verdict, recognise

WEB, CLIENT = Endpoint("198.51.100.10", 2526), Endpoint("192.0.2.1", 40000)


def judge(found: Relevance, packet: Packet) -> bool | None:
    assert isinstance(packet.transport, TcpSegment)
    return found.follows(packet, packet.transport)


def test_ports_of_mail_and_dns() -> None:
    """The same numbers as everywhere in the house."""
    assert (MAIL_PORTS | {53}, MAIL_PORTS | {53}) == (FOLLOWED_PORTS, SERVER_PORTS)


@pytest.mark.parametrize("port", sorted(FOLLOWED_PORTS))
def test_every_packet_from_or_to_such_a_port(port: int) -> None:
    cable = Cable(server=Endpoint("198.51.100.10", port))

    assert [True, True] == [judge(Relevance(), p) for p in (cable.c("A", 1, 1), cable.s("A", 1, 1))]


@pytest.mark.parametrize(
    ("flags", "expected"), [("S", False), ("SA", False), ("FA", False), ("R", False), ("A", None), ("PA", None)]
)
def test_of_another_connection_only_what_opens_and_ends_it(flags: str, expected: bool | None) -> None:
    assert judge(Relevance(), Cable(server=WEB).c(flags, 1, 1)) is expected


@pytest.mark.parametrize("hint", [*HINTS, b"ehlo ", b"Mail From:"])
def test_hint(hint: bytes) -> None:
    """From the packet on that gives it, in both directions, and that connection alone."""
    cable, found = Cable(server=WEB), Relevance()
    other = Cable(server=WEB, client=CLIENT._replace(port=40001))
    elsewhere = Cable(server=WEB, vantage="gateway")
    packets = [cable.s("A", 1, 1), cable.s("PA", 1, 1, hint + b"x"), cable.c("A", 1, 9), other.c("A", 1, 1)]

    assert [None, True, True, None] == [judge(found, p) for p in packets]
    assert judge(found, elsewhere.c("A", 1, 1)) is None
    assert [(2526, 40000)] == list(found.ports())


@pytest.mark.parametrize("payload", [b"", b"220", b"2200 x", b"EHLO\r\n", b" 220 x", b"HTTP/1.1 220 "])
def test_no_hint(payload: bytes) -> None:
    assert not hints(payload)


def test_every_greeting_and_opening_of_a_dialogue_hints() -> None:
    """What is SMTP on any port by its first octets must not be passed over."""
    dialogues = [
        (b"EHLO a\r\n", b"220 mx ESMTP\r\n"),
        (b"", b"554 no SMTP service here\r\n"),
        (b"HELO a\r\n", b"220-x\r\n"),
    ]

    assert [Verdict.SMTP] * 3 == [recognise(c, s, 2526).verdict for c, s in dialogues]
    assert [True] * 3 == [hints(s) for _, s in dialogues]


def test_forgotten_with_its_connection() -> None:
    cable, found = Cable(server=WEB), Relevance()
    judge(found, cable.s("PA", 1, 1, b"220 mx"))
    found.forget("mta", CLIENT, WEB)

    assert judge(found, cable.c("A", 1, 9)) is None
    assert [] == list(found.ports())


def test_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    """Beyond it, connections stay unread and are counted; those that are followed stay so."""
    monkeypatch.setattr(relevance, "MAX_FOLLOWED", 1)
    found, first, second = Relevance(), Cable(server=WEB), Cable(server=WEB, client=CLIENT._replace(port=40001))

    assert judge(found, first.s("PA", 1, 1, b"220 mx"))
    found.pause()
    assert None is judge(found, second.s("PA", 1, 1, b"220 mx"))
    assert [True, 1] == [judge(found, first.c("A", 1, 9)), found.refused]


def test_everything() -> None:
    assert judge(Relevance(everything=True), Cable(server=WEB).c("A", 1, 1))
