"""Two decoders, one truth: what the columns call regular is what ``wire`` makes of it, and they call enough so."""

import random
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.columns.lanes import ETHERNET, LINK_TYPES, RAW, SLL, SLL2, agree, batch_of
from tests.columns.variants import LINKS, damaged, frames
from tests.wire.made import icmp, ipv4, ipv6, tcp, udp
from wiretruth.errors import InputError
from wiretruth.sources.files import CaptureSource

SMALL = 200
SAMPLES = [
    ipv4(tcp(b"220 mx\r\n"), 6),
    ipv4(tcp(b"x", bytes.fromhex("0101080a0000000100000002")), 6),
    ipv4(tcp(b"", bytes.fromhex("020405b40402080a000000010000000001030307"), flags=2), 6),
    ipv4(tcp(b"", bytes.fromhex("0101050a00000001000000050101080a0000000100000002")), 6),
    ipv4(udp(b"payload of a datagram"), options=b"\x01" * 8),
    ipv4(icmp(8, 0, 7, b"echo"), 1),
    ipv4(icmp(3, 4, 1400, ipv4(udp(b"x" * 20))), 1),
    ipv4(b"esp", 50),
    ipv4(udp(b"piece"), pieces=0x2000),
    ipv6(tcp(b"EHLO mta\r\n"), 6),
    ipv6(udp(b"x" * 30)),
    ipv6(icmp(135, 0), 58),
    ipv6(icmp(2, 0, 1280, ipv6(udp(b"x" * 20))), 58),
    ipv6(b"\x11\0\0\0\0\0\0\0" + udp(b"behind"), 0),
    ipv6(b"", 59),
]


@pytest.mark.parametrize("version", [4, 6])
@pytest.mark.parametrize("link", LINKS)
def test_odd_rows_stay_rare(link: str, version: int) -> None:
    """The slow way must not become the common way; every other row is what ``wire`` says."""
    link_type, found = frames(link, version=version)
    compared = agree(batch_of(found, [link_type]))

    assert len(compared.odd) < len(found) / 100
    assert len(compared.packets) > len(found) * 0.98


@pytest.mark.parametrize("link", LINKS)
def test_damaged_headers(link: str) -> None:
    rng = random.Random(link)
    link_type, found = frames(link, SMALL, version=rng.choice((4, 6)))
    for _ in range(4):
        agree(batch_of([damaged(frame, rng) for frame in found], [link_type]))


@pytest.mark.parametrize("link", LINKS)
def test_every_length(link: str) -> None:
    """A frame cut anywhere, at the end of the buffer or before others."""
    link_type, wrap = LINKS[link]
    for packet in SAMPLES:
        frame = wrap(packet, 0)
        cut = [frame[:size] for size in range(len(frame) + 1)]
        agree(batch_of(cut, [link_type], [len(frame)] * len(cut)))
        for last in cut:
            agree(batch_of([frame, last], [link_type]))


def altered(sample: bytes, link: str, place: int, octet: int, size: int) -> bytes:
    """Give a frame with one octet changed, cut to a size."""
    frame = bytearray(LINKS[link][1](sample, 1))
    frame[place % len(frame)] = octet
    return bytes(frame[:size])


@given(
    st.lists(
        st.one_of(
            st.binary(max_size=120),
            st.builds(
                altered,
                st.sampled_from(SAMPLES),
                st.sampled_from([*LINKS]),
                st.integers(0, 100),
                st.integers(0, 255),
                st.integers(0, 200),
            ),
        ),
        min_size=1,
        max_size=30,
    ),
    st.lists(st.sampled_from(LINK_TYPES), min_size=1, max_size=4),
    st.lists(st.integers(0, 1 << 40), max_size=30),
)
def test_any_octets(found: list[bytes], link_types: list[int], originals: list[int]) -> None:
    """Nothing is raised, and no row means anything else than ``wire`` says."""
    agree(batch_of(found, link_types, [*originals, *([0] * len(found))]))


def test_interfaces_of_several_link_types() -> None:
    packets = SAMPLES * 8
    types = [ETHERNET, RAW, SLL, SLL2]
    wraps = [LINKS[name][1] for name in ("Ethernet", "RAW", "SLL", "SLL2")]
    compared = agree(batch_of([wraps[n % 4](p, n) for n, p in enumerate(packets)], types))

    assert 6 * len(packets) / len(SAMPLES) < len(compared.packets)


def test_no_row() -> None:
    assert ({}, []) == agree(batch_of([]))


@pytest.mark.shared
def test_public_captures(shared: Path) -> None:
    """Every frame of the corpus and of the lab."""
    rows = odd = 0
    for path in sorted(p for p in (*(shared / "corpus").rglob("*"), *(shared / "lab").rglob("*")) if p.is_file()):
        if path.stat().st_size > 3_000_000 or "oracle" in path.parts:
            continue
        try:
            with CaptureSource(str(path)) as source:
                for batch in islice(source.batches(), 40):
                    rows += len(batch)
                    odd += len(agree(batch).odd)
        except InputError:
            continue
    assert rows > 10_000
    assert odd < rows
