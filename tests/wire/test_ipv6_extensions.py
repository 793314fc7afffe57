import pytest

from wiretruth.wire.fragment import FragmentHeader
from wiretruth.wire.ipv6_extensions import MAX_EXTENSIONS, Chain, follow

UDP = 17
OPTIONS = "00010400000000"  # of a header whose first octet, the next header, is put before it


def chain(*headers: str) -> bytes:
    return bytes.fromhex("".join(headers)) + b"payload"


@pytest.mark.parametrize(
    ("first", "octets", "end"),
    [
        (UDP, chain(), Chain(UDP, 0)),
        (59, chain(), Chain(59, 0)),
        (0, chain("11", OPTIONS), Chain(UDP, 8)),
        (60, chain("11", OPTIONS), Chain(UDP, 8)),
        (43, chain("11", "02", "00" * 22), Chain(UDP, 24)),
        (51, chain("11", "04", "00" * 22), Chain(UDP, 24)),
        (0, chain("3c", OPTIONS, "2b", OPTIONS, "11", OPTIONS), Chain(UDP, 24)),
        (44, chain("11", "00", "0000", "00000007"), Chain(UDP, 8)),
        (44, chain("11", "00", "0001", "00000007"), Chain(UDP, 8, FragmentHeader(7, 0, more=True))),
        (44, chain("11", "00", "05a8", "00000007"), Chain(UDP, 8, FragmentHeader(7, 1448, more=False))),
        (44, chain("3c", "00", "0001", "00000007"), Chain(60, 8, FragmentHeader(7, 0, more=True))),
        (135, chain("11", OPTIONS), Chain(135, 0)),
    ],
)
def test_chain_ends_at_the_transport_or_at_a_fragment(first: int, octets: bytes, end: Chain) -> None:
    assert end == follow(octets, first, 0, len(octets))
    assert end._replace(position=end.position + 40) == follow(bytes(40) + octets, first, 40, 40 + len(octets))


@pytest.mark.parametrize(("stop", "position"), [(0, 0), (7, 0), (8, 8), (15, 8)])
def test_cut_chain_keeps_the_last_header_that_was_reached(stop: int, position: int) -> None:
    found = follow(chain("3c", OPTIONS, "11", OPTIONS), 0, 0, stop)

    assert (60 if position else 0, position) == (found.protocol, found.position)
    assert found.fault is not None


def test_header_longer_than_the_packet_is_a_fault() -> None:
    octets = chain("11", "ff", "00" * 6)

    assert follow(octets, 60, 0, len(octets)).fault is not None


@pytest.mark.parametrize(("count", "cut"), [(MAX_EXTENSIONS, False), (MAX_EXTENSIONS + 1, True), (5000, True)])
def test_chain_is_bounded(count: int, cut: bool) -> None:
    octets = chain(*["3c" + OPTIONS] * (count - 1), "11" + OPTIONS)
    found = follow(octets, 60, 0, len(octets))

    assert cut == (found.fault is not None)
    assert (60 if cut else UDP) == found.protocol
