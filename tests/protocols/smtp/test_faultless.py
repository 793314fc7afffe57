"""The usual shape is recognised, and nothing else is taken for it."""

import pytest

from wiretruth.protocols.smtp.faultless import TEXT, Facts, facts, greets, introduces, text_follows

HELLO = b"EHLO mta.example.org\r\n"
MAIL, RCPT, DATA, QUIT = (
    b"MAIL FROM:<a@example.org> SIZE=3\r\n", b"RCPT TO:<b@example.net>\r\n", b"DATA\r\n", b"QUIT\r\n",
)  # fmt: skip
GREETING, OFFER = b"220 mx.example.net ESMTP\r\n", b"250-mx\r\n250 SIZE\r\n"
OK, GO, BYE = b"250 2.1.0 Ok\r\n", b"354 go ahead\r\n", b"221 2.0.0 Bye\r\n"

BY_STEPS = [HELLO, MAIL, RCPT, RCPT, DATA, TEXT, QUIT], [GREETING, OFFER, OK, OK, b"251 on\r\n", GO, OK, BYE]
PIPELINED = [HELLO, MAIL + RCPT + DATA, TEXT + QUIT], [GREETING, OFFER, OK + OK + GO, OK + BYE]
TWICE = (
    [HELLO, MAIL + RCPT + RCPT + DATA, TEXT + MAIL + RCPT + DATA, TEXT + QUIT],
    [GREETING, OFFER, OK + OK + OK + GO, OK + OK + OK + GO, OK + BYE],
)


@pytest.mark.parametrize(("said", "answers"), [BY_STEPS, PIPELINED, TWICE])
def test_the_usual_shape(said: list[bytes], answers: list[bytes]) -> None:
    recipients = (b"b@example.net",) * b"".join(said).count(b"RCPT")

    assert Facts(recipients, GREETING, OFFER, True) == facts(said, answers)


@pytest.mark.parametrize("said", [b"HELO mta\r\n", b"EHLO [192.0.2.5]\r\n"])
def test_other_introductions(said: bytes) -> None:
    assert introduces(said, b"250 mx\r\n")


ODD = {
    "refused": (PIPELINED[0], [GREETING, OFFER, OK + b"450 later\r\n" + GO, OK + BYE]),
    "not taken": (PIPELINED[0], [GREETING, OFFER, OK + OK + GO, b"451 no\r\n" + BYE]),
    "another command": ([HELLO, b"RSET\r\n", *BY_STEPS[0][1:]], [GREETING, OFFER, OK, *BY_STEPS[1][2:]]),
    "no recipient": ([HELLO, MAIL + DATA, TEXT + QUIT], [GREETING, OFFER, OK + GO, OK + BYE]),
    "no end": ([HELLO, MAIL + RCPT + DATA, TEXT], [GREETING, OFFER, OK + OK + GO, OK]),
    "a reply too many": (PIPELINED[0], [GREETING, OFFER, OK + OK + OK + GO, OK + BYE]),
    "a reply too early": ([HELLO, MAIL, RCPT + DATA, TEXT + QUIT], [GREETING, OFFER, OK + OK, GO, OK + BYE]),
    "a bare line end": ([HELLO, MAIL + RCPT + b"DATA\n", TEXT + QUIT], PIPELINED[1]),
    "TLS": ([HELLO, b"STARTTLS\r\n"], [GREETING, OFFER, b"220 go\r\n"]),
    "LMTP": (PIPELINED[0], [b"220 mx LMTP ready\r\n", *PIPELINED[1][1:]]),
    "a sign for text, said": ([HELLO, MAIL + RCPT + DATA + TEXT + QUIT], [GREETING, OFFER, OK + OK + GO + OK + BYE]),
    "swapped": (TWICE[0], [GREETING, OFFER, OK + OK + GO + OK, OK + OK + OK + GO, OK + BYE]),
    "a null recipient": ([HELLO, MAIL + b"RCPT TO:<>\r\n" + DATA, TEXT + QUIT], PIPELINED[1]),
    "a source route": ([HELLO, MAIL + b"RCPT TO:<@x:b@y>\r\n" + DATA, TEXT + QUIT], PIPELINED[1]),
    "nothing": ([], [GREETING]),
}


@pytest.mark.parametrize("name", ODD)
def test_other_shapes(name: str) -> None:
    said, answers = ODD[name]

    assert facts(said, answers) is None


@pytest.mark.parametrize(
    ("said", "answers", "expected"),
    [
        (PIPELINED[0][:2], PIPELINED[1][:3], True),
        (BY_STEPS[0][:5], BY_STEPS[1][:6], True),
        (TWICE[0][:3], TWICE[1][:4], True),
        (PIPELINED[0][:2], [GREETING, OFFER, OK + OK + OK], False),
        ([HELLO, DATA], [GREETING, OFFER, GO], False),
        (*PIPELINED, False),
    ],
)
def test_where_text_follows(said: list[bytes], answers: list[bytes], expected: bool) -> None:
    assert expected == text_follows(said, answers)


@pytest.mark.parametrize("octets", [b"220 mx ESMTP", b"554 no\r\n", b"220-mx\r\n220 more\r\n", b"+OK\r\n"])
def test_other_greetings(octets: bytes) -> None:
    assert not greets(octets)
