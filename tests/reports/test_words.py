"""Safe text, numbers, spans and hosts in words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wiretruth.model.finding import Party
from wiretruth.reports._words import count, harmless, host, party, second, share


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("bob@example.net", "bob@example.net"),
        (r"already \x1b escaped", r"already \x1b escaped"),
        ("例え.example.net", "例え.example.net"),
        ("\x1b[2J", r"\x1b[2J"),
        ("a\r\nb", r"a\x0d\x0ab"),
        ("\x9b31m", r"\xc2\x9b31m"),
        ("\u202egpj", r"\xe2\x80\xaegpj"),
        ("caf\udce9.pcap", r"caf\xe9.pcap"),
        ("\ud800", r"\xed\xa0\x80"),
    ],
)
def test_harmless(text: str, expected: str) -> None:
    assert expected == harmless(text)


@given(st.text())
def test_nothing_unprintable_passes(text: str) -> None:
    """Whatever goes in, what comes out is printable, and escaping it again changes nothing."""
    once = harmless(text)

    assert once.isprintable()
    assert once == harmless(once)


@given(st.text(st.characters(min_codepoint=0xD800, max_codepoint=0xDFFF)))
def test_lone_surrogates_are_escaped(text: str) -> None:
    assert harmless(text).isascii()


@pytest.mark.parametrize(
    ("number", "expected"), [(0, "0 deliveries"), (1, "1 delivery"), (2, "2 deliveries"), (12_000, "12,000 deliveries")]
)
def test_count(number: int, expected: str) -> None:
    assert expected == count(number, "delivery", "deliveries")


@pytest.mark.parametrize(
    ("fraction", "expected"), [(0.0, "0%"), (0.00001, "under 0.1%"), (0.001, "0.1%"), (0.12, "12%"), (1.0, "100%")]
)
def test_share_never_rounds_something_to_nothing(fraction: float, expected: str) -> None:
    assert expected == share(fraction)


@pytest.mark.parametrize(
    ("name", "addresses", "expected"),
    [
        ("mail.example.net", ("192.0.2.1", "2001:db8::1"), "mail.example.net [192.0.2.1, 2001:db8::1]"),
        ("mail.example.net", (), "mail.example.net"),
        (None, ("192.0.2.1",), "[192.0.2.1]"),
    ],
)
def test_host(name: str | None, addresses: tuple[str, ...], expected: str) -> None:
    assert expected == host(name, addresses)


@given(st.integers())
def test_every_moment_has_a_second(at: int) -> None:
    """Hostile timestamps lie in no calendar; they must not raise."""
    assert 1 <= second(at).year <= 9999


@pytest.mark.parametrize(
    ("someone", "expected"),
    [
        (Party("192.0.2.1", 25, "mail.example.net"), "mail.example.net [192.0.2.1]:25"),
        (Party("192.0.2.1", 25), "192.0.2.1:25"),
        (Party("2001:db8::1", 25), "[2001:db8::1]:25"),
        (Party("2001:db8::1"), "2001:db8::1"),
        (Party(name="mail.example.net"), "mail.example.net"),
        (Party(), ""),
    ],
)
def test_a_host_as_intended_or_observed(someone: Party, expected: str) -> None:
    assert expected == party(someone)
