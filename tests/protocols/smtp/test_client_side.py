"""What the next octets of the client are, in each mode."""

import pytest

from tests.protocols.smtp.script import play, render, turns

GREETED = "S: 220 mx.example.net\nC: HELO a.example.org\nS: 250 mx.example.net\n"
MAILED = GREETED + "C: MAIL FROM:<alice@example.org>\nS: 250 Ok\nC: RCPT TO:<bob@example.net>\nS: 250 Ok\n"


def last(script: str) -> str:
    """The last exchange of a dialogue."""
    dialogue = play(turns(script))
    return [line for line in render(dialogue) if " -> " in line][-1]


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        pytest.param(MAILED + "C: DATA\nC: RSET\nS: 554 No\nS: 250 Ok", "RSET", id="early: a command"),
        pytest.param(MAILED + "C: DATA\nC: RSETS\nS: 354 Go", "DATA", id="early: text"),
        pytest.param(MAILED + "C: DATA\nC\\ QU\nS: 554 No\nC: IT\nS: 221 Bye", "QUIT", id="early: half a command"),
        pytest.param(MAILED + "C: DATA\nC\\ QU\nS: 354 Go\nC: IT\nC: .", "end of data", id="early: half a text"),
        pytest.param(GREETED + "C- 9\nC: rubbish\nC: NOOP\nS: 250 Ok", "NOOP", id="lost: the next line is a command"),
        pytest.param(GREETED + "C- 9\nC: a\nC: b\nC: NOOP\nS: 250 Ok\nC: HELP", "HELP", id="lost: text until a reply"),
        pytest.param(MAILED + "C: DATA\nC- 9\nS: 354 Go\nC: a\nC: .", "end of data", id="lost: 354 makes it text"),
        pytest.param(MAILED + "C: BDAT 9\nC\\ a\nC- 5\nC\\ bcd\nC: HELP", "HELP", id="chunk: a gap within"),
        pytest.param(MAILED + "C: BDAT 9\nC\\ a\nC- 8\nC: HELP", "HELP", id="chunk: a gap to its end"),
        pytest.param(MAILED + "C: BDAT 9\nC\\ a\nC- 90\nC: HELP", "BDAT", id="chunk: a gap beyond, no shape decides"),
        pytest.param(MAILED + "C: BDAT 9\nC\\ a\nC- 90\nC: QUIT", "QUIT", id="chunk: a gap beyond"),
        pytest.param(GREETED + "C: STARTTLS\nC: NOOP\nS: 454 No\nS: 250 Ok", "NOOP", id="starttls: not yet"),
        pytest.param(GREETED + "C: STARTTLS\nC: \\x16\\x03\nS: 454 No\nC: QUIT", "QUIT", id="starttls: in vain"),
        pytest.param(MAILED + "C: DATA\nS: 354 Go\nC: a\nS: 421 Late\nC: .", "end of data", id="text: 421 is no end"),
    ],
)
def test_modes(script: str, expected: str) -> None:
    assert expected in last(script).partition(" -> ")[0]


def test_tls_behind_a_gap() -> None:
    """STARTTLS itself is missing; its ClientHello shows what happened."""
    dialogue = play(turns(GREETED + "C- 10\nS: 220 Go\nC: \\x16\\x03\\x01\\x00\\x05\nC: MAIL FROM:<not@seen.example>"))

    assert dialogue.tls is not None
    assert () == dialogue.transactions


def test_digest_ends_where_tls_begins() -> None:
    script = GREETED + "C: STARTTLS\nS: 220 Go\nC: \\x16\\x03\\x01\nS: \\x16\\x03\\x03"

    assert len(b"HELO a.example.org\r\nSTARTTLS\r\n") == play(turns(script)).client_stream.octets
    assert len(b"220 mx.example.net\r\n250 mx.example.net\r\n220 Go\r\n") == play(turns(script)).server_stream.octets
