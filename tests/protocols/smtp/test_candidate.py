"""A connection is held until it is recognised, then read from its first octet; or let go."""

import pytest

from tests.protocols.smtp.script import CLIENT, SERVER, Turn, octet_by_octet, play, read, whole
from wiretruth.model.packet import Endpoint
from wiretruth.model.smtp import Dialogue
from wiretruth.protocols.smtp.candidate import MAX_HELD_PIECES, Candidate
from wiretruth.protocols.smtp.recognition import Verdict

ODD_PORT = Endpoint("198.51.100.10", 10025)
SAME = ["accepted", "pipelined", "bdat", "auth", "starttls", "text_gap", "greeting_refuses"]


def watch(script: list[Turn], server: Endpoint = SERVER, *, single: bool = False) -> tuple[Candidate, Dialogue | None]:
    candidate = Candidate(1, "here", CLIENT, server, 0)
    for at, turn in enumerate(script, 1):
        if turn.missing:
            candidate.gap(turn.from_client, at, at, turn.missing)
        for piece in (octet_by_octet if single else whole)(turn.octets):
            candidate.receive(turn.from_client, at, at, piece)
    return candidate, candidate.finish(len(script) + 1)


@pytest.mark.parametrize("name", SAME)
@pytest.mark.parametrize("single", [False, True])
def test_the_dialogue_is_the_one_read_from_the_start(name: str, single: bool) -> None:
    script, _ = read(name)

    assert play(script) == watch(script, single=single)[1]


def test_on_an_odd_port_too() -> None:
    script, _ = read("accepted")
    _, dialogue = watch(script, ODD_PORT)

    assert dialogue is not None
    assert (ODD_PORT, play(script).exchanges) == (dialogue.server, dialogue.exchanges)


def test_roles_are_put_right() -> None:
    script, _ = read("accepted")
    turned = [turn._replace(from_client=not turn.from_client) for turn in script]
    candidate = Candidate(1, "here", SERVER, Endpoint("192.0.2.5", 40123), 0)
    for at, turn in enumerate(turned, 1):
        candidate.receive(turn.from_client, at, at, turn.octets)

    assert play(script) == candidate.finish(99)


def test_what_is_not_smtp_is_let_go() -> None:
    candidate, dialogue = watch([Turn(False, b"+OK\r\n"), Turn(True, b"MAIL FROM:<a@example.org>\r\n")], ODD_PORT)

    assert (None, Verdict.NOT, []) == (dialogue, candidate.recognition.verdict, candidate._held)


def test_what_stays_unknown_is_no_dialogue() -> None:
    assert watch([Turn(False, b"220 may be FTP\r\n")], ODD_PORT)[1] is None


@pytest.mark.parametrize("piece", [b"x" * 1400, b"x"])
def test_what_is_held_is_bounded(piece: bytes) -> None:
    candidate = Candidate(1, "here", CLIENT, ODD_PORT, 0)
    for at in range(10_000):
        candidate.receive(True, at, at, piece)

    assert len(candidate._held) <= MAX_HELD_PIECES
    assert Verdict.NOT is candidate.recognition.verdict


def test_a_long_message_before_the_server_is_heard() -> None:
    """On a mail port the capture may begin within a message; its verdict proves what it was."""
    text = Turn(True, b"some text\r\n" * 10_000 + b".\r\n")
    script = [text, Turn(False, b"250 2.0.0 Queued\r\n"), Turn(True, b"QUIT\r\n")]
    _, dialogue = watch(script)

    assert dialogue is not None
    assert ["end of data", "QUIT"] == [x.step for x in dialogue.exchanges]
    assert watch([text])[1] is None


def test_implicit_tls() -> None:
    script = [Turn(True, b"\x16\x03\x01\x00\x05\x01\x00\x00\x01\x03"), Turn(False, b"\x16\x03\x03\x00\x01x")]
    _, dialogue = watch(script, Endpoint("198.51.100.10", 465))

    assert dialogue is not None
    assert dialogue.tls is not None
    assert (True, ()) == (dialogue.tls.implicit, dialogue.events)
