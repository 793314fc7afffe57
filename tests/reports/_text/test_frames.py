"""Frame numbers, and the command that shows them."""

from dataclasses import replace

import pytest

from tests.reports import scenes
from wiretruth.model.finding import Evidence, Finding
from wiretruth.reports._text.frames import MOST_RANGES, frames_words, tshark_hints


@pytest.mark.parametrize(
    ("frames", "most", "expected"),
    [
        ((8,), None, "frame 8"),
        ((3, 4, 5, 12), None, "frames 3-5, 12"),
        ((5, 3, 4, 4), None, "frames 3-5"),
        ((1, 3, 5, 7), 2, "frames 1, 3 ..."),
        ((1, 3), 2, "frames 1, 3"),
    ],
)
def test_frames_in_words(frames: tuple[int, ...], most: int | None, expected: str) -> None:
    assert expected == frames_words(frames, most)


def hints(*findings: Finding, path: str = "mta-eth0.pcap") -> list[str]:
    report = replace(scenes.seed(), inputs=(replace(scenes.CAPTURE, path=path),))
    return [line.plain for line in tshark_hints(report, findings)]


def test_one_command_for_all_findings() -> None:
    assert [
        "",
        "These frames in tshark (in Wireshark: what stands behind -Y):",
        "  tshark -r mta-eth0.pcap -Y 'frame.number in {4, 6..7, 10, 15..18}'",
    ] == hints(scenes.REWRITTEN, scenes.BANNER)


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("my capture.pcap", "'my capture.pcap'"),
        ("it's.pcap", "'it'\"'\"'s.pcap'"),
        ("bell\x07 it's.pcap", r"$'bell\x07 it\'s.pcap'"),
    ],
)
def test_paths_are_quoted_for_a_shell(path: str, expected: str) -> None:
    assert f"  tshark -r {expected} -Y 'frame.number in {{10}}'" == hints(scenes.BANNER, path=path)[-1]


def test_nothing_can_be_read_twice_from_a_pipe() -> None:
    assert [] == hints(scenes.REWRITTEN, path="-")


def test_lines_have_no_frames() -> None:
    assert [] == hints(replace(scenes.BANNER, evidence=(Evidence("a line", source="mail.log", line=8),)))


def test_too_many_frames() -> None:
    many = replace(scenes.BANNER, evidence=(Evidence("many", scenes.MTA, tuple(range(1, 1000, 2))),))

    told = hints(many)

    assert MOST_RANGES == told[2].count(",") + 1
    assert "  (and 460 more ranges of frames)" == told[3]


def test_several_captures_share_one_heading() -> None:
    wan = replace(scenes.CAPTURE, path="wan.pcap", vantages=("wan",))
    there = replace(scenes.BANNER, evidence=(Evidence("there", "wan", (7,)),))
    report = replace(scenes.seed(), inputs=(scenes.CAPTURE, wan))

    assert [
        "  tshark -r mta-eth0.pcap -Y 'frame.number in {10}'",
        "  tshark -r wan.pcap -Y 'frame.number in {7}'",
    ] == [line.plain for line in tshark_hints(report, (scenes.BANNER, there))][2:]


def test_packets_that_were_watched_stand_in_no_file() -> None:
    report = replace(scenes.seed(), inputs=(replace(scenes.CAPTURE, format="live"),))

    assert [] == list(tshark_hints(report, report.findings))
