"""Captures in, report out: the coupling of doors and engine."""

from pathlib import Path

import pytest

from tests.cli import captures
from wiretruth.cli._progress import Progress
from wiretruth.cli._reading import Wanted, read
from wiretruth.cli._window import Window, parse
from wiretruth.errors import InputError

SILENT = Progress(wanted=False)


def test_every_input_is_read(tmp_path: Path) -> None:
    first, second = captures.write(tmp_path / "a.pcap", 3), captures.write(tmp_path / "b.pcap", 5)

    report = read([first, f"wan={second}"], Wanted(), SILENT)

    assert [("a", first, 3), ("wan", second, 5)] == [(s.label, s.path, s.packets) for s in report.inputs]
    assert ["pcap", "pcap"] == [s.format for s in report.inputs]


def test_an_undated_window_is_of_the_first_capture_s_day(tmp_path: Path) -> None:
    path = captures.write(tmp_path / "a.pcap", 10)

    report = read([path], Wanted(Window(parse("18:29:45"), parse("18:29:47"))), SILENT)

    assert 3 == report.inputs[0].packets


def test_a_dated_window(tmp_path: Path) -> None:
    path = captures.write(tmp_path / "a.pcap", 10)

    report = read([path], Wanted(Window(parse("2026-11-20T18:29:50Z"), None)), SILENT)

    assert 3 == report.inputs[0].packets


def test_a_capture_without_packets(tmp_path: Path) -> None:
    path = captures.write(tmp_path / "empty.pcap", 0)

    assert 0 == read([path], Wanted(), SILENT).inputs[0].packets
    with pytest.raises(InputError, match="holds no packet to take the day from; give --from and --to with their date"):
        read([path], Wanted(Window(parse("18:29"))), SILENT)


def test_a_damaged_end_is_told(tmp_path: Path) -> None:
    path = tmp_path / "cut.pcap"
    path.write_bytes(captures.pcap(3)[:-5])

    [source] = read([str(path)], Wanted(), SILENT).inputs

    assert (2, True) == (source.packets, source.cut_off)


def test_progress_is_told(tmp_path: Path) -> None:
    class Listener(Progress):
        heard: list[object]

        def begin(self, label: str, total: int | None) -> None:
            self.heard = [label, total]

        def at(self, octets: int) -> None:
            self.heard.append(octets)

    listener = Listener(wanted=True)
    size = len(captures.pcap())

    read([captures.write(tmp_path / "a.pcap")], Wanted(), listener)

    assert ["a", size, size] == listener.heard


def rotated(top: Path, *begins: int) -> list[str]:
    return [
        captures.write(top / f"m.pcap{place or ''}", 3, captures.START + begin) for place, begin in enumerate(begins)
    ]


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_rotation_is_one_input(jobs: int, tmp_path: Path) -> None:
    paths = rotated(tmp_path, 0, 3, 6)
    other = captures.write(tmp_path / "wan.pcap")

    one, wan = read([str(tmp_path)], Wanted(), SILENT, jobs).inputs

    assert ("m", f"{paths[0]} ... {paths[2]}", 9) == (one.label, one.path, one.packets)
    assert one.files is not None
    assert (paths[1], 2) == one.files.locate(5)
    assert (other, None) == (wan.path, wan.files)


@pytest.mark.parametrize("jobs", [1, 2])
def test_files_that_overlap_are_two_places_whatever_their_names(jobs: int, tmp_path: Path) -> None:
    paths = rotated(tmp_path, 0, 1)

    assert paths == [one.path for one in read(paths, Wanted(), SILENT, jobs).inputs]


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_file_that_breaks_off_ends_its_input(jobs: int, tmp_path: Path) -> None:
    paths = rotated(tmp_path, 0, 4, 7)
    Path(paths[0]).write_bytes(captures.pcap(3)[:-5])

    assert [2, 6] == [one.packets for one in read(paths, Wanted(), SILENT, jobs).inputs]
