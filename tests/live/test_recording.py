"""The ring of files: bounded, readable at any moment, and the packets of a finding stay."""

import errno
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.capture.test_pcapng_writing import AT, batch
from wiretruth.capture.pcapng import PcapngFeed
from wiretruth.errors import WiretruthError
from wiretruth.live import recording
from wiretruth.live.recording import EVIDENCE, Bounds, Recorder, Wanted

OPEN: list[Recorder] = []


@pytest.fixture(autouse=True)
def closed() -> Iterator[None]:
    """Close what a test opened."""
    yield
    while OPEN:
        OPEN.pop().close()


def opened(folder: Path, bounds: Bounds) -> Recorder:
    OPEN.append(Recorder(folder, bounds))
    return OPEN[-1]


def recorded(folder: Path, bounds: Bounds = Bounds(), batches: int = 5) -> Recorder:  # noqa: B008 - a constant
    recorder = opened(folder, bounds)
    for n in range(batches):
        recorder.receive(batch(1 + 6 * n))
    recorder.flush()
    return recorder


def frames(path: Path) -> list[bytes]:
    feed = PcapngFeed()
    found = []
    for one in feed.receive(path.read_bytes()):
        buffer = memoryview(one.buffer)
        found += [bytes(buffer[o : o + n]) for o, n in zip(one.offsets, one.captured, strict=True)]
    feed.finish()
    assert () == feed.faults
    return found


def ring(folder: Path) -> list[Path]:
    return sorted(folder.glob("ring-*.pcapng"), key=lambda path: int(path.stem.rpartition("-")[2]))


def test_everything_is_in_the_file_a_second_later(tmp_path: Path) -> None:
    """Nothing is closed: whoever is killed now loses what came since."""
    recorded(tmp_path)

    assert [30] == [len(frames(path)) for path in ring(tmp_path)]


def test_size_and_number_are_bounded(tmp_path: Path) -> None:
    recorded(tmp_path, Bounds(size=100, files=3), batches=9)

    assert [6, 6, 6] == [len(frames(path)) for path in ring(tmp_path)]
    assert "ring-20261120T182948-37.pcapng" < ring(tmp_path)[0].name


def test_age_is_bounded(tmp_path: Path) -> None:
    recorder = recorded(tmp_path, Bounds(size=100, age=60))
    os.utime(ring(tmp_path)[0], (0, 0))
    recorder.flush()

    assert 4 == len(ring(tmp_path))


def test_files_of_an_earlier_run_count(tmp_path: Path) -> None:
    recorded(tmp_path, Bounds(size=100, files=3)).close()
    recorded(tmp_path, Bounds(size=100, files=3), batches=2)

    assert 3 == len(ring(tmp_path))


def test_the_packets_of_a_finding_survive_rotation(tmp_path: Path) -> None:
    recorder = recorded(tmp_path, Bounds(size=100, files=3), batches=3)
    kept = recorder.keep(Wanted("smtp-deferred", AT, frozenset({2, 9, 400}), ()))
    for n in range(9):
        recorder.receive(batch(100 + 6 * n))

    assert kept is not None
    assert [b"\x01" * 61, b"\x02" * 62] == frames(kept)


def test_what_passed_between_its_hosts_belongs_to_a_finding(tmp_path: Path) -> None:
    one, other = bytes([10, 10, 0, 5]), bytes([198, 51, 100, 10])
    recorder = opened(tmp_path, Bounds())
    recorder.receive(batch(1, [b"x" * 26 + one + other + b"x" * 20, b"x" * 26 + one + one + b"x" * 20]))
    recorder.flush()
    kept = recorder.keep(Wanted("x", AT, frozenset(), ("10.10.0.5", "198.51.100.10")))

    assert kept is not None
    assert 1 == len(frames(kept))


def test_a_finding_of_which_nothing_is_left_keeps_nothing(tmp_path: Path) -> None:
    assert recorded(tmp_path).keep(Wanted("x", AT, frozenset({400}), ())) is None


def test_slices_are_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recording, "MAX_SLICES", 2)
    monkeypatch.setattr(recording, "MAX_SLICE", 3)
    recorder = recorded(tmp_path)
    for n in range(4):
        recorder.keep(Wanted(str(n), AT, frozenset(range(20)), ()))

    kept = list((tmp_path / EVIDENCE).glob("*"))
    assert [3, 3] == [len(frames(path)) for path in kept]


def test_a_full_disk_stops_writing_and_nothing_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    recorder = recorded(tmp_path, batches=1)

    def full(_octets: bytes) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(recorder, "_write", full)
        recorder.receive(batch(7))
        recorder.receive(batch(13))
    assert ("No space left on device", 12) == (recorder.problem, recorder.missed)

    monkeypatch.setattr(recorder, "_retry", 0.0)
    recorder.receive(batch(19))
    recorder.flush()

    assert "" == recorder.problem
    assert [6, 6] == [len(frames(path)) for path in ring(tmp_path)]


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(WiretruthError, match="nothing can be recorded there"):
        Recorder(tmp_path / "file" / "below", Bounds())


def test_only_files_that_may_hold_something_are_read(tmp_path: Path) -> None:
    """A ring is gigabytes: what was over before the finding, began after it, and holds none of its frames, is left alone."""
    recorder = opened(tmp_path, Bounds(size=100, files=9))
    for n in range(5):
        recorder.receive(batch(1 + 600 * n))
    recorder.flush()
    second = AT + 601 * 10**9

    assert ["1", "601"] == [
        path.stem.rpartition("-")[2] for path in recorder._holding(Wanted("x", second, frozenset(), ()))
    ]
    held = recorder._holding(Wanted("x", second, frozenset({1802}), ()))
    assert ["1", "601", "1801"] == [path.stem.rpartition("-")[2] for path in held]


def test_a_folder_that_holds_anything_else_is_refused(tmp_path: Path) -> None:
    """It would be given to the user that the watch becomes."""
    (tmp_path / "mail.log").touch()
    mode = tmp_path.stat().st_mode
    with pytest.raises(WiretruthError, match=r"holds mail\.log, which is none of ours"):
        Recorder(tmp_path, Bounds())

    assert (mode, ["mail.log"]) == (tmp_path.stat().st_mode, [path.name for path in tmp_path.iterdir()])
