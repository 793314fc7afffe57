"""How a connection fared, in words."""

from dataclasses import replace

import pytest

from tests.reports import scenes
from wiretruth.model.frames import Mark
from wiretruth.model.packet import Endpoint
from wiretruth.model.sighting import HalfStream, Outcome, Rejection, Reset, Sighting, Unacknowledged
from wiretruth.reports._text.handshake import beginning, ending, silence
from wiretruth.reports._text.page import text

SERVER = Endpoint("192.0.2.66", 25)


def rejection(version: int, kind: int, code: int) -> Rejection:
    return Rejection(scenes.at(700), 8, "10.10.0.1", version, kind, code, None, scenes.CLIENT, SERVER, 64, of_syn=True)


def sighted(outcome: Outcome, **changes: object) -> Sighting:
    return replace(scenes.sighting(outcome=outcome), **changes)  # type: ignore[arg-type] # checked when it is made


OPENED = scenes.at(696)


@pytest.mark.parametrize(
    ("sighting", "expected"),
    [
        (sighted(Outcome.ESTABLISHED), "connected"),
        (sighted(Outcome.RESET), "connected"),
        (
            sighted(Outcome.ESTABLISHED, syn_count=3, established=Mark(OPENED + 3 * scenes.SECOND, 9)),
            "connected after 3 SYNs and 3.0 s",
        ),
        (sighted(Outcome.ESTABLISHED, established=Mark(OPENED + 2 * scenes.SECOND, 9)), "connected after 2.0 s"),
        (sighted(Outcome.REFUSED), "refused"),
        (sighted(Outcome.REFUSED, syn_count=2), "refused after 2 SYNs"),
        (sighted(Outcome.REJECTED), "rejected"),
        (
            sighted(Outcome.REJECTED, rejections=(rejection(4, 3, 13),)),
            "rejected by 10.10.0.1: administratively prohibited",
        ),
        (sighted(Outcome.REJECTED, rejections=(rejection(6, 1, 3),)), "rejected by 10.10.0.1: address unreachable"),
        (sighted(Outcome.REJECTED, rejections=(rejection(4, 3, 99),)), "rejected by 10.10.0.1: ICMP type 3 code 99"),
        (sighted(Outcome.UNANSWERED), "no answer to 1 SYN"),
        (
            sighted(Outcome.UNANSWERED, syn_count=6, last=Mark(OPENED + 31 * scenes.SECOND, 20)),
            "no answer to 6 SYNs in 31.0 s",
        ),
        (
            sighted(Outcome.HALF_OPEN, syn_ack_count=5),
            "the server's SYN-ACK (sent 5 times) came back, and the client never took it up",
        ),
        (sighted(Outcome.MIDSTREAM), "its handshake is not in this capture"),
    ],
)
def test_beginning(sighting: Sighting, expected: str) -> None:
    assert expected == text(beginning(sighting)).plain


STUCK = Unacknowledged(1448, Mark(1, 10), Mark(scenes.at(5_000_000), 30), 7, (10, 30), 1500, True, fin_only=False)
RESET = Reset(scenes.at(900), 19, False, 64, 1, 0, acceptable=True, answers_closed=False)


@pytest.mark.parametrize(
    ("sighting", "expected"),
    [
        (sighted(Outcome.ESTABLISHED), None),
        (sighted(Outcome.RESET), None),
        (sighted(Outcome.RESET, resets=(RESET,)), (RESET.at, "reset in the server's name")),
        (
            sighted(Outcome.ESTABLISHED, from_client=HalfStream(unacknowledged=STUCK)),
            (STUCK.last.at, "the client's 1,448 octets never acknowledged, the first of them sent 7 times"),
        ),
        (
            sighted(Outcome.ESTABLISHED, from_server=HalfStream(unacknowledged=STUCK._replace(fin_only=True))),
            (STUCK.last.at, "the server's FIN never acknowledged, sent 7 times"),
        ),
        (sighted(Outcome.ESTABLISHED, from_client=HalfStream(unacknowledged=STUCK._replace(sendings=1))), None),
    ],
)
def test_ending(sighting: Sighting, expected: tuple[int, str] | None) -> None:
    """What was sent once may only be on its way; what was sent again and again was not acknowledged."""
    moment = ending(sighting)

    assert expected == (moment and (moment.at, text(*moment.pieces).plain))


@pytest.mark.parametrize(
    ("sighting", "expected"),
    [
        (sighted(Outcome.REFUSED), None),
        (sighted(Outcome.HALF_OPEN), None),
        (
            sighted(
                Outcome.ESTABLISHED,
                from_client=HalfStream(),
                from_server=HalfStream(),
                last=Mark(OPENED + 12 * scenes.SECOND, 13),
            ),
            "not a word in 12.0 s",
        ),
        (sighted(Outcome.ESTABLISHED), "972 octets, none of it SMTP"),
        (
            sighted(Outcome.ESTABLISHED, from_client=HalfStream(cut_octets=70), from_server=HalfStream(cut_octets=7)),
            "what was said is not known: 77 octets cut by the snap length",
        ),
    ],
)
def test_silence(sighting: Sighting, expected: str | None) -> None:
    moment = silence(sighting)

    assert expected == (moment and text(*moment.pieces).plain)
