"""What a server says in the clear: however it is cut, and whatever it is."""

import ssl
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.protocols.tls.made import NAMES, certificate, server_octets
from wiretruth.protocols.tls.server_flight import MAX_FLIGHT, ServerFlight, ServerFlightReader


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return certificate(tmp_path_factory.mktemp("flight"), *NAMES)[1]


def read(octets: bytes, size: int | None = None) -> ServerFlight:
    reader = ServerFlightReader()
    for start in range(0, len(octets), size or len(octets) or 1):
        reader.receive(octets[start : start + (size or len(octets))])
    return reader.flight


@pytest.mark.parametrize("size", [None, 1, 7])
def test_tls_1_2_shows_its_certificate(both: Path, size: int | None) -> None:
    assert ServerFlight("TLS 1.2", NAMES, None) == read(server_octets(both, ssl.TLSVersion.TLSv1_2), size)


@pytest.mark.parametrize("size", [None, 1])
def test_tls_1_3_hides_it(both: Path, size: int | None) -> None:
    assert ServerFlight("TLS 1.3", (), None) == read(server_octets(both, ssl.TLSVersion.TLSv1_3), size)


def test_messages_in_records_of_any_size(both: Path) -> None:
    """RFC 5246 section 6.2.1: a message may be cut into records, and a record hold several."""
    octets = server_octets(both, ssl.TLSVersion.TLSv1_2)
    messages, position = b"", 0
    while octets[position] == 22:
        length = int.from_bytes(octets[position + 3 : position + 5])
        messages += octets[position + 5 : position + 5 + length]
        position += 5 + length
    pieces = [messages[i : i + 50] for i in range(0, len(messages), 50)]
    cut = b"".join(b"\x16\x03\x03" + len(p).to_bytes(2) + p for p in pieces)

    assert NAMES == read(cut).names
    assert NAMES == read(b"\x16\x03\x03" + len(messages).to_bytes(2) + messages).names


def test_a_damaged_certificate_is_a_fault(both: Path) -> None:
    octets = server_octets(both, ssl.TLSVersion.TLSv1_2)
    place = octets.index(b"\x30\x82", 60)
    damaged = octets[:place] + b"\x31" + octets[place + 1 :]
    flight = read(damaged)

    assert ("TLS 1.2", ()) == (flight.version, flight.names)
    assert flight.fault is not None
    assert "certificate" == flight.fault.where


def test_nothing_is_kept_behind_it(both: Path) -> None:
    reader = ServerFlightReader()
    reader.receive(server_octets(both, ssl.TLSVersion.TLSv1_2))
    before = reader.flight
    reader.receive(b"\x17\x03\x03" + b"secret" * 1000)

    assert reader.done
    assert before is reader.flight


@pytest.mark.parametrize("octets", [b"\x15\x03\x03\x00\x02\x02\x28", b"454 no", b"", b"\x16\x03\x03\x00\x00"])
def test_what_is_no_flight(octets: bytes) -> None:
    assert ServerFlight(None, (), None) == read(octets)


@given(st.binary(max_size=300), st.integers(1, 40))
def test_any_octets_in_any_segments(octets: bytes, size: int) -> None:
    """A handshake record around any octets: nothing raises, and the cutting makes no difference."""
    whole = b"\x16\x03\x03" + max(1, len(octets)).to_bytes(2) + octets

    assert read(whole) == read(whole, size)


def test_a_flood_of_tiny_records_is_bounded() -> None:
    flood = b"\x16\x03\x03\x00\x01\x02" * 200_000
    begun = time.perf_counter()
    reader = ServerFlightReader()
    reader.receive(flood)

    assert reader.done
    assert time.perf_counter() - begun < 1
    assert MAX_FLIGHT < len(flood)
