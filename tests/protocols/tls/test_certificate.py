"""Names of certificates: as OpenSSL reads them, and nothing but a fault from what is no certificate."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.protocols.tls.made import NAMES, certificate
from wiretruth.model.frames import Fault
from wiretruth.protocols.tls.certificate import MAX_NAMES, CertificateNames, names_of


@pytest.fixture(scope="module")
def der(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return certificate(tmp_path_factory.mktemp("names"), *NAMES)[0]


def test_alternative_names(der: bytes) -> None:
    assert CertificateNames(NAMES) == names_of(der)


@pytest.mark.parametrize(
    ("subject", "expected"),
    [("/O=Example/CN=common.example.net", ("common.example.net",)), ("/O=Example", ())],
)
def test_the_common_name_where_there_are_none(subject: str, expected: tuple[str, ...], tmp_path: Path) -> None:
    assert CertificateNames(expected) == names_of(certificate(tmp_path, subject=subject)[0])


def test_many_names_are_bounded(tmp_path: Path) -> None:
    read = names_of(certificate(tmp_path, *(f"h{n}.example" for n in range(MAX_NAMES + 5)))[0])

    assert isinstance(read, CertificateNames)
    assert (MAX_NAMES, 5) == (len(read.names), read.dropped)


def test_hostile_names_are_escaped(der: bytes) -> None:
    read = names_of(der.replace(b"mail.example.net", b"mail\x1b[2J\x00mple.ne"))

    assert isinstance(read, CertificateNames)
    assert "\x1b" not in read.names[0]
    assert r"mail\x1b[2J\x00mple.ne" == read.names[0]


def test_every_cut_is_a_fault(der: bytes) -> None:
    assert all(isinstance(names_of(der[:end]), Fault) for end in range(len(der)))


def test_what_follows_is_a_fault(der: bytes) -> None:
    read = names_of(der + b"x")

    assert isinstance(read, Fault)
    assert (len(der), "the end of the certificate") == (read.offset, read.expected)


@pytest.mark.parametrize(
    ("octets", "expected"),
    [
        ("3080", "the length of a certificate"),  # indefinite, as BER allows
        ("308103020101", "the length of a certificate in its shortest form"),
        ("30820003020101", "the length of a certificate in its shortest form"),
        ("3084000000050000000000", "the length of a certificate"),
        ("3f0100", "a certificate, with a tag of one octet"),
        ("0400", "a certificate (tag 0x30)"),
        ("300a", "a certificate within what holds it"),
        ("", "a certificate"),
    ],
)
def test_only_der(octets: str, expected: str) -> None:
    read = names_of(bytes.fromhex(octets))

    assert isinstance(read, Fault)
    assert expected == read.expected


@given(st.binary(max_size=200))
def test_any_octets(octets: bytes) -> None:
    names_of(octets)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200)
@given(st.data())
def test_any_change_of_one_octet(der: bytes, data: st.DataObject) -> None:
    place, octet = data.draw(st.integers(0, len(der) - 1)), data.draw(st.integers(0, 255))
    names_of(der[:place] + bytes([octet]) + der[place + 1 :])
