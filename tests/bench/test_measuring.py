"""A whole sitting, small."""

from pathlib import Path

import pytest

from bench.measuring import made, measured
from bench.options import Options, parsed


def options(folder: Path, *words: str) -> Options:
    small = ["--scale", "0.0004", "--runs", "1", "--directory", str(folder), "-w", "resolver", "-c", "cat"]
    return parsed([*small, *words])


def test_sitting(tmp_path: Path) -> None:
    sitting = measured(options(tmp_path, "--growth"), lambda _: None)

    assert ["wiretruth read", "cat"] == [result.name for result in sitting.readings[0].results]
    assert [400] == [reading.packets // 10 * 10 for reading in sitting.readings]
    assert sorted(reading.packets for reading in sitting.growth) == [reading.packets for reading in sitting.growth]
    assert 3 == len(sitting.growth)
    assert [] == list(tmp_path.iterdir())


def test_captures_are_kept_when_asked_for(tmp_path: Path) -> None:
    measured(options(tmp_path, "--keep"), lambda _: None)

    assert ["resolver-0.0004.pcap"] == [path.name for path in tmp_path.glob("*/*")]


def test_no_room_is_told(tmp_path: Path) -> None:
    with pytest.raises(OSError, match=r"resolver could not be made: .*No such file"):
        made("resolver", 0.0004, tmp_path / "nowhere" / "resolver.pcap")
