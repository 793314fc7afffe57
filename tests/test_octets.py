"""Whatever comes from the wire is shown harmlessly, and nothing that is shown could have been something else."""

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wiretruth.octets import MAX_MARKS, PRINTABLE_LIMIT, printable

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
    (b"\xe2A\xc3\xa9", r"\xe2Aé"),
    (b"\xf5\x80\x80\x80", r"\xf5\x80\x80\x80"),
    ("a\u2028b\u00a0c\u3000d".encode(), r"a\xe2\x80\xa8b\xc2\xa0c\xe3\x80\x80d"),
    ("pay\u200bpal\u2066\ufeff".encode(), r"pay\xe2\x80\x8bpal\xe2\x81\xa6\xef\xbb\xbf"),
    ("a\u3164b\ufe0f\u034f".encode(), r"a\xe3\x85\xa4b\xef\xb8\x8f\xcd\x8f"),
    ("\u0301a".encode(), r"\xcc\x81a"),
    ("हिन्दी".encode(), "हिन्दी"),
    ("e\u0301\u0323\u0302\u0303x".encode(), "e\u0301\u0323\u0302" + r"\xcc\x83x"),
    ("abc… (5 more octets)".encode(), r"abc\xe2\x80\xa6 (5 more octets)"),
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


@given(
    st.binary(max_size=400) | st.text(alphabet="a\u0301\u0302\u202e…\\\x1b\u3164é", max_size=200).map(str.encode),
    st.integers(0, 300),
)
def test_never_longer_than_bounded(octets: bytes, limit: int) -> None:
    """Each octet shown takes at most four characters; what is cut, one short remark."""
    text = printable(octets, limit)
    shown, cut, _ = text.partition("…")

    assert bool(cut) is (len(octets) > limit)
    assert octets[:limit] == unquoted(shown)
    assert len(shown) <= 4 * limit
    assert text.isprintable()


def marks(text: str) -> list[int]:
    """The lengths of the runs of combining marks."""
    return [len(run) for run in re.findall("[\u0300-\u036f]+", text)]


@given(st.text(alphabet="a\u0301\u0302\u0303", max_size=PRINTABLE_LIMIT // 2))
def test_marks_do_not_pile_up(text: str) -> None:
    shown = printable(text.encode())

    assert all(run <= MAX_MARKS for run in marks(shown))
    assert not marks(shown[:1])


@pytest.mark.parametrize("octets", [b"\xff", "\u0301".encode(), b"\\", "\u202e".encode(), b"A"], ids=repr)
def test_a_hundred_kilobytes_take_no_time(octets: bytes) -> None:
    flood = octets * (100_000 // len(octets))
    begun = time.perf_counter()

    assert len(printable(flood)) <= 4 * PRINTABLE_LIMIT + 40
    assert flood == unquoted(printable(flood, len(flood)))
    assert time.perf_counter() - begun < 3
