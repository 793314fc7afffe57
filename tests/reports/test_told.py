"""A finding on one line: for a person, for the journal, for a program."""

import json

from wiretruth.model.finding import Confidence, Finding, Severity
from wiretruth.model.frames import NANOSECONDS
from wiretruth.reports._records.finding import finding_record
from wiretruth.reports._told import json_line, note_line, text_line

AT = 1_795_199_383 * NANOSECONDS
FINDING = Finding("smtp-deferred", Severity.WARNING, Confidence.LIKELY, "one sentence", AT, "10.10.0.5", ())


def test_a_person_reads_a_line() -> None:
    assert "2026-11-20T18:29:43Z WARNING likely smtp-deferred: one sentence\n" == text_line(FINDING, "one sentence")


def test_colours_are_only_on_the_grade() -> None:
    assert "Z \x1b[1;33mWARNING\x1b[0m likely" in text_line(FINDING, "x", colour=True)


def test_the_journal_has_its_own_clock_and_reads_the_priority() -> None:
    assert "<4>WARNING likely smtp-deferred: x\n" == text_line(FINDING, "x", journal=True)
    assert "<5>lan0 is down\n" == note_line(AT, "lan0 is down", journal=True)


def test_what_a_stranger_says_cannot_reach_the_terminal() -> None:
    assert "\x1b" not in text_line(FINDING, "421 \x1b[2J\r\n") + note_line(AT, "\x1b[2J")


def test_a_program_reads_the_finding_of_the_contract() -> None:
    told = json.loads(json_line(FINDING, AT + 5, 3, AT, "evidence/x.pcapng"))

    assert ("told", 3, "evidence/x.pcapng") == (told["record"], told["times"], told["packets"])
    assert finding_record(FINDING).items() <= told.items()


def test_notes_are_records_too() -> None:
    told = json.loads(note_line(AT, "lan0 is down", json=True))

    assert {"record": "note", "told": "2026-11-20T18:29:43.000000000Z", "text": "lan0 is down"} == told
