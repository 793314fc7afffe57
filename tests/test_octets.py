"""Whatever comes from the wire is shown harmlessly, and nothing that is shown could have been something else."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wiretruth.octets import PRINTABLE_LIMIT, printable

TABLE = [
    (b"", ""),
    (b"250 2.0.0 Ok", "250 2.0.0 Ok"),
    (b"\x1b[2J", r"\x1b[2J"),
    (b"a\\x1b", r"a\x5cx1b"),
    (b"tab\there\r\n", r"tab\x09here\x0d\x0a"),
    ("Grüße".encode(), "Grüße"),
    (b"Gr\xfc\xdfe", r"Gr\xfc\xdfe"),
    ("\u202egpj.exe".encode(), r"\xe2\x80\xaegpj.exe"),
    ("\u009b1m".encode(), r"\xc2\x9b1m"),
    (b"\xe2\x82", r"\xe2\x82"),
    (b"\xf0\x9f\x93\xa7!", "\N{E-MAIL SYMBOL}!"),
    (b"\xed\xa0\x80", r"\xed\xa0\x80"),
    (b"\xc0\xaf", r"\xc0\xaf"),
    (b"\x7f\x00", r"\x7f\x00"),
]


@pytest.mark.parametrize(("octets", "expected"), TABLE)
def test_quoting(octets: bytes, expected: str) -> None:
    assert expected == printable(octets)


def unquoted(text: str) -> bytes:
    """The octets that *text* stands for."""
    pieces = re.split(r"\\x([0-9a-f]{2})", text)
    return b"".join(bytes.fromhex(p) if i % 2 else p.encode() for i, p in enumerate(pieces))


@given(st.binary(max_size=PRINTABLE_LIMIT) | st.text(max_size=99).map(str.encode))
def test_text_is_printable_and_unambiguous(octets: bytes) -> None:
    text = printable(octets)

    assert text.isprintable()
    assert octets == unquoted(text)


@pytest.mark.parametrize(
    ("octets", "limit", "expected"),
    [(b"abcd", 4, "abcd"), (b"abcde", 4, "abcd… (1 more octets)"), ("aé".encode(), 2, r"a\xc3… (1 more octets)")],
)
def test_what_is_cut_is_counted(octets: bytes, limit: int, expected: str) -> None:
    assert expected == printable(octets, limit)
