"""Settled before numpy is loaded."""

import os
from pathlib import Path

import numpy as np
import pytest

from wiretruth.sources.arrays import give_back
from wiretruth.sources.blocks import BlockReader


@pytest.mark.parametrize(("before", "after"), [(None, "1"), ("3", "3")])
def test_threads_of_numpy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, before: str | None, after: str) -> None:
    """None that nobody needs; who asks for more gets them."""
    monkeypatch.setenv("OPENBLAS_NUM_THREADS", before or "")
    if before is None:
        monkeypatch.delenv("OPENBLAS_NUM_THREADS")
    (tmp_path / "file").write_bytes(b"x")
    BlockReader(str(tmp_path / "file")).close()

    assert after == os.environ["OPENBLAS_NUM_THREADS"]


def test_what_is_given_back_leaves_columns_usable() -> None:
    """Whatever the C library is: what was made before stays, and more can be made."""
    before = np.arange(1 << 17)
    give_back()

    assert [(1 << 17) - 1] * 2 == [int(before[-1]), int(np.arange(1 << 17)[-1])]
