"""In which file a frame stands, and how each report says so."""

from dataclasses import replace

from tests.reports import scenes
from wiretruth.model.files import Files
from wiretruth.model.finding import Evidence
from wiretruth.model.report import InputSummary
from wiretruth.reports._places import Places
from wiretruth.reports._records.finding import finding_record
from wiretruth.reports._records.head import input_record
from wiretruth.reports._text.clock import clock_of
from wiretruth.reports._text.finding import findings

THERE = replace(scenes.BANNER, evidence=(Evidence("there", scenes.MTA, (9, 10, 12)),))


def rotated() -> InputSummary:
    """Ten frames in the first file, the rest in the second."""
    files = Files(("r/m.pcap", "r/m.pcap1"))
    files.add(1, 0, 1)
    files.add(11, 1, 1)
    return replace(scenes.CAPTURE, files=files)


def test_frames_by_file() -> None:
    places = Places((rotated(),))

    assert places.several(scenes.MTA)
    assert {"r/m.pcap": [9, 10], "r/m.pcap1": [2]} == places.files(scenes.MTA, (9, 10, 12))


def test_one_file_keeps_its_numbers() -> None:
    places = Places((scenes.CAPTURE,))

    assert not places.several(scenes.MTA)
    assert {"mta-eth0.pcap": [9]} == places.files(scenes.MTA, (9,))
    assert {} == places.files("nowhere", (9,))


def test_text_names_the_file_and_gives_a_command_for_each() -> None:
    report = replace(scenes.seed(), findings=(THERE,), inputs=(rotated(),))
    told = [line.plain for line in findings(report, clock_of(report), in_full=False)]

    assert "  - there (m.pcap frames 9-10; m.pcap1 frame 2)" in told
    assert [
        "  tshark -r r/m.pcap -Y 'frame.number in {9..10}'",
        "  tshark -r r/m.pcap1 -Y 'frame.number in {2}'",
    ] == told[-2:]


def test_records_keep_the_numbers_of_the_input_and_add_those_of_the_files() -> None:
    [evidence] = finding_record(THERE, Places((rotated(),)))["evidence"]

    assert [9, 10, 12] == evidence["frames"]
    assert [{"path": "r/m.pcap", "frames": [9, 10]}, {"path": "r/m.pcap1", "frames": [2]}] == evidence["files"]


def test_record_of_the_input_lists_its_files() -> None:
    assert [{"path": "r/m.pcap", "first_frame": 1}, {"path": "r/m.pcap1", "first_frame": 11}] == input_record(
        rotated()
    )["files"]
    assert "files" not in input_record(scenes.CAPTURE)
