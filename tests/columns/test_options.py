"""TCP options, against their definition."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wiretruth.columns.options import MSS, SACK, SACK_PERMITTED, TIMESTAMPS, WINDOW_SCALE, Options, read
from wiretruth.columns.view import Numbers, Truths, View
from wiretruth.wire import tcp_options

BEFORE = 20
PIECES = [
    b"\x00", b"\x01", b"\x02\x04\x05\xb4", b"\x03\x03\x07", b"\x04\x02", b"\x08\x0a" + bytes(range(1, 9)),
    b"\x02\x04\x05\xb4\x04\x02\x08\x0a" + bytes(range(8)) + b"\x01\x03\x03\x07", b"\x05\x0a" + bytes(8), b"\x05\x12" + bytes(16), b"\x05\x0b", b"\x02\x03", b"\x08", b"\x22\x02", b"\x22\x00", b"\xfe\xff",
]  # fmt: skip


def options(*each: bytes) -> Options:
    octets = b"".join(bytes(BEFORE) + one for one in each) + bytes(12)
    ends = np.cumsum([BEFORE + len(one) for one in each])
    begins = ends - [len(one) for one in each]
    return reading(octets, begins, ends, np.ones(len(each), np.bool_))


def reading(octets: bytes, begins: Numbers, ends: Numbers, sound: Truths) -> Options:
    view = View(octets)
    return read(view, begins, ends, view.numbers(begins, ">u4"), sound)


@given(
    st.lists(st.lists(st.sampled_from(PIECES), max_size=8).map(b"".join).map(lambda o: o[:40]), min_size=1, max_size=9)
)
def test_soundness_and_kinds(each: list[bytes]) -> None:
    found = options(*each)
    special = found.special.tolist()
    for row, octets in enumerate(each):
        expected, faults = tcp_options.decode(bytes(12) + octets, 12, 12 + len(octets))
        assert (not faults) == found.sound[row]
        if faults:
            continue
        present = {kind: row in special and bool(found.places[kind][special.index(row)]) for kind in found.places or ()}
        kinds = {
            MSS: expected.mss,
            WINDOW_SCALE: expected.window_scale,
            SACK_PERMITTED: expected.sack_permitted or None,
        }
        assert [k for k, value in kinds.items() if value is not None] == [k for k in kinds if present.get(k)]
        assert bool(expected.sack) == present.get(SACK, False)
        assert (expected.ts_value is not None) == bool(found.timestamps[row])


def test_the_first_of_a_kind_counts() -> None:
    found = options(b"\x02\x04\x05\xb4\x02\x04\x00\x01", b"")

    assert [BEFORE] == found.places[MSS].tolist()
    assert [0] == found.special.tolist()


@pytest.mark.parametrize(
    ("octets", "special"), [(bytes.fromhex("0101080a0000000100000002"), []), (b"\x08\x0a" + bytes(8) + b"\0\0", [0])]
)
def test_timestamps_alone_are_nothing_special(octets: bytes, special: list[int]) -> None:
    found = options(octets)

    assert (special, True) == (found.special.tolist(), found.timestamps[0] > 0)
    assert TIMESTAMPS not in found.places or special


def test_damaged_segments_are_not_looked_at() -> None:
    octets = bytes(60)
    found = reading(octets, np.array([20]), np.array([1 << 50]), np.zeros(1, np.bool_))

    assert ([False], []) == (found.sound.tolist(), found.special.tolist())
