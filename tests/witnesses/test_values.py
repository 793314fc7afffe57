"""Values as firewall tools write them."""

from collections.abc import Callable

import pytest

from wiretruth.model.ruleset import IPV6_ABOVE, Bits, Range, Value
from wiretruth.witnesses._values import address, endpoint, port, protocol

A, B = 0xC0000201, 0xC0000209


@pytest.mark.parametrize(
    ("read", "text", "expected"),
    [
        (address, "192.0.2.1", Range(A, A)),
        (address, "192.0.2.1/32", Range(A, A)),
        (address, "192.0.2.0/24", Range(A - 1, A + 254)),
        (address, "192.0.2.0/255.255.255.0", Range(A - 1, A + 254)),
        (address, "192.0.2.1-192.0.2.9", Range(A, B)),
        (address, "192.0.2.1/255.0.0.255", Bits(0xFF0000FF, 0xC0000001)),
        (address, "::/0", Range(IPV6_ABOVE, 2 * IPV6_ABOVE - 1)),
        (address, "2001:db8::/ffff:ffff::1", Bits(IPV6_ABOVE | int("ffffffff" + "0" * 23 + "1", 16), IPV6_ABOVE | int("20010db8" + "0" * 24, 16))),
        (port, "25", Range(25, 25)),
        (port, "smtp", Range(25, 25)),
        (port, "20:25", Range(20, 25)),
        (port, ":25", Range(0, 25)),
        (port, "1024:", Range(1024, 65535)),
        (protocol, "tcp", Range(6, 6)),
        (protocol, "132", Range(132, 132)),
    ],
)  # fmt: skip
def test_read(read: Callable[[str], Value], text: str, expected: Value) -> None:
    assert expected == read(text)


@pytest.mark.parametrize(
    ("read", "text"),
    [
        (address, "mail.example.net"),
        (address, "192.0.2.9-192.0.2.1"),
        (address, "192.0.2.1/33x"),
        (address, ""),
        (port, "65536"),
        (port, "-1"),
        (port, "9" * 10_000),
        (protocol, "carrier-pigeon"),
        (endpoint, ""),
        (endpoint, "192.0.2.1:x"),
        (endpoint, "[2001:db8::1"),
    ],
)
def test_what_is_no_value_is_refused(read: Callable[[str], object], text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - what it says is nobody's business
        read(text)


@pytest.mark.parametrize(
    ("text", "addresses", "ports"),
    [
        ("192.0.2.1", (Range(A, A),), None),
        ("192.0.2.1:25", (Range(A, A),), Range(25, 25)),
        ("192.0.2.1-192.0.2.9:25-30", (Range(A, B),), Range(25, 30)),
        ("192.0.2.1:2000-2010/2000", (Range(A, A),), Range(2000, 2010)),
        (":25", (), Range(25, 25)),
        ("::1", (Range(IPV6_ABOVE + 1, IPV6_ABOVE + 1),), None),
        ("[::1]:25", (Range(IPV6_ABOVE + 1, IPV6_ABOVE + 1),), Range(25, 25)),
        ("[::1]", (Range(IPV6_ABOVE + 1, IPV6_ABOVE + 1),), None),
        ("[::1]-[::2]:25", (Range(IPV6_ABOVE + 1, IPV6_ABOVE + 2),), Range(25, 25)),
    ],
)
def test_endpoint(text: str, addresses: tuple[Range, ...], ports: Range | None) -> None:
    assert (addresses, ports) == endpoint(text)
