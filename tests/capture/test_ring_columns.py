"""Columns of a ring: whatever the kernel may have written, the same as one by one."""

import importlib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.capture.test_ring import Frame, block, read

FRAMES = st.builds(
    Frame,
    st.binary(min_size=20, max_size=90),
    st.integers(1, 4),
    st.sampled_from([1, 772, 65534, 512]),
    st.integers(0, 20),
    st.integers(0, 2000),
    st.integers(0, 999_999_999),
)


@given(st.lists(FRAMES, min_size=1, max_size=30))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_columns_are_the_same_as_one_by_one(frames: list[Frame]) -> None:
    importlib.import_module("numpy")
    with pytest.MonkeyPatch.context() as patch:
        slow, fast = (read(block(frames), columns=columns, monkeypatch=patch)[0] for columns in (False, True))

    for column in ("offsets", "captured", "original", "times", "interface"):
        assert getattr(slow, column) == getattr(fast, column), column
    assert slow.interfaces == fast.interfaces
