"""What was said, with message text in its place, and no secret."""

import pytest

from tests.protocols.smtp.script import play, turns
from tests.protocols.smtp.test_dialogue import FRAMINGS, PLAIN, SECRET, SECRET64, USER64
from wiretruth.reports._transcript.speech import WITHHELD, speech

GREETING = "S: 220 mail.example.net ESMTP\nC: EHLO mta.corp.example\nS: 250 mail.example.net\n"
MAIL = "C: MAIL FROM:<a@example.org>\nS: 250 2.1.0 Ok\nC: RCPT TO:<b@example.net>\nS: 250 2.1.5 Ok\n"
BYE = "C: QUIT\nS: 221 Bye\n"


def said(script: str) -> list[str]:
    spoken = speech(play(turns(script)))
    return [line for beat in spoken for line in beat.lines]


def placed(script: str) -> list[str]:
    """Give the first word of each line from the first MAIL on."""
    lines = said(script)
    return [line.split()[0] for line in lines[lines.index("MAIL FROM:<a@example.org>") :]]


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        (MAIL + "C: DATA\nS: 354 go\nC: one\nC: .\nS: 250 ok\n" + BYE,
         "MAIL 250 RCPT 250 DATA 354 (message 250 QUIT 221"),
        (MAIL + "C: DATA\nS: 354 go\nC: one\nC: .\nC: QUIT\nS: 250 ok\nS: 221 Bye\n",
         "MAIL 250 RCPT 250 DATA 354 (message QUIT 250 221"),
        ("C: MAIL FROM:<a@example.org>\nC: RCPT TO:<b@example.net>\nC: DATA\nS: 250 ok\nS: 250 ok\nS: 354 go\nC: x\nC: .\nS: 250 ok\n",
         "MAIL RCPT DATA 250 250 354 (message 250"),
        (MAIL + "C: DATA\nC: one\nC: .\nS: 354 go\nS: 250 ok\n", "MAIL 250 RCPT 250 DATA (message 354 250"),
        (MAIL + "C: BDAT 5\nC\\ abcde\nS: 250 ok\nC: BDAT 2 LAST\nC\\ fg\nS: 250 ok\n" + BYE,
         "MAIL 250 RCPT 250 BDAT 250 BDAT (message 250 QUIT 221"),
        (MAIL + "C: DATA\nS: 354 go\nC: half\nS: 421 timeout\n", "MAIL 250 RCPT 250 DATA 354 (message 421"),
        (MAIL + "C: DATA\nS: 554 no\n" + BYE, "MAIL 250 RCPT 250 DATA 554 QUIT 221"),
        (2 * (MAIL + "C: DATA\nS: 354 go\nC: one\nC: .\nS: 250 ok\n"),
         "MAIL 250 RCPT 250 DATA 354 (message 250 " * 2),
    ],
)  # fmt: skip
def test_text_stands_where_it_was_sent(script: str, expected: str) -> None:
    assert expected.split() == placed(GREETING + script)


def test_text_is_measured() -> None:
    lines = said(GREETING + MAIL + "C: DATA\nS: 354 go\nC: Subject: x\nC: \nC: body\nC: .\nS: 250 ok\n")

    assert "(message text: 20 octets, measured and not kept)" in lines
    assert not any("body" in line or "Subject" in line for line in lines)


def test_a_text_that_never_ends_says_so() -> None:
    assert "(message text: 6 octets, and its end was not seen)" in said(
        GREETING + MAIL + "C: DATA\nS: 354 go\nC: half\n"
    )


@pytest.mark.parametrize("framing", FRAMINGS)
def test_no_secret_is_told(framing: str) -> None:
    """However AUTH is spoken, of whatever mechanism; a Base64 of it is as good as the secret."""
    told = "\n".join(said(GREETING + framing + "\n" + MAIL + BYE))

    assert not [word for word in (SECRET, SECRET64, USER64, PLAIN) if word in told]


def test_what_is_withheld_is_named() -> None:
    lines = said(GREETING + "C: AUTH LOGIN\nS: 334 VXNlcm5hbWU6\nC: Ym9i\nS: 535 5.7.8 no\nC: \x01what\nS: 500 what\n")

    assert [f"AUTH LOGIN {WITHHELD}", f"334 {WITHHELD}", f"{WITHHELD} (AUTH)", "535 5.7.8 no"] == lines[3:7]
    assert lines[7].startswith(WITHHELD)


def test_tls_is_named() -> None:
    lines = said(GREETING + "C: STARTTLS\nS: 220 go\nC\\ \\x16\\x03\\x01\n")

    assert "TLS begins: nothing behind it is readable" == lines[-1]
