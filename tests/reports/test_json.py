"""The JSON document, against the contract."""

import json
from typing import Any

import pytest

from tests.reports import scenes
from wiretruth.model.report import Report
from wiretruth.reports import json as json_format
from wiretruth.reports._options import RECORDS, Options

TOP = [
    "schema",
    "tool",
    "inputs",
    "coverage",
    "summary",
    "logs",
    "findings",
    "connections",
    "dialogues",
    "lookups",
    "deliveries",
]
INPUT = {"path", "kind", "vantage", "format", "link_type", "packets", "first", "last", "loss"}
FINDING = {
    "id", "code", "severity", "confidence", "summary", "at", "client", "intended", "observed", "fault", "evidence",
    "still_possible",
}  # fmt: skip
LISTS = {
    "connections": {
        "id", "client", "server", "opened", "closed", "outcome", "client_octets", "server_octets", "retransmitted",
        "missing_octets", "sightings",
    },
    "dialogues": {
        "connection", "client", "server", "greeting", "helo", "tls", "client_stream", "server_stream", "events",
        "transactions",
    },
    "lookups": {
        "at", "client", "resolver", "transport", "name", "type", "rcode", "queries", "latency_ms", "frames", "answers",
    },
    "deliveries": {"client", "domain", "recipients", "expected", "attempts", "outcome", "reply", "log"},
}  # fmt: skip
"""The keys of the contract; more may be there."""

EVERY = [scenes.seed(), scenes.benign(), scenes.empty(), scenes.hostile(), scenes.crowded()]


def document(report: Report, *records: str) -> Any:
    text = "".join(json_format.render(report, Options(records=frozenset(records))))
    return json.loads(text.encode("utf-8"))


@pytest.mark.parametrize("report", EVERY, ids=["seed", "benign", "empty", "hostile", "crowded"])
def test_keys_of_the_contract(report: Report) -> None:
    told = document(report, *RECORDS)

    assert TOP == list(told)
    assert "wiretruth.report/1" == told["schema"]
    assert [] == [sorted(INPUT - entry.keys()) for entry in told["inputs"] if INPUT - entry.keys()]
    assert [] == [sorted(FINDING - entry.keys()) for entry in told["findings"] if FINDING - entry.keys()]
    for name, keys in LISTS.items():
        assert [] == [sorted(keys - entry.keys()) for entry in told[name] if keys - entry.keys()]


def test_findings_keep_their_order() -> None:
    assert ["destination-rewritten", "banner-mismatch"] == [f["code"] for f in document(scenes.seed())["findings"]]


def test_record_lists_are_empty_unless_asked_for() -> None:
    assert [0, 0, 0, 0] == [len(document(scenes.seed())[name]) for name in RECORDS]


@pytest.mark.parametrize("name", RECORDS)
def test_each_list_can_be_asked_for_alone(name: str) -> None:
    told = document(scenes.seed(), name)

    assert [name] == [other for other in RECORDS if told[other]]


def test_dialogues_point_at_connections() -> None:
    told = document(scenes.crowded(4), *RECORDS)

    assert [c["id"] for c in told["connections"]] == [d["connection"] for d in told["dialogues"]]
    assert {a for d in told["deliveries"] for a in d["attempts"]} == {c["id"] for c in told["connections"]}


def test_same_report_same_octets() -> None:
    first, second = ("".join(json_format.render(scenes.hostile(), Options())) for _ in range(2))

    assert first == second


def test_given_in_pieces() -> None:
    """A capture may hold millions of records: the document is never one string."""
    pieces = list(json_format.render(scenes.crowded(), Options(records=frozenset(RECORDS))))

    assert max(map(len, pieces)) < 5_000
