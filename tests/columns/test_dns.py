"""Datagrams as messages of DNS: what is ordinary, and what queries and responses have in common."""

import struct

import numpy as np
import pytest

from tests.columns.lanes import RAW, batch_of
from tests.protocols.dns.forge import header, query, question, response
from wiretruth.columns import dns
from wiretruth.columns.headers import choose, headers
from wiretruth.columns.view import View
from wiretruth.model.packet import Endpoint
from wiretruth.protocols.dns.recognition import is_lookup

CLIENT, SERVER = bytes((192, 0, 2, 7)), bytes((198, 51, 100, 53))
CLIENT6, SERVER6 = bytes.fromhex("20010db8") + bytes(11) + b"\7", bytes.fromhex("20010db8") + bytes(11) + b"\x35"
OPT = b"\0" + struct.pack(">HHIH", 41, 1232, 0, 0)


def datagram(
    octets: bytes, ports: tuple[int, int] = (40000, 53), ends: tuple[bytes, bytes] = (CLIENT, SERVER)
) -> bytes:
    udp = struct.pack(">HHHH", *ports, 8 + len(octets), 0) + octets
    if len(ends[0]) == len(CLIENT):
        return struct.pack(">BBHHHBBH", 0x45, 0, 20 + len(udp), 0, 0, 64, 17, 0) + b"".join(ends) + udp
    return struct.pack(">IHBB", 6 << 28, len(udp), 17, 64) + b"".join(ends) + udp


def read(*packets: bytes) -> tuple[View, dns.Messages]:
    found = headers(batch_of(packets, (RAW,)))
    chosen = choose(found, (), found.times >= 0, everything=False)
    return found.view, dns.messages(found, chosen.datagrams, None)


@pytest.mark.parametrize(
    ("octets", "ports", "ends", "expected"),
    [
        (query(), (40000, 53), (CLIENT, SERVER), True),
        (query(), (40000, 53), (CLIENT6, SERVER6), True),
        (response(), (53, 40000), (SERVER, CLIENT), True),
        (query(""), (40000, 53), (CLIENT, SERVER), True),
        (query(".".join(["a" * 63] * 3)), (40000, 53), (CLIENT, SERVER), True),
        (query(".".join(["a" * 63] * 4)), (40000, 53), (CLIENT, SERVER), False),
        (query()[:-1], (40000, 53), (CLIENT, SERVER), False),
        (header(0x0100, (2, 0, 0, 0)) + question() * 2, (40000, 53), (CLIENT, SERVER), False),
        (header(0x2800) + question(), (40000, 53), (CLIENT, SERVER), False),
        (header(0x0100) + b"\xc0\x0c\0\1\0\1", (40000, 53), (CLIENT, SERVER), False),
        (query(), (40000, 5300), (CLIENT, SERVER), False),
        (query(), (137, 53), (CLIENT, SERVER), False),
        (query(), (40000, 53), (CLIENT, bytes((224, 0, 0, 251))), False),
        (query(), (40000, 53), (CLIENT, bytes((255, 255, 255, 255))), False),
        (query(), (40000, 53), (CLIENT6, bytes.fromhex("ff02") + bytes(13) + b"\xfb"), False),
        (query(), (40000, 53), (CLIENT6, bytes(10) + b"\xff\xff" + SERVER), False),
    ],
)
def test_ordinary_messages(octets: bytes, ports: tuple[int, int], ends: tuple[bytes, bytes], expected: bool) -> None:
    _, found = read(datagram(octets, ports, ends))

    assert expected == bool(found.question_end[0] > 0)
    if expected:
        source, destination = (Endpoint("192.0.2.1", port) for port in ports)
        assert is_lookup(octets, source, destination)
        assert octets[12 : found.question_end[0] - found.begin[0]] == octets[12 : octets.index(b"\0", 12) + 5]


def test_a_response_repeats_the_ends_of_its_query() -> None:
    for ends in ((CLIENT, SERVER), (CLIENT6, SERVER6)):
        _, found = read(datagram(query(), (40000, 53), ends), datagram(response(), (53, 40000), ends[::-1]))

        assert [False, True] == found.is_response.tolist()
        assert (found.ends[0] == found.ends[1]).all()
        keys = dns.key_hash(dns.client_hash(found.ends), found.ends)
        assert keys[0] == keys[1]


def test_every_part_of_a_key_counts() -> None:
    ends = np.array([[1, 2, 3, 4, 5 << 48 | 6 << 32 | 7 << 16 | 8]] * 7, np.uint64)
    for row, (column, change) in enumerate(((0, 1), (1, 1), (4, 1 << 48), (4, 1 << 16), (4, 1)), 1):
        ends[row, column] ^= np.uint64(change)
    ends[6, 2:4] = 9
    keys = dns.key_hash(dns.client_hash(ends), ends)

    assert 6 == len(set(keys.tolist()))
    assert keys[0] == keys[6], "who was asked is no part of it: an answer may come from elsewhere"


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("example.net", "example.net", True),
        ("", "", True),
        ("a", "a", True),
        ("abc.example.net", "abd.example.net", False),
        ("abc.a.long.name.example.net", "bbc.a.long.name.example.net", False),
        ("abc.a.long.name.example.net", "abc.a.long.name.example.nets", False),
        ("Example.net", "example.net", False),
    ],
)
def test_questions_octet_by_octet(one: str, other: str, expected: bool) -> None:
    view, found = read(datagram(query(one)), datagram(query(other)))
    first, second = np.array([0]), np.array([1])

    assert [expected] == dns.same_questions(view, found.at(first), found.at(second)).tolist()


@pytest.mark.parametrize(
    ("counts", "more", "expected"),
    [
        ((1, 0, 0, 0), b"", True),
        ((1, 0, 0, 0), b"anything", True),
        ((1, 0, 0, 1), OPT, True),
        ((1, 0, 0, 1), OPT[:-2] + b"\0\4abcd", True),
        ((1, 0, 0, 1), OPT[:-2] + b"\0\4abc", False),
        ((1, 0, 0, 1), OPT[:-1], False),
        ((1, 0, 0, 1), b"\0\0\1" + OPT[3:], False),
        ((1, 0, 0, 2), OPT * 2, False),
        ((1, 1, 0, 0), OPT, False),
    ],
)
def test_queries_with_nothing_that_could_be_damaged(
    counts: tuple[int, int, int, int], more: bytes, expected: bool
) -> None:
    view, found = read(datagram(header(0x0100, counts) + question() + more))

    assert [expected] == dns.sound_queries(view, found).tolist()
