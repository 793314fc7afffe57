"""Other addresses that stand to each other as the ones that they replace."""

from ipaddress import ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wiretruth.evidence.masked_addresses import Addresses

KEY = bytes(range(32))
MADE = Addresses(KEY)


def replaced(address: str, made: Addresses = MADE) -> str:
    return str(ip_address(made.packed(ip_address(address).packed)))


ADDRESSES = st.one_of(st.ip_addresses(v=4), st.ip_addresses(v=6)).map(lambda one: one.packed)


@given(ADDRESSES)
def test_text_stays_as_long(address: bytes) -> None:
    assert len(str(ip_address(address))) == len(str(ip_address(MADE.packed(address))))


@given(st.binary(min_size=4, max_size=4), st.binary(min_size=4, max_size=4))
def test_what_shares_a_network_still_does_and_nothing_else(one: bytes, other: bytes) -> None:
    masked, another = MADE.packed(one), MADE.packed(other)

    assert [one[:n] == other[:n] for n in range(5)] == [masked[:n] == another[:n] for n in range(5)]


@given(st.binary(min_size=16, max_size=16), st.integers(0, 15), st.integers(0, 255))
def test_so_it_is_in_ipv6(one: bytes, place: int, octet: int) -> None:
    other = one[:place] + bytes([octet]) + one[place + 1 :]
    masked, another = MADE.packed(one), MADE.packed(other)

    assert [one[:n] == other[:n] for n in range(17)] == [masked[:n] == another[:n] for n in range(17)]


@pytest.mark.parametrize("address", ["127.0.0.1", "0.0.0.0", "255.255.255.255", "224.0.0.251", "::1", "::", "ff02::1"])  # noqa: S104
def test_what_means_something_by_itself_stays(address: str) -> None:
    assert address == replaced(address)


@pytest.mark.parametrize(
    ("address", "begin"),
    [
        ("10.10.0.5", "10."),
        ("192.168.77.5", "192.168."),
        ("169.254.77.5", "169.254."),
        ("fe80::1234:5678", "fe80::"),
        ("fd12:3456::99", "fd"),
    ],
)
def test_private_stays_private(address: str, begin: str) -> None:
    assert replaced(address).startswith(begin)
    assert address != replaced(address)


@given(st.ip_addresses(v=4))
def test_no_address_becomes_private_or_stops_to_be(address: object) -> None:
    assert _private(str(address)) == _private(replaced(str(address)))


def _private(address: str) -> bool:
    a, b, *_ = map(int, address.split("."))
    return a in (0, 10, 127) or a >= 224 or (a, b) in ((192, 168), (169, 254)) or (a == 172 and 16 <= b < 32)


def test_addresses_that_embed_others_embed_their_masks() -> None:
    assert MADE.packed(ip_address("64:ff9b::c633:640a").packed)[12:] == MADE.packed(ip_address("198.51.100.10").packed)


def test_another_key_gives_other_addresses() -> None:
    addresses = [f"198.51.{n}.{n}" for n in range(100, 120)]

    assert [replaced(a) for a in addresses] == [replaced(a, Addresses(KEY)) for a in addresses]
    assert [replaced(a) for a in addresses] != [replaced(a, Addresses(bytes(32))) for a in addresses]
