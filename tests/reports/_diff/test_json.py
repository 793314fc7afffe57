"""A comparison for a program."""

import json

from tests.reports._diff.test_text import COMPARISON
from wiretruth.model.comparison import Comparison
from wiretruth.reports._diff.json import render


def test_the_document() -> None:
    told = json.loads("".join(render(COMPARISON, "1.2")))

    assert ("wiretruth.diff/1", 2, 2) == (told["schema"], len(told["hunks"]), told["passed_over"])
    first, second = told["hunks"]
    assert (None, "192.0.2.53") == (first["resolver"], second["resolver"])
    assert ["answered", "contacted", "both"] == [entry["side"] for entry in first["entries"]]
    assert "captured" == second["entries"][0]["side"]
    assert {"mark": "+", "severity": "critical", "name": None, "data": "192.0.2.66"}.items() <= first["entries"][
        1
    ].items()


def test_nothing() -> None:
    assert [] == json.loads("".join(render(Comparison(()), "1.2")))["hunks"]
