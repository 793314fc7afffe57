"""Captures are read again for the frames that a case takes."""

from pathlib import Path

import pytest

from tests.cli import captures
from tests.cli.cases import PCAPS
from wiretruth.cli import _case_passes
from wiretruth.cli._case_passes import TooMuchError, looked_at, taken
from wiretruth.evidence.choosing import Choice
from wiretruth.model.report import InputSummary

MAIL = str(PCAPS / "dnat-output-accepted/mta-eth0.pcap")


def summary(packets: int) -> dict[str, InputSummary]:
    return {"mail": InputSummary("", "capture", "mail", "pcap", packets=packets)}


def test_frames_are_looked_up() -> None:
    (argument,), keys = looked_at([f"mail={MAIL}"], [("mail", 6), ("mail", 11), ("mail", 999)])

    assert "mail" == argument.label
    assert {("mail", 6): 53, ("mail", 11): 25} == {
        frame: min(key.low.port, key.high.port) for frame, key in keys.items()
    }


def test_the_first_and_the_last_frame_tell_how_long_was_watched() -> None:
    arguments, _ = looked_at([f"mail={MAIL}"], [])
    (cut,) = taken(arguments, Choice(frozenset({("mail", 6)})), summary(26))

    assert [1, 6, 26] == [frame.number for frame in cut.frames]


def test_what_a_file_has_grown_by_is_passed_over(tmp_path: Path) -> None:
    path = captures.write(tmp_path / "grown.pcap", 9)
    arguments, _ = looked_at([f"mail={path}"], [])
    (cut,) = taken(arguments, Choice(everything=True), summary(4))

    assert [1, 2, 3, 4] == [frame.number for frame in cut.frames]


def test_a_rotation_is_one_input(tmp_path: Path) -> None:
    """Numbers count through its files, as they did when it was read."""
    for number in range(3):
        captures.write(tmp_path / f"ring.pcap{number}", 2, start=captures.START + 2 * number)
    arguments, _ = looked_at([str(tmp_path)], [])
    (cut,) = taken(arguments, Choice(everything=True), {arguments[0].label: summary(6)["mail"]})

    assert [1, 2, 3, 4, 5, 6] == [frame.number for frame in cut.frames]


def test_a_case_is_no_copy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_case_passes, "MOST", 100)
    arguments, _ = looked_at([f"mail={MAIL}"], [])

    with pytest.raises(TooMuchError):
        taken(arguments, Choice(everything=True), summary(26))
