"""The judge is a test's test: each of its complaints must be possible, and none must come unasked."""

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.lab.judge import command, complaints, read

REWRITTEN = {
    "code": "destination-rewritten",
    "severity": "critical",
    "confidence": "likely",
    "summary": "mail for example.net went to 192.0.2.66:25",
    "intended": {"address": "198.51.100.10"},
    "observed": {"address": "192.0.2.66"},
}
MISMATCH = {"code": "banner-mismatch", "severity": "info", "confidence": "possible", "summary": "another name"}


def case(**words: Any) -> dict[str, Any]:
    return {"expect": [], "forbid": [], "max_severity": None, **words}


def expected(**words: Any) -> dict[str, Any]:
    return {"any_of": ["destination-rewritten"], "mentions": [], "confidence": None, "severity": None, **words}


FINE = [
    case(),
    case(expect=[expected(mentions=["198.51.100.10", "192.0.2.66"])]),
    case(expect=[expected(any_of=["transparent-proxy", "destination-rewritten"])]),
    case(expect=[expected(confidence="likely", severity="critical")]),
    case(forbid=["connect-refused", "banner-mismatch", "!destination-rewritten:203.0.113.9", "#password"]),
    case(max_severity="critical"),
]
WRONG = [
    case(expect=[expected(mentions=["203.0.113.9"])]),
    case(expect=[expected(any_of=["connect-refused"])]),
    case(expect=[expected(confidence="proven")]),
    case(expect=[expected(severity="info")]),
    case(forbid=["destination-rewritten"]),
    case(forbid=["!destination-rewritten:192.0.2.66"]),
    case(forbid=["#another name"]),
    case(max_severity="info"),
]
OUTPUT = json.dumps({"findings": [REWRITTEN, MISMATCH]})


@pytest.mark.parametrize("truth", FINE)
def test_a_truthful_report_draws_no_complaint(truth: dict[str, Any]) -> None:
    assert complaints(truth, OUTPUT) == []


@pytest.mark.parametrize("truth", WRONG)
def test_each_kind_of_untruth_draws_one(truth: dict[str, Any]) -> None:
    assert len(complaints(truth, OUTPUT)) == 1


@pytest.mark.parametrize("output", ["", "{}", "[]", "Traceback (most recent call last):"])
def test_a_report_that_is_none_is_a_complaint(output: str) -> None:
    assert complaints(case(), output)[0].startswith("no JSON document")


def test_the_program_says_what_is_read_within_this_process() -> None:
    folder = Path(__file__).parents[2] / "pcaps" / "dnat-gateway"
    inputs = ["lan=gw-lan.pcap", "wan=gw-wan.pcap"]
    words = [*command(), "read", *inputs, "--format", "json"]
    said = subprocess.run(words, cwd=folder, capture_output=True, text=True, timeout=60, check=False).stdout

    assert ([], said) == read(folder, inputs)
