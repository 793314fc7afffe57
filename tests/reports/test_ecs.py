"""Events of the Elastic Common Schema."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from tests.reports import scenes
from wiretruth.model.finding import Party
from wiretruth.model.report import Report
from wiretruth.reports import ecs
from wiretruth.reports._options import Options

WITH_MAIL = Options(records=frozenset({"deliveries"}))
FIELDS = {
    "@timestamp", "ecs", "observer", "message", "event", "log", "rule", "labels", "source", "destination", "related", "email",
}  # fmt: skip
"""Field sets of ECS 8.17 that are used."""


def events(report: Report, options: Options = WITH_MAIL) -> list[Any]:
    return [json.loads(line) for line in "".join(ecs.render(report, options)).splitlines()]


def test_a_finding() -> None:
    told = events(scenes.seed())[0]

    assert ("2026-11-20T18:29:43.289208000Z", "8.17.0") == (told["@timestamp"], told["ecs"]["version"])
    assert ("alert", "destination-rewritten", 3) == tuple(told["event"][key] for key in ("kind", "code", "severity"))
    assert {"address": "10.10.0.5", "ip": "10.10.0.5"} == told["source"]
    assert {"address": "192.0.2.66", "ip": "192.0.2.66", "port": 25} == told["destination"]
    assert {"ip": ["10.10.0.5", "192.0.2.66", "198.51.100.10"], "hosts": ["mail.example.net"]} == told["related"]
    assert {"confidence": "likely", "fault_side": "sender"} == told["labels"]


def test_a_delivery_where_it_is_asked_for() -> None:
    told = events(scenes.seed())[-1]

    assert ("event", ["email"], "success", "250 2.0.0 Ok") == tuple(
        told["event"][key] for key in ("kind", "category", "outcome", "reason")
    )
    assert {"address": ["bob@example.net"], "domain": ["example.net"]} == told["email"]["to"]
    assert ["wiretruth.finding"] * 2 == [e["event"]["dataset"] for e in events(scenes.seed(), Options())]


@pytest.mark.parametrize("make", [scenes.seed, scenes.crowded, scenes.hostile, scenes.trap, scenes.empty])
def test_only_fields_of_the_schema(make: Callable[[], Report]) -> None:
    for event in events(make()):
        assert set(event) <= FIELDS
        assert all(isinstance(value, str) for value in event["labels"].values())


def test_what_is_no_address_is_not_called_one() -> None:
    """An index refuses a document whose field of type ip holds anything else."""
    odd = replace(scenes.REWRITTEN, client="unknown", observed=Party(name="mail.example.net"), intended=None)
    (told,) = events(replace(scenes.seed(), findings=(odd,)), Options())

    assert ({"address": "unknown"}, {"domain": "mail.example.net"}) == (told["source"], told["destination"])
    assert [] == told["related"]["ip"]
