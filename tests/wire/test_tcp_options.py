import pytest
from hypothesis import given
from hypothesis import strategies as st

from wiretruth.wire.tcp_options import NO_OPTIONS, TcpOptions, decode

MSS, SCALE, PERMITTED = "020405b4", "030307", "0402"
TIMES = "080a0000000100000002"


@pytest.mark.parametrize(
    ("octets", "options"),
    [
        ("", NO_OPTIONS),
        ("01010101", NO_OPTIONS),
        (MSS, TcpOptions(mss=1460)),
        (SCALE + "00", TcpOptions(window_scale=7)),
        (PERMITTED + "0101", TcpOptions(sack_permitted=True)),
        ("0101" + TIMES, TcpOptions(ts_value=1, ts_echo=2)),
        (MSS + PERMITTED + TIMES + "01" + SCALE, TcpOptions(1460, 7, True, (), 1, 2)),
        ("0101050a0000000a00000014", TcpOptions(sack=((10, 20),))),
        ("0101051200000001000000020000000300000004", TcpOptions(sack=((1, 2), (3, 4)))),
        ("05020101", NO_OPTIONS),
        ("fd04f989" + MSS, TcpOptions(mss=1460)),  # an option that nobody here knows
        ("00" + MSS, NO_OPTIONS),  # behind the end of the list
        (MSS + "02040200", TcpOptions(mss=1460)),  # the first one counts
    ],
)
def test_options(octets: str, options: TcpOptions) -> None:
    whole = bytes.fromhex(octets)

    assert (options, ()) == decode(whole, 0, len(whole))
    assert (options, ()) == decode(b"\x02\x04" + whole + b"\x02\x04", 2, 2 + len(whole))


@pytest.mark.parametrize(
    ("octets", "offset"),
    [
        (MSS + "0300", 4),  # a length of nothing
        (MSS + "0301", 4),
        (MSS + "0303", 4),  # beyond the end
        (MSS + "03", 4),
        (MSS + "fd", 4),
        (MSS + "fd00", 4),
        (MSS + "fdff0000", 4),
        (MSS + "02030500", 4),  # of another length than the RFC gives
        (MSS + "03040700", 4),
        (MSS + "080800000001", 4),
        (MSS + "050600000001", 4),  # half a block
    ],
)
def test_damage_keeps_what_came_before(octets: str, offset: int) -> None:
    whole = bytes.fromhex(octets)
    options, faults = decode(whole, 0, len(whole))

    assert TcpOptions(mss=1460) == options
    assert [("tcp option", offset)] == [(fault.where, fault.offset) for fault in faults]


@given(st.binary(max_size=40))
def test_any_octets_give_options(octets: bytes) -> None:
    options, faults = decode(octets, 0, len(octets))

    assert len(options) == len(NO_OPTIONS)
    assert len(faults) <= 1
