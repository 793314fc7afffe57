"""SMTP by its content; other protocols that speak in lines are not taken for it."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wiretruth.protocols.smtp import recognition
from wiretruth.protocols.smtp.recognition import RECOGNITION_LIMIT, Recognition, Verdict, recognise

SMTP, NOT, MORE, TLS = Verdict.SMTP, Verdict.NOT, Verdict.NEED_MORE, Verdict.IMPLICIT_TLS
HELLO = b"\x16\x03\x01\x00\x05\x01\x00\x00\x01\x03"

ANYWHERE = [
    pytest.param(b"", b"220 mx.example.net ESMTP Postfix\r\n", SMTP, id="a greeting that says so"),
    pytest.param(b"", b"220-mx.example.net ESMTP\r\n220 hi\r\n", SMTP, id="in several lines"),
    pytest.param(b"", b"554 mx.example.net ESMTP no\r\n", SMTP, id="a refusal that says so"),
    pytest.param(b"", b"220 mx.example.net\r\n", MORE, id="a greeting that may be FTP's"),
    pytest.param(b"EHLO a\r\n", b"220 mx.example.net\r\n", SMTP, id="greeting and EHLO"),
    pytest.param(b"helo a\r\n", b"220 mx.example.net\r\n", SMTP, id="greeting and helo"),
    pytest.param(b"USER a\r\n", b"220 ftp.example.net\r\n", NOT, id="FTP, USER"),
    pytest.param(b"AUTH TLS\r\n", b"220 ftp.example.net\r\n", NOT, id="FTP, AUTH TLS"),
    pytest.param(b"FEAT\r\n", b"220 ftp.example.net\r\n", NOT, id="FTP, FEAT"),
    pytest.param(b"", b"220 smtp.example.net FTP server ready\r\n", MORE, id="FTP on a host called smtp"),
    pytest.param(b"", b"+OK ready\r\n", NOT, id="POP3"),
    pytest.param(b"", b"* OK IMAP4rev1\r\n", NOT, id="IMAP"),
    pytest.param(b"a1 LOGIN bob secret\r\n", b"", NOT, id="IMAP, client"),
    pytest.param(b"", b"SSH-2.0-OpenSSH\r\n", NOT, id="SSH"),
    pytest.param(b"GET / HTTP/1.1\r\n", b"", NOT, id="HTTP"),
    pytest.param(b"CONNECT mx.example.net:25 HTTP/1.1\r\n", b"", NOT, id="HTTP proxy"),
    pytest.param(b"LHLO a\r\n", b"220 mx.example.net ESMTP\r\n", NOT, id="LMTP"),
    pytest.param(b"", b"220 mx.example.net LMTP Cyrus\r\n", NOT, id="LMTP, greeting"),
    pytest.param(b"MODE READER\r\n", b"200 news.example.net\r\n", NOT, id="NNTP"),
    pytest.param(b"\x00\x01\x02", b"", NOT, id="binary"),
    pytest.param(HELLO, b"", NOT, id="TLS"),
    pytest.param(b"MAIL FROM:<a@example.org>\r\n", b"", SMTP, id="one-sided, MAIL"),
    pytest.param(b"RCPT TO:<a@example.org>\r\n", b"", SMTP, id="one-sided, RCPT"),
    pytest.param(b"EHLO a\r\n", b"", MORE, id="one-sided, EHLO alone"),
    pytest.param(b"EHLO a\r\nSTARTTLS\r\n", b"", SMTP, id="one-sided, EHLO and more"),
    pytest.param(b"ple.net>\r\nRCPT TO:<a@b>\r\nRCPT TO:<c@d>\r\n", b"", SMTP, id="midstream, cut line"),
    pytest.param(b"text\r\nMAIL FROM:<a@b>\r\ntext\r\n", b"", MORE, id="midstream, text that quotes"),
    pytest.param(b"", b"250 2.1.0 Ok\r\n", SMTP, id="midstream, enhanced code"),
    pytest.param(b"", b"550 5.1.1 No such user\r\n", SMTP, id="midstream, refusal"),
    pytest.param(b"", b"250 Ok\r\n", MORE, id="midstream, some code"),
    pytest.param(b"", b"250-PIPELINING\r\n250 DSN\r\n", SMTP, id="midstream, extensions"),
    pytest.param(b"message text\r\n", b"250 2.0.0 Queued\r\n", SMTP, id="midstream, end of text"),
    pytest.param(b"", b"", MORE, id="nothing"),
    pytest.param(b"EH", b"22", MORE, id="beginnings"),
    pytest.param(b"x" * RECOGNITION_LIMIT, b"", NOT, id="long and without a word of SMTP"),
]


@pytest.mark.parametrize(("client", "server", "verdict"), ANYWHERE)
def test_on_any_port(client: bytes, server: bytes, verdict: Verdict) -> None:
    assert Recognition(verdict) == recognise(client, server, 10025)


HINTED = [
    pytest.param(b"", b"220 mx\r\n", 25, SMTP, id="greeting"),
    pytest.param(b"", b"421 busy\r\n", 587, SMTP, id="busy"),
    pytest.param(b"", b"554 no\r\n", 2525, SMTP, id="no service"),
    pytest.param(b"", b"450 later\r\n", 25, SMTP, id="later"),
    pytest.param(b"NOOP\r\n", b"", 25, SMTP, id="a command"),
    pytest.param(b"EHLO a\r\n", b"", 25, SMTP, id="EHLO"),
    pytest.param(b"GET / HTTP/1.1\r\n", b"", 25, MORE, id="a stranger; the server may yet greet"),
    pytest.param(b"GET / HTTP/1.1\r\n", b"220 mx\r\n", 25, SMTP, id="a stranger at an SMTP server"),
    pytest.param(b"", b"+OK ready\r\n", 25, NOT, id="POP3"),
    pytest.param(b"", b"SSH-2.0-x\r\n", 25, NOT, id="SSH"),
    pytest.param(b"LHLO a\r\n", b"220 mx\r\n", 25, NOT, id="LMTP"),
    pytest.param(b"x" * RECOGNITION_LIMIT, b"", 25, MORE, id="within a message"),
    pytest.param(b"x" * RECOGNITION_LIMIT, b"250 Ok\r\n", 25, SMTP, id="within a message, and its end"),
    pytest.param(HELLO, b"", 465, TLS, id="implicit TLS"),
    pytest.param(HELLO, b"\x16\x03\x03\x00\x50", 587, TLS, id="implicit TLS on another mail port"),
    pytest.param(HELLO, b"", 25, MORE, id="TLS to a server that may yet greet"),
    pytest.param(HELLO, b"220 mx\r\n", 465, SMTP, id="TLS to a server that does not speak it"),
    pytest.param(b"", b"\x16\x03\x03\x00\x50", 465, TLS, id="implicit TLS, one-sided"),
    pytest.param(b"\x17\x03\x03\x00\x50", b"", 465, TLS, id="implicit TLS, midstream"),
    pytest.param(b"\x16", b"", 465, MORE, id="a first octet"),
]


@pytest.mark.parametrize(("client", "server", "port", "verdict"), HINTED)
def test_on_a_mail_port(client: bytes, server: bytes, port: int, verdict: Verdict) -> None:
    assert Recognition(verdict) == recognise(client, server, port)


@pytest.mark.parametrize(
    ("client", "server"),
    [
        (b"220 mx.example.net ESMTP\r\n", b"EHLO a\r\n"),
        (b"250 2.1.0 Ok\r\n", b"RCPT TO:<a@example.org>\r\n"),
        (b"250 Ok\r\n", b"MAIL FROM:<a@example.org>\r\n"),
        (b"", b"MAIL FROM:<a@example.org>\r\n"),
        (b"250 2.1.0 Ok\r\n", b""),
    ],
)
def test_roles_the_wrong_way_round(client: bytes, server: bytes) -> None:
    assert Recognition(SMTP, reversed=True) == recognise(client, server, 40123)


WORDS = [
    b"220 ",
    b"220-",
    b"mx.example.net",
    b" ESMTP",
    b" LMTP",
    b" lmtp",
    b" Lmtp",
    b"\r\n",
    b"\n",
    b"\x00",
    b"\x16\x03",
    b"FTP",
    b"EHLO",
]


@given(st.lists(st.sampled_from(WORDS), max_size=6), st.sampled_from([25, 465, 587, 10025]))
def test_a_greeting_known_at_a_glance_is_what_it_would_be(words: list[bytes], port: int) -> None:
    server = b"220 " + b"".join(words)
    at_a_glance = recognise(b"", server, port)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(recognition, "_PLAIN_GREETING", re.compile(b"(?!)"))

        assert recognise(b"", server, port) == at_a_glance


@given(st.binary(max_size=300), st.binary(max_size=300), st.sampled_from([25, 465, 80]))
def test_no_octets_raise(client: bytes, server: bytes, port: int) -> None:
    assert recognise(client, server, port).verdict in Verdict
