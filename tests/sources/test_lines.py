"""Lines of a file, whatever the size of its blocks, compressed or not."""

import gzip
from pathlib import Path

import pytest

from wiretruth.errors import InputError
from wiretruth.sources.lines import LineSource

TEXT = b"one\ntwo\r\n\nfour"
LINES = [b"one", b"two", b"", b"four"]


def read(path: Path, block: int = 64, longest: int = 100) -> list[bytes]:
    with LineSource(str(path), block, longest) as source:
        return [line for lines in source.batches() for line in lines]


@pytest.mark.parametrize("block", [16, 17, 1000])
def test_lines_of_any_block(tmp_path: Path, block: int) -> None:
    path = tmp_path / "x.txt"
    path.write_bytes(TEXT * 20)

    assert (TEXT * 20).replace(b"\r", b"").split(b"\n") == read(path, block)


def test_compressed(tmp_path: Path) -> None:
    path = tmp_path / "x.gz"
    path.write_bytes(gzip.compress(TEXT))

    assert LINES == read(path)


def test_empty(tmp_path: Path) -> None:
    path = tmp_path / "x.txt"
    path.write_bytes(b"")

    assert [] == read(path)


def test_line_that_is_too_long_is_cut_and_the_next_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "x.txt"
    path.write_bytes(b"x" * 1000 + b"\nnext\n")

    assert [b"x" * 100, b"next"] == read(path, 64)


def test_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="does not exist"):
        LineSource(str(tmp_path / "nothing"))


@pytest.mark.parametrize("cut", [slice(0, 20), slice(0, -6)], ids=["text", "trailer"])
def test_lines_that_were_lost_are_no_lines_that_nobody_wrote(cut: slice, tmp_path: Path) -> None:
    path = tmp_path / "mail.log.gz"
    path.write_bytes(gzip.compress(TEXT * 50)[cut])

    with pytest.raises(InputError, match=r"mail\.log\.gz: is cut off \(inside gzip\); copy it again"):
        read(path)


def test_damage_is_told(tmp_path: Path) -> None:
    octets = bytearray(gzip.compress(TEXT * 50))
    octets[-8] ^= 1
    path = tmp_path / "mail.log.gz"
    path.write_bytes(octets)

    with pytest.raises(InputError, match=r"is damaged \(inside gzip\)"):
        read(path)
