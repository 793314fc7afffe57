"""Several files read as one: nothing lost, nothing twice, in the order of time, each frame found again."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cli import captures
from wiretruth.errors import InputError
from wiretruth.model.frames import NANOSECONDS
from wiretruth.sources import joining
from wiretruth.sources.files import CaptureSource
from wiretruth.sources.joining import GapError, JoinedSource, OverlapError, Part

START = captures.START


def write(top: Path, *files: tuple[int, int]) -> list[Part]:
    """Write files by the second of their first frame and the number of their frames."""
    return [
        Part(captures.write(top / f"m.pcap{place}", frames, START + begin), (START + begin) * NANOSECONDS if frames else None)
        for place, (begin, frames) in enumerate(files)
    ]  # fmt: skip


def seen(source: JoinedSource) -> list[tuple[int, int]]:
    """Number and second of each frame."""
    return [
        (batch.first_number + row, at // NANOSECONDS - START)
        for batch in source.batches()
        for row, at in enumerate(batch.times)
    ]


def test_one_after_the_other(tmp_path: Path) -> None:
    with JoinedSource("m", write(tmp_path, (0, 3), (3, 2), (5, 0)), in_turn=True) as source:
        assert [(1, 0), (2, 1), (3, 2), (4, 3), (5, 4)] == seen(source)
        assert [(f"{tmp_path}/m.pcap0", 3), (f"{tmp_path}/m.pcap1", 1)] == [source.files.locate(n) for n in (3, 4)]
        assert ("pcap", (), False, None) == (source.format, source.faults, source.cut_off, source.kernel_drops)
        assert source.total == source.octets_read


@given(
    files=st.lists(st.tuples(st.integers(0, 30), st.integers(0, 9)), min_size=1, max_size=6),
    block=st.sampled_from([64, 200, 1 << 16]),
)
def test_files_that_overlap_are_merged(
    files: list[tuple[int, int]], block: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    parts = write(tmp_path_factory.mktemp("m"), *files)
    with JoinedSource("m", parts, block=block) as source:
        told = seen(source)
        found = sorted(source.files.locate(number) for number, _ in told)

    assert sorted(second for begin, frames in files for second in range(begin, begin + frames)) == [
        at for _, at in told
    ]
    assert list(range(1, len(told) + 1)) == [number for number, _ in told]
    assert (
        sorted((part.path, n) for part, (_, many) in zip(parts, files, strict=True) for n in range(1, many + 1))
        == found
    )


def test_a_rotation_that_overlaps_is_none(tmp_path: Path) -> None:
    with (
        JoinedSource("m", write(tmp_path, (0, 3), (1, 3)), in_turn=True) as source,
        pytest.raises(OverlapError, match=r"m\.pcap0"),
    ):
        seen(source)


def test_damage_names_its_file(tmp_path: Path) -> None:
    parts = write(tmp_path, (0, 3), (3, 2))
    broken = Path(parts[0].path)
    broken.write_bytes(broken.read_bytes() + b"\xff" * 16)
    Path(parts[1].path).write_bytes(Path(parts[1].path).read_bytes()[:-4])
    with JoinedSource("m", parts) as source:
        assert 4 == len(seen(source))
        assert [
            f"pcap record header of frame 4 in {broken}",
            f"pcap record in {parts[1].path}",
        ] == [fault.where for fault in source.faults]
        assert source.cut_off


def test_damage_before_a_pause_is_a_gap(tmp_path: Path) -> None:
    parts = write(tmp_path, (0, 3), (4, 2))
    Path(parts[0].path).write_bytes(captures.pcap(3)[:-4])
    with JoinedSource("m", parts) as source, pytest.raises(GapError, match=r"m\.pcap0"):
        seen(source)


def test_too_many_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(joining, "MAX_OPEN", 2)
    with (
        JoinedSource("m", write(tmp_path, (0, 9), (1, 9), (2, 9))) as source,
        pytest.raises(InputError, match="more than 2"),
    ):
        seen(source)


def test_too_many_turns(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(joining, "MAX_STRETCHES", 3)
    with JoinedSource("m", write(tmp_path, (0, 9), (0, 9))) as source, pytest.raises(InputError, match="mergecap"):
        seen(source)


def test_interfaces_of_the_same_kind_are_the_same(tmp_path: Path) -> None:
    """Another link type is another interface; another snap length is not."""
    parts = write(tmp_path, (0, 2), (2, 2), (4, 2))
    for part, place, value in ((parts[1], 20, 101), (parts[2], 16, 96)):
        octets = bytearray(Path(part.path).read_bytes())
        octets[place] = value
        Path(part.path).write_bytes(octets)
    with JoinedSource("m", parts) as source:
        told = [(list(batch.interface), [one.link_type for one in batch.interfaces]) for batch in source.batches()]

    assert [([0, 0], [1]), ([1, 1], [1, 101]), ([0, 0], [1, 101])] == told


def test_frames_are_those_of_the_files(tmp_path: Path) -> None:
    parts = write(tmp_path, (0, 3), (1, 3))
    alone = [
        bytes(b.buffer[o : o + n])
        for p in parts
        for b in CaptureSource(p.path).batches()
        for o, n in zip(b.offsets, b.captured, strict=True)
    ]
    with JoinedSource("m", parts) as source:
        merged = [
            bytes(b.buffer[o : o + n]) for b in source.batches() for o, n in zip(b.offsets, b.captured, strict=True)
        ]

    assert sorted(alone) == sorted(merged)
