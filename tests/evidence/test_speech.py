"""What a slice may say of a dialogue: no secret, and messages only where they are wanted."""

import pytest

from tests.secrets import EXCHANGES, given_away, session
from wiretruth.evidence.speech import ClientSpeech, server_edits
from wiretruth.evidence.streams import Edit, Run


def left(octets: bytes, edits: list[Edit]) -> bytes:
    told = bytearray(octets)
    for edit in edits:
        told[edit.begin : edit.begin + len(edit.octets)] = edit.octets
    return bytes(told)


def client(*said: bytes, content: bool = True, begin: int = 0) -> bytes:
    octets = b"".join(said)
    edits = ClientSpeech(content=content).edits([Run(begin, octets)])
    return left(octets, [Edit(edit.begin - begin, edit.octets) for edit in edits])


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (b"AUTH PLAIN AGJvYgBzZWNyZXQ=\r\n", b"AUTH PLAIN xxxxxxxxxxxxxxxx\r\n"),
        (b"auth plain AGJvYgBzZWNyZXQ=\r\n", b"auth plain xxxxxxxxxxxxxxxx\r\n"),
        (b"AUTH PLAIN=secret\r\n", b"AUTH PLAIN=xxxxxx\r\n"),
        (b"AUTH hunter2\r\n", b"AUTH xxxxxxx\r\n"),
        (b"AUTH LOGIN\r\nYm9i\r\nc2VjcmV0\r\nRSET\r\n", b"AUTH LOGIN\r\nxxxx\r\nxxxxxxxx\r\nRSET\r\n"),
        (b"AUTH LOGIN\r\nHELP\r\n*\r\nQUIT\r\n", b"AUTH LOGIN\r\nxxxx\r\n*\r\nQUIT\r\n"),
        (b"MAIL FROM:<a@b.example>\r\nRCPT TO:<c@d.example>\r\n", b"MAIL FROM:<a@b.example>\r\nRCPT TO:<c@d.example>\r\n"),
        (b"c2VjcmV0\r\nMAIL FROM:<>\r\n", b"xxxxxxxx\r\nMAIL FROM:<>\r\n"),
        (b"EHLO a\r\nSTARTTLS\r\n\x16\x03\x01secret", b"EHLO a\r\nSTARTTLS\r\n\x16\x03\x01secret"),
        (b"DATA\r\nMAIL FROM:<>\r\nsecret\r\n", b"DATA\r\nMAIL FROM:<>\r\nxxxxxx\r\n"),
    ],
)  # fmt: skip
def test_commands(said: bytes, expected: bytes) -> None:
    assert expected == client(said)


TEXT = b"DATA\r\nSubject: x\r\n\r\n..y\r\n.\r\nQUIT\r\n"


def test_a_message_stays_where_it_is_wanted() -> None:
    assert TEXT == client(TEXT)


def test_a_message_is_overwritten_where_it_is_not() -> None:
    """Line ends and dots stay, so sizes, stuffing and the end of data do."""
    assert b"DATA\r\nxxxxxxxxxx\r\n\r\n..x\r\n.\r\nQUIT\r\n" == client(TEXT, content=False)


def test_a_chunk_is_a_message() -> None:
    said = b"BDAT 9\r\nQUIT\r\nab\nBDAT 2 LAST\r\nxyQUIT\r\n"

    assert b"BDAT 9\r\nxxxx\r\nxx\nBDAT 2 LAST\r\nxxQUIT\r\n" == client(said, content=False)
    assert said == client(said)


def test_nobody_knows_what_a_line_behind_a_hole_is() -> None:
    """A word like HELP may be somebody's password in base64."""
    said = b"EHLO a.example\r\n"
    runs = [Run(0, said), Run(100, b"HELP\r\nQUIT\r\n")]

    assert [Edit(100, b"xxxx\r\n")] == list(ClientSpeech(content=True).edits(runs))


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (b"334 VXNlcm5hbWU6\r\n", b"334 xxxxxxxxxxxx\r\n"),
        (b"535 5.7.8 no, bob\r\n", b"535 5.7.8xxxxxxxx\r\n"),
        (b"250-mx.example.net\r\n250 AUTH PLAIN\r\n", b"250-mx.example.net\r\n250 AUTH PLAIN\r\n"),
        (b"554 5.7.1 by hunter2\r\n", b"554 5.7.1xxxxxxxxxxx\r\n"),
        (b"hello\r\n220 a\r\n", b"xxxxx\r\n220 a\r\n"),
    ],
)
def test_replies(said: bytes, expected: bytes) -> None:
    speech = ClientSpeech(content=True)
    list(speech.edits([Run(0, b"AUTH PLAIN hunter2\r\n")]))

    assert expected == left(said, list(server_edits([Run(0, said)], speech.memory, whole=True)))


def test_a_server_that_does_not_understand_may_repeat_what_was_not_seen() -> None:
    (edit,) = server_edits([Run(0, b"502 5.5.2 hunter2\r\n")], ClientSpeech(content=True).memory, whole=False)

    assert b"502 5.5.2xxxxxxxx\r\n" == edit.octets


@pytest.mark.parametrize("exchange", EXCHANGES)
def test_every_mechanism(exchange: str) -> None:
    for ending in ("S 235 2.7.0 ok", "S 535-5.7.8 {user} is not let in|S 535 5.7.8 by {secret}", "S 535 no: {line}"):
        turns = session(exchange, ending)
        asked, answered = (b"".join(t.line.encode() for t in turns if t.from_client is who) for who in (True, False))
        speech = ClientSpeech(content=False)
        told = left(asked, list(speech.edits([Run(0, asked)])))
        replied = left(answered, list(server_edits([Run(0, answered)], speech.memory, whole=True)))

        assert [] == given_away((told + replied).decode())
        assert b"MAIL FROM:<alice@corp.example>" in told
