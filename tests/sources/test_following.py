"""A capture that grows while it is read: nothing lost at its end, nothing twice, through each kind of rotation."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.cli import captures
from wiretruth.errors import InputError
from wiretruth.sources.following import FollowedSource

START = captures.START
HEADER = 24


class Script:
    """What happens to the file while it is followed: one step whenever nothing new is there."""

    def __init__(self, *steps: Callable[[], object]) -> None:
        self._steps = iter(steps)

    def __call__(self, _seconds: float) -> bool:
        step = next(self._steps, None)
        if step is not None:
            step()
        return step is None


def seen(source: FollowedSource) -> list[tuple[int, int]]:
    """Number and second of each frame."""
    return [(b.first_number + row, at // 10**9 - START) for b in source.batches() for row, at in enumerate(b.times)]


def append(path: Path, octets: bytes) -> Callable[[], object]:
    def grow() -> None:
        with path.open("ab") as file:
            file.write(octets)

    return grow


@pytest.fixture
def mail(tmp_path: Path) -> Path:
    return Path(captures.write(tmp_path / "m.pcap", 2))


def test_growth_in_any_pieces(mail: Path) -> None:
    octets = captures.pcap(5)
    mail.write_bytes(octets[:5])
    with FollowedSource(
        str(mail), Script(*(append(mail, octets[n : n + 7]) for n in range(5, len(octets), 7)))
    ) as source:
        assert [(n + 1, n) for n in range(5)] == seen(source)
        assert (None, False, ()) == (source.files, source.cut_off, source.faults)
        assert ("pcap", len(octets), None) == (source.format, source.octets_read, source.kernel_drops)


def test_a_packet_half_written_when_we_stop_is_no_damage(mail: Path) -> None:
    with FollowedSource(str(mail), Script(append(mail, captures.pcap(1)[HEADER:-3]))) as source:
        assert 2 == len(seen(source))
        assert not source.cut_off


def test_the_next_file_of_a_rotation(mail: Path) -> None:
    def rotate() -> None:
        captures.write(mail.with_name("m.pcap1"), 2, START + 3)
        captures.write(mail.with_name("n.pcap1"), 2, START + 3)

    with FollowedSource(str(mail), Script(append(mail, captures.pcap(1, START + 2)[HEADER:]), rotate, bool)) as source:
        assert [(1, 0), (2, 1), (3, 2), (4, 3), (5, 4)] == seen(source)
        assert source.files is not None
        assert (f"{mail}1", 2) == source.files.locate(5)


def test_what_came_last_before_the_rotation_is_read(mail: Path) -> None:
    def both() -> None:
        append(mail, captures.pcap(1, START + 2)[HEADER:])()
        captures.write(mail.with_name("m.pcap1"), 1, START + 3)

    with FollowedSource(str(mail), Script(both, bool)) as source:
        assert [0, 1, 2, 3] == [at for _, at in seen(source)]


def test_another_file_under_the_old_name(mail: Path) -> None:
    def moved() -> None:
        mail.rename(mail.with_name("m.pcap.1"))
        captures.write(mail, 1, START + 9)

    with FollowedSource(str(mail), Script(moved, bool)) as source:
        assert [0, 1, 9] == [at for _, at in seen(source)]
        assert source.files is not None
        assert (f"{mail}.1", 2) == source.files.locate(2)
        assert (f"{mail}", 1) == source.files.locate(3)


def test_a_ring_that_comes_round(mail: Path) -> None:
    """``-W``: the same file, emptied and written again."""
    older = mail.with_name("m.pcap0")
    captures.write(older, 5, START - 9)
    os.utime(older, ns=(0, 0))

    with FollowedSource(str(mail), Script(lambda: captures.write(older, 1, START + 4), bool)) as source:
        assert [0, 1, 4] == [at for _, at in seen(source)]


def test_a_file_emptied_in_place(mail: Path) -> None:
    with FollowedSource(str(mail), Script(lambda: captures.write(mail, 1, START + 7), bool)) as source:
        assert [0, 1, 7] == [at for _, at in seen(source)]


@pytest.fixture
def pipe(tmp_path: Path) -> Iterator[tuple[str, int]]:
    path = tmp_path / "pipe"
    os.mkfifo(path)
    reader = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    writer = os.open(path, os.O_WRONLY)
    yield str(path), writer
    os.close(reader)


def test_a_pipe_until_it_ends(pipe: tuple[str, int]) -> None:
    path, writer = pipe
    os.write(writer, captures.pcap(2))

    def end() -> None:
        os.write(writer, captures.pcap(1, START + 2)[HEADER:-1])
        os.close(writer)

    with FollowedSource(path, Script(end, bool)) as source:
        assert [0, 1] == [at for _, at in seen(source)]
        assert source.cut_off


@pytest.mark.parametrize(
    ("octets", "problem"), [(b"\x1f\x8b" + bytes(20), "is compressed"), (b"no capture at all", "is text")]
)
def test_what_cannot_be_followed(octets: bytes, problem: str, tmp_path: Path) -> None:
    path = tmp_path / "x"
    path.write_bytes(octets)
    with FollowedSource(str(path), Script()) as source, pytest.raises(InputError, match=problem):
        seen(source)


def test_a_file_that_is_not_there() -> None:
    with pytest.raises(InputError, match="cannot be opened"):
        FollowedSource("/nowhere/m.pcap", Script())
