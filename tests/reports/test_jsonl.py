"""One record a line."""

import json
from dataclasses import replace
from typing import Any

from tests.reports import scenes
from tests.reports.logged import summary
from wiretruth.model.report import Report
from wiretruth.reports import json as json_format
from wiretruth.reports import jsonl
from wiretruth.reports._options import RECORDS, Options


def lines(report: Report, *records: str) -> list[Any]:
    text = "".join(jsonl.render(report, Options(records=frozenset(records))))
    return [json.loads(line) for line in text.encode("utf-8").splitlines()]


def test_head_first_findings_last() -> None:
    kinds = [line["record"] for line in lines(scenes.seed(), *RECORDS)]

    assert [
        "report", "input", "connection", "dialogue", "lookup", "lookup", "delivery", "finding", "finding",
    ] == kinds  # fmt: skip


def test_logs_come_before_the_records() -> None:
    report = replace(scenes.seed(), logs=(summary(),))

    assert ["report", "input", "log", "finding", "finding"] == [line["record"] for line in lines(report)]


def test_records_only_where_asked_for() -> None:
    assert ["report", "input", "finding", "finding"] == [line["record"] for line in lines(scenes.seed())]


def test_one_line_a_record_whatever_a_name_holds() -> None:
    text = "".join(jsonl.render(scenes.hostile(), Options(records=frozenset(RECORDS))))

    assert len(lines(scenes.hostile(), *RECORDS)) == len(text.splitlines())


def test_same_records_as_the_document() -> None:
    options = Options(records=frozenset(RECORDS))
    whole = json.loads("".join(json_format.render(scenes.seed(), options)))
    streamed = lines(scenes.seed(), *RECORDS)

    head = streamed[0]
    assert (whole["schema"], whole["summary"]) == (head["schema"], head["summary"])
    assert whole["coverage"] == head["coverage"]
    for key, kind in (("findings", "finding"), ("dialogues", "dialogue"), ("deliveries", "delivery")):
        assert [{"record": kind} | entry for entry in whole[key]] == [x for x in streamed if x["record"] == kind]
