"""Guests of a watch: what they print, record and give."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.capture.test_pcapng_writing import AT, batch
from wiretruth.cli._guests import Alarming, Guest, Printer, Recording, wanted
from wiretruth.engine.telling import Told, condition_of
from wiretruth.live.alarms import Alarms
from wiretruth.live.recording import Bounds, Recorder
from wiretruth.model.finding import Confidence, Evidence, Finding, Party, Severity

EVIDENCE = (Evidence("the reply", "live#lan0", (2, 3)),)
PARTY = Party("198.51.100.10", 25)
FINDING = Finding(
    "smtp-deferred", Severity.WARNING, Confidence.LIKELY, "deferred", AT, "10.10.0.5", EVIDENCE, observed=PARTY
)
TOLD = Told(FINDING, condition_of(FINDING), 1, AT, again=False)
NOTES: list[str] = []


def nothing(_finding: Finding) -> str:
    return ""


@pytest.fixture
def recording(tmp_path: Path) -> Iterator[Recording]:
    made = Recording(Recorder(tmp_path, Bounds()), NOTES.append)
    yield made
    made.close()


def test_text_and_records_are_printed(capsys: pytest.CaptureFixture[str]) -> None:
    for form in ("text", "jsonl", "json"):
        Printer(form, Severity.INFO, nothing).tell(TOLD, AT)
    text, record = capsys.readouterr().out.splitlines()

    assert text.endswith("WARNING likely smtp-deferred: deferred")
    assert "told" == json.loads(record)["record"]


def test_what_is_less_severe_is_not_printed(capsys: pytest.CaptureFixture[str]) -> None:
    Printer("text", Severity.CRITICAL, nothing).tell(TOLD, AT)

    assert "" == capsys.readouterr().out


def test_notes_stand_beside_the_findings(capsys: pytest.CaptureFixture[str]) -> None:
    Printer("text", Severity.INFO, nothing).note(AT, "lan0 is down")
    Printer("jsonl", Severity.INFO, nothing).note(AT, "lan0 is down")
    told = capsys.readouterr()

    assert told.err.endswith("NOTE lan0 is down\n")
    assert "note" == json.loads(told.out)["record"]


def test_a_slice_holds_the_frames_and_hosts_of_a_finding() -> None:
    asked = wanted(FINDING)

    assert (frozenset({2, 3}), ("10.10.0.5", "198.51.100.10")) == (asked.frames, asked.hosts)
    assert f"{AT}-smtp-deferred" == asked.name


def test_the_packets_of_a_finding_are_named(recording: Recording, tmp_path: Path) -> None:
    recording.receive(batch())
    recording.tell(TOLD, AT)

    place = tmp_path / "evidence" / f"{AT}-smtp-deferred.pcapng"
    assert str(place) == recording.packets(FINDING)
    recording.close()
    assert place.exists()
    assert "" == recording.packets(Finding("x", Severity.INFO, Confidence.LIKELY, "", AT, None, ()))


def test_alarms_begin_at_a_severity(tmp_path: Path) -> None:
    alarms = Alarms(f"cat >> {tmp_path}/got", "python")
    Alarming(alarms, Severity.CRITICAL, nothing, NOTES.append).tell(TOLD, AT)
    giving = Alarming(alarms, Severity.WARNING, nothing, NOTES.append)
    giving.tell(TOLD, AT)
    giving.close()

    assert ["smtp-deferred"] == [json.loads(line)["code"] for line in (tmp_path / "got").read_text().splitlines()]


def test_a_guest_need_not_do_anything() -> None:
    Guest().receive(batch())
    Guest().tell(TOLD, AT)
    Guest().close()
