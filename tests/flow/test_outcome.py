"""Each text of Outcome, as packets."""

from collections.abc import Callable

import pytest

from tests.flow.cable import Cable, watch
from wiretruth.model.sighting import Outcome


def nothing_back(cable: Cable) -> None:
    cable.c("S")
    cable.c("S")


def syn_ack_never_acknowledged(cable: Cable) -> None:
    cable.c("S")
    cable.s("SA", 0, 1)
    cable.c("S")
    cable.s("SA", 0, 1)


def syn_ack_then_reset_by_scanner(cable: Cable) -> None:
    cable.c("S")
    cable.s("SA", 0, 1)
    cable.c("R", 1)


def syn_ack_that_acknowledges_something_else(cable: Cable) -> None:
    cable.c("S")
    cable.s("SA", 0, 500)
    cable.c("R", 500)


def closed_port(cable: Cable) -> None:
    cable.c("S")
    cable.s("RA", -900_000, 1)


def closed_port_with_fast_open(cable: Cable) -> None:
    cable.c("S", 0, None, b"EHLO")
    cable.s("RA", -900_000, 5)


def reset_that_acknowledges_something_else(cable: Cable) -> None:
    cable.c("S")
    cable.s("RA", -900_000, 77)


def icmp(kind: int, code: int, version: int = 4) -> Callable[[Cable], None]:
    def story(cable: Cable) -> None:
        error = cable.error(cable.c("S"), kind, code)
        if version == 6:
            cable.packets[-1] = error._replace(ip_id=None)

    return story


def icmp_then_answer(cable: Cable) -> None:
    cable.error(cable.c("S"))
    cable.c("S")
    cable.s("SA", 0, 1)
    cable.c("A", 1, 1)


def handshake(cable: Cable) -> None:
    cable.handshake()


def syn_ack_not_seen(cable: Cable) -> None:
    cable.c("S")
    cable.c("A", 1, 1)


def reset_by_server(cable: Cable) -> None:
    cable.handshake().s("RA", 1, 1)


def reset_by_client(cable: Cable) -> None:
    cable.handshake().c("RA", 1, 1)


def reset_out_of_place(cable: Cable) -> None:
    cable.handshake().s("R", 5000)


def reset_out_of_place_then_in_place(cable: Cable) -> None:
    cable.handshake().s("R", 5000)
    cable.s("R", 1)


def client_resets_behind_its_own_fin(cable: Cable) -> None:
    """The server's last words meet a closed socket."""
    cable.handshake().c("FA", 1, 1)
    cable.s("PA", 1, 2, b"221 bye\r\n")
    cable.c("R", 2)


def reset_behind_both_fins(cable: Cable) -> None:
    cable.handshake().close()
    cable.c("R", 2)


def begun_before_the_capture(cable: Cable) -> None:
    cable.s("PA", 1, 1, b"250 ok\r\n")
    cable.c("A", 1, 9)


def syn_not_seen(cable: Cable) -> None:
    cable.s("SA", 0, 1)
    cable.c("A", 1, 1)


@pytest.mark.parametrize(
    ("story", "outcome"),
    [
        (nothing_back, Outcome.UNANSWERED),
        (syn_ack_never_acknowledged, Outcome.HALF_OPEN),
        (syn_ack_then_reset_by_scanner, Outcome.HALF_OPEN),
        (syn_ack_that_acknowledges_something_else, Outcome.UNANSWERED),
        (closed_port, Outcome.REFUSED),
        (closed_port_with_fast_open, Outcome.REFUSED),
        (reset_that_acknowledges_something_else, Outcome.UNANSWERED),
        (icmp(3, 13), Outcome.REJECTED),
        (icmp(3, 1), Outcome.REJECTED),
        (icmp(11, 0), Outcome.REJECTED),
        (icmp(1, 1, 6), Outcome.REJECTED),
        (icmp(3, 4), Outcome.UNANSWERED),
        (icmp(2, 0, 6), Outcome.UNANSWERED),
        (icmp(5, 1), Outcome.UNANSWERED),
        (icmp(4, 0), Outcome.UNANSWERED),
        (icmp_then_answer, Outcome.ESTABLISHED),
        (handshake, Outcome.ESTABLISHED),
        (syn_ack_not_seen, Outcome.ESTABLISHED),
        (reset_by_server, Outcome.RESET),
        (reset_by_client, Outcome.RESET),
        (reset_out_of_place, Outcome.ESTABLISHED),
        (reset_out_of_place_then_in_place, Outcome.RESET),
        (client_resets_behind_its_own_fin, Outcome.ESTABLISHED),
        (reset_behind_both_fins, Outcome.ESTABLISHED),
        (begun_before_the_capture, Outcome.MIDSTREAM),
        (syn_not_seen, Outcome.MIDSTREAM),
    ],
    ids=lambda value: getattr(value, "__name__", None),
)
def test_outcome(story: Callable[[Cable], None], outcome: Outcome) -> None:
    cable = Cable()
    story(cable)

    assert outcome is watch(cable.packets).only.outcome
