"""Text in which other hosts and people are told of."""

from ipaddress import ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wiretruth.evidence.masked_addresses import Addresses
from wiretruth.evidence.masked_words import Words

KEY = bytes(range(32))
ADDRESSES = Addresses(KEY)
WORDS = Words(ADDRESSES, KEY)


def address(text: str) -> bytes:
    return str(ip_address(ADDRESSES.packed(ip_address(text).packed))).encode()


FOUR, SIX = address("198.51.100.10"), address("2001:db8::5")
BACK = b".".join(reversed(FOUR.split(b".")))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (b"EHLO [198.51.100.10]", b"EHLO [%b]" % FOUR),
        (b"198.51.100.10:25 and 198.51.100.10.", b"%b:25 and %b." % (FOUR, FOUR)),
        (b"EHLO [IPv6:2001:db8::5]", b"EHLO [IPv6:%b]" % SIX),
        (b"[2001:db8::5]:25", b"[%b]:25" % SIX),
        (b"see 10.100.51.198.bl.example.org", b"see %b.bl.example.org" % BACK),
        (b"host198-51-100-10.example.net", b"host%b.example.net" % FOUR.replace(b".", b"-")),
        (b"550 5.7.1 at 12:34:56, 999.1.1.1, 1.2.3.4.5", b"550 5.7.1 at 12:34:56, 999.1.1.1, 1.2.3.4.5"),
        (b"RCPT TO:<postmaster>", b"RCPT TO:<postmaster>"),
        (b"RCPT TO:<Postmaster@example.net>", b"RCPT TO:<Postmaster@example.net>"),
        (b"MAIL FROM:<> SIZE=3", b"MAIL FROM:<> SIZE=3"),
        (b"0A0AC633:0019 x", b"%b:0019 x" % ADDRESSES.packed(bytes.fromhex("33C60A0A"))[::-1].hex().upper().encode()),
    ],
)
def test_addresses(text: bytes, expected: bytes) -> None:
    assert expected == WORDS.masked(text)


@pytest.mark.parametrize(
    "text",
    [
        b"<alice@example.net>",
        b"RCPT TO:<alice>",
        b"VRFY alice",
        b'"alice smith"@example.net',
        b"<alice+tag=x@[192.0.2.1]>",
    ],
)
def test_mailboxes(text: bytes) -> None:
    masked = WORDS.masked(text)

    assert b"alice" not in masked
    assert len(text) == len(masked)
    assert b"[" in text or masked.partition(b"@")[2] == text.partition(b"@")[2]


def test_one_person_is_one_person() -> None:
    one, other = WORDS.masked(b"alice@a.example"), WORDS.masked(b"Alice@b.example")

    assert one.partition(b"@")[0] == other.partition(b"@")[0].lower()


@given(st.text(alphabet='aZ09.:-@<>[]" /=\\r\né', max_size=60).map(str.encode))
def test_every_text_stays_as_long(text: bytes) -> None:
    assert len(text) == len(WORDS.masked(text))
