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
