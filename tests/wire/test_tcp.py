import pytest

from tests.wire.made import ipv4, packet, places, tcp
from wiretruth.model.packet import Packet, TcpFlag, TcpSegment
from wiretruth.wire.tcp import decode

TIMES = bytes.fromhex("0101080a0000000100000002")
PLAIN = TcpSegment(40000, 25, 1000, 2000, TcpFlag.PSH | TcpFlag.ACK, 502, b"EHLO", 4)


def of(octets: bytes) -> Packet:
    return packet(ipv4(octets, 6))


@pytest.mark.parametrize(
    ("octets", "segment"),
    [
        (tcp(b"EHLO"), PLAIN),
        (tcp(b"EHLO", TIMES), PLAIN._replace(ts_value=1, ts_echo=2)),
        (tcp(b"EHLO", TIMES[2:] + b"\1\1"), PLAIN._replace(ts_value=1, ts_echo=2)),
        (tcp(b"EHLO", bytes.fromhex("020405b4")), PLAIN._replace(mss=1460)),
        (tcp(b"", flags=0xC2), PLAIN._replace(flags=TcpFlag.SYN, payload=b"", length=0)),
    ],
)
def test_segment(octets: bytes, segment: TcpSegment) -> None:
    assert segment == of(octets).transport
    assert () == of(octets).faults


def test_damaged_options_keep_the_segment() -> None:
    found = of(tcp(b"EHLO", bytes.fromhex("020405b403000000")))

    assert PLAIN._replace(mss=1460) == found.transport
    assert ["tcp option"] == places(found)


@pytest.mark.parametrize("words", range(5))
def test_data_offset_within_the_fixed_header_is_no_segment(words: int) -> None:
    found = of(tcp(b"EHLO", offset=words))

    assert found.transport is None
    assert ["tcp data offset"] == places(found)


def test_data_offset_beyond_the_segment_keeps_what_the_header_says() -> None:
    found = of(tcp(b"", offset=15, flags=TcpFlag.RST))

    assert PLAIN._replace(flags=TcpFlag.RST, payload=b"", length=0) == found.transport
    assert ["tcp options"] == places(found)


@pytest.mark.parametrize("cut", range(1, 5))
def test_payload_cut_by_the_capture_keeps_its_length(cut: int) -> None:
    whole = ipv4(tcp(b"EHLO", TIMES), 6)
    found = packet(whole[:-cut], original=len(whole))

    assert PLAIN._replace(payload=b"EHLO"[:-cut], ts_value=1, ts_echo=2) == found.transport
    assert () == found.faults


def test_options_cut_by_the_capture_keep_the_length() -> None:
    whole = ipv4(tcp(b"EHLO", bytes.fromhex("020405b4") + TIMES), 6)
    found = packet(whole[:45], original=len(whole))

    assert PLAIN._replace(mss=1460, payload=b"") == found.transport
    assert ["tcp options"] == places(found)


@pytest.mark.parametrize("there", range(20))
def test_short_header_is_a_fault(there: int) -> None:
    segment, faults = decode(tcp(), 0, there, 20)

    assert segment is None
    assert ["tcp header"] == [fault.where for fault in faults]
