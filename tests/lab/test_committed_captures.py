"""Every committed capture, read by the command line and held against its truth."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.lab.judge import complaints, not_yet, read

PCAPS = Path(__file__).parents[2] / "pcaps"


def every_case() -> Iterator[Any]:
    for truth in sorted(PCAPS.glob("*/truth.json")):
        document = json.loads(truth.read_text())
        for case in document["cases"]:
            why = case.get("awaited")
            marks = [pytest.mark.xfail(reason=why, strict=True)] if why else []
            yield pytest.param(truth.parent, case, id=f"{document['name']}-{case['id']}", marks=marks)


@pytest.mark.parametrize(("folder", "case"), list(every_case()))
def test_the_report_is_true(folder: Path, case: dict[str, Any]) -> None:
    if reason := not_yet(case["inputs"]):
        pytest.skip(reason)
    troubles, output = read(folder, case["inputs"])
    assert (troubles or complaints(case, output)) == []
