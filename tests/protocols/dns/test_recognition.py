"""What is DNS, by content; what is a lookup, by its endpoints too."""

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.protocols.dns.forge import header, query, question, record, response
from wiretruth.model.packet import Endpoint
from wiretruth.protocols.dns.recognition import is_lookup, recognise, recognise_stream

CLIENT = Endpoint("192.0.2.7", 40000)
RESOLVER = Endpoint("192.0.2.53", 53)
ELSEWHERE = Endpoint("192.0.2.53", 20053)
ANSWER = response(record(b"\xc0\x0c", 1, b"\xc0\x00\x02\x01"))


@pytest.mark.parametrize(
    "payload",
    [
        query(),
        query(code=15),
        query("."),
        query("_25._tcp.mail.example.net", 52),
        ANSWER,
        response(flags=0x8183),
        header(0x0120, (1, 0, 0, 1)) + question() + record(b"\0", 41, b""),
        header(0x2400, (1, 0, 0, 0)) + question(code=6),
    ],
)
def test_dns_is_recognised_on_any_port(payload: bytes) -> None:
    assert recognise(payload)
    assert recognise(payload + b"trailing")


@pytest.mark.parametrize(
    "payload",
    [
        b"",
        bytes(12),
        bytes(64),
        b"\xff" * 64,
        query()[:-1],
        query()[:20],
        header(0x0140) + question(),
        header(0x0180) + question(),
        header(0x0103) + question(),
        header(0x7800) + question(),
        header(0x0100, (2, 0, 0, 0)) + question() * 2,
        header(0x0100, (1, 2, 0, 0)) + question(),
        header(0x0100, (1, 0, 0, 3)) + question(),
        header(0x8180, (1, 6000, 0, 0)) + question(),
        header(0x0100) + question(dns_class=7),
        header(0x0100) + question(code=0),
        header(0x0100) + b"\xc0\x0c\0\x01\0\x01",
        b"GET / HTTP/1.1\r\nHost: example.net\r\n\r\n",
        bytes.fromhex("000100002112a442") + bytes(12),
    ],
)
def test_what_is_not_quite_dns_is_not_recognised(payload: bytes) -> None:
    assert not recognise(payload)


@given(st.binary(max_size=64))
def test_any_octets_are_judged(payload: bytes) -> None:
    """Chance does not look like DNS, and nothing is raised."""
    assert not recognise(payload)
    assert is_lookup(payload, CLIENT, ELSEWHERE) is False
    assert recognise_stream(payload) in {False, None}


@pytest.mark.parametrize(
    ("source", "destination", "payload", "expected"),
    [
        (CLIENT, RESOLVER, query(), True),
        (RESOLVER, CLIENT, ANSWER, True),
        (CLIENT, ELSEWHERE, query(), True),
        (CLIENT, Endpoint("192.0.2.53", 5353), query(), True),
        (Endpoint("192.0.2.53", 5353), CLIENT, ANSWER, True),
        (CLIENT, RESOLVER, header(0x8182, (0, 0, 0, 0)), True),
        (CLIENT, ELSEWHERE, header(0x8182, (0, 0, 0, 0)), False),
        (CLIENT, RESOLVER, query()[:14], True),
        (CLIENT, RESOLVER, query()[:11], False),
        (CLIENT, RESOLVER, header(0x7800) + question(), False),
        (Endpoint("192.0.2.7", 5353), Endpoint("224.0.0.251", 5353), query(), False),
        (Endpoint("2001:db8::7", 5353), Endpoint("ff02::fb", 5353), query(), False),
        (Endpoint("192.0.2.7", 5353), Endpoint("192.0.2.8", 5353), ANSWER, False),
        (CLIENT, Endpoint("224.0.0.252", 5355), query(), False),
        (Endpoint("192.0.2.8", 5355), CLIENT, ANSWER, False),
        (Endpoint("192.0.2.8", 137), Endpoint("192.0.2.255", 137), query(), False),
        (CLIENT, Endpoint("239.1.2.3", 53), query(), False),
        (CLIENT, Endpoint("255.255.255.255", 53), query(), False),
        (CLIENT, Endpoint("223.255.255.53", 53), query(), True),
        (CLIENT, Endpoint("2001:db8::53", 53), query(), True),
    ],
)
def test_lookups_are_told_from_their_look_alikes(
    source: Endpoint, destination: Endpoint, payload: bytes, expected: bool
) -> None:
    """Multicast DNS, LLMNR and NetBIOS share the format; a rewritten port does not make a query another thing."""
    assert expected == is_lookup(payload, source, destination)


@pytest.mark.parametrize(
    ("octets", "expected"),
    [
        (b"", None),
        (b"\0", None),
        (struct.pack(">H", len(query())), None),
        (struct.pack(">H", len(query())) + query()[:-1], None),
        (struct.pack(">H", len(query())) + query(), True),
        (struct.pack(">H", len(query())) + query() + b"\0", True),
        (struct.pack(">H", 60000) + ANSWER, True),
        (struct.pack(">H", 300) + bytes(300), False),
        (b"EHLO mail.example.net\r\n" + bytes(400), False),
        (b"\0\0", False),
        (b"\0\x05hello", False),
    ],
)
def test_stream(octets: bytes, expected: bool | None) -> None:
    """More octets are asked for only while they could still tell."""
    assert expected is recognise_stream(octets)
