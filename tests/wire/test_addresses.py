import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wiretruth.wire.addresses import ipv4_text, ipv6_text


@given(st.binary(min_size=4, max_size=4))
def test_ipv4_is_what_ipaddress_says(packed: bytes) -> None:
    assert str(ipaddress.IPv4Address(packed)) == ipv4_text(packed)


@given(st.binary(min_size=16, max_size=16))
def test_ipv6_means_what_ipaddress_means(packed: bytes) -> None:
    assert ipaddress.IPv6Address(packed) == ipaddress.IPv6Address(ipv6_text(packed))


@pytest.mark.parametrize(
    ("packed", "text"),
    [
        ("20010db8000000000000000000000001", "2001:db8::1"),
        ("20010db8000000010000000000000001", "2001:db8:0:1::1"),
        ("20010db8000100000001000100010001", "2001:db8:1:0:1:1:1:1"),
        ("20010db8aaaabbbbccccddddeeee0aaa", "2001:db8:aaaa:bbbb:cccc:dddd:eeee:aaa"),
        ("00000000000000000000000000000000", "::"),
        ("00000000000000000000000000000001", "::1"),
        ("00000000000000000000ffffc0000201", "::ffff:192.0.2.1"),
    ],
)
def test_ipv6_text_is_rfc_5952(packed: str, text: str) -> None:
    assert text == ipv6_text(bytes.fromhex(packed))
