"""IPv4 within IPv6: the examples of RFC 6052 section 2.4, and prefixes learned as RFC 7050 says."""

from ipaddress import IPv6Network

import pytest

from tests.ledger.made import MTA, MX1, told
from wiretruth.ledger.names import Names
from wiretruth.ledger.nat64 import Prefixes, embedded

EXAMPLES = [
    ("2001:db8::/32", "2001:db8:c000:221::"),
    ("2001:db8:100::/40", "2001:db8:1c0:2:21::"),
    ("2001:db8:122::/48", "2001:db8:122:c000:2:2100::"),
    ("2001:db8:122:300::/56", "2001:db8:122:3c0:0:221::"),
    ("2001:db8:122:344::/64", "2001:db8:122:344:c0:2:2100::"),
    ("2001:db8:122:344::/96", "2001:db8:122:344::192.0.2.33"),
]


@pytest.mark.parametrize(("prefix", "address"), EXAMPLES)
def test_examples_of_rfc_6052(prefix: str, address: str) -> None:
    assert "192.0.2.33" == embedded(address, IPv6Network(prefix))


@pytest.mark.parametrize("address", ["2001:db9::1", "192.0.2.33", "no address", "64:ff9b::1"])
def test_outside_the_prefix(address: str) -> None:
    assert embedded(address, IPv6Network("2001:db8::/32")) is None


@pytest.mark.parametrize("prefix", ["2001:db8:64::/96", "2001:db8:122:344::/64", "2001:db8:122::/48"])
def test_a_prefix_is_learned_from_the_probe(prefix: str) -> None:
    network = IPv6Network(prefix)
    packed = bytearray(network.network_address.packed)
    place = {96: (12, 13, 14, 15), 64: (9, 10, 11, 12), 48: (6, 7, 9, 10)}[network.prefixlen]
    for where, octet in zip(place, (192, 0, 0, 170), strict=True):
        packed[where] = octet
    address = str(IPv6Network((bytes(packed), 128)).network_address)
    known = Prefixes()
    known.note(told("AAAA ipv4only.arpa", f"ipv4only.arpa AAAA {address}"), ("", MTA))
    for where, octet in zip(place, (198, 51, 100, 10), strict=True):
        packed[where] = octet

    assert "198.51.100.10" == known.embedded(str(IPv6Network((bytes(packed), 128)).network_address), [("", MTA)])


@pytest.mark.parametrize(
    ("question", "answer"),
    [("AAAA ipv4only.arpa", "2001:db8::1"), ("AAAA www.example", "2001:db8:64::c000:aa")],
)
def test_other_answers_teach_nothing(question: str, answer: str) -> None:
    known = Prefixes()
    known.note(told(question, f"{question.split()[1]} AAAA {answer}"), ("", MTA))

    assert known.embedded("2001:db8:64::c000:221", [("", MTA)]) is None


def test_an_address_made_up_from_a_known_one_is_known() -> None:
    names = Names()
    names.add(told("A mail.example.net", f"mail.example.net A {MX1}", at=5))

    assert [False, True, False] == [
        names.knows("64:ff9b::c633:640a", 4),
        names.knows("64:ff9b::c633:640a", 5),
        names.knows("64:ff9b::c633:6414", 9),
    ]
