"""The parts of descriptive blocks."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.capture.forge import option
from wiretruth.capture.pcapng_blocks import (
    Clock,
    OptionError,
    byte_order,
    interface_description,
    interface_drops,
    options,
)


@pytest.mark.parametrize("order", ["<", ">"])
def test_options_end_at_their_end_mark(order: str) -> None:
    octets = option(2, b"abc", order) + option(9, b"\x06", order) + option(0, b"", order) + option(2, b"late", order)

    assert [(2, b"abc"), (9, b"\x06")] == list(options(octets, order))


@pytest.mark.parametrize("octets", [b"", b"\x02", option(0, b"")])
def test_no_options(octets: bytes) -> None:
    assert [] == list(options(octets, "<"))


def test_option_beyond_the_block_is_damage() -> None:
    with pytest.raises(OptionError, match="option 2 of 255 octets where 3 are left"):
        list(options(b"\x02\0\xff\0abc", "<"))


@pytest.mark.parametrize(
    ("magic", "expected"),
    [(b"\x4d\x3c\x2b\x1a", "<"), (b"\x1a\x2b\x3c\x4d", ">"), (b"\x3c\x4d\x1a\x2b", None), (b"", None)],
)
def test_byte_order(magic: bytes, expected: str | None) -> None:
    assert expected == byte_order(magic)


@given(st.integers(0, 127), st.booleans(), st.integers(0, 2**64 - 1))
def test_clock_agrees_with_exact_fractions(exponent: int, binary: bool, ticks: int) -> None:
    """Nanoseconds are the exact value rounded down."""
    value = (0x80 if binary else 0) | exponent
    _, clock = interface_description(bytes(8) + option(9, bytes((value,))), "<")
    exact = ticks * 10**9 // ((2 if binary else 10) ** exponent)

    assert exact == clock.nanoseconds(ticks >> 32, ticks & 0xFFFFFFFF)


def test_default_clock_counts_microseconds() -> None:
    assert interface_description(bytes(8), "<")[1] == Clock()
    assert 1000 == Clock().nanoseconds(0, 1)


@pytest.mark.parametrize(
    ("name", "expected"),
    [(b"eth0", "eth0"), (b"eth0\0\0", "eth0"), (b"", None), (b"\x1b[2J", "\\x1b[2J"), ("größe".encode(), "größe")],
)
def test_interface_name_is_printable(name: bytes, expected: str | None) -> None:
    assert expected == interface_description(bytes(8) + option(2, name), "<")[0].name


@given(st.binary(max_size=60), st.sampled_from("<>"))
def test_any_options_are_read_or_refused(octets: bytes, order: str) -> None:
    """Nothing but an OptionError comes of hostile options."""
    with contextlib.suppress(OptionError):
        interface_description(bytes(8) + octets, order)
    with contextlib.suppress(OptionError):
        interface_drops(bytes(12) + octets, order)
