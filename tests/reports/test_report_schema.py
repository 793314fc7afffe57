"""Every committed capture's report, with all its records, is what the published JSON Schema says, and holds no key beside it."""

import contextlib
import copy
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator

from wiretruth.cli.main import main
from wiretruth.model.delivery import DeliveryOutcome
from wiretruth.model.finding import Blame, Confidence, Finding, Severity, Side
from wiretruth.model.log import Difference, Status, Verdict
from wiretruth.model.sighting import Outcome
from wiretruth.reports._told import json_line, note_line

PROJECT: Final = Path(__file__).parents[2]
SCHEMA: Final[Any] = json.loads((PROJECT / "wiretruth/reports/report.schema.json").read_text(encoding="utf-8"))
PAGE: Final = PROJECT / "docs/reference/json.md"
FINDING: Final = Finding(
    "connect-refused",
    Severity.WARNING,
    Confidence.PROVEN,
    "refused",
    1,
    None,
    (),
    blame=Blame(Side.UNKNOWN, None, None),
)


def objects(node: Any) -> Iterator[dict[str, Any]]:
    """Give every description of an object with keys of its own."""
    if isinstance(node, dict):
        if node.get("type") == "object" and "properties" in node:
            yield node
        node = list(node.values())
    if isinstance(node, list):
        for below in node:
            yield from objects(below)


def closed() -> Any:
    """Give the schema as no later version need fulfil it: with no key but those that it names."""
    schema = copy.deepcopy(SCHEMA)
    for one in objects(schema):
        if "record" not in one["properties"]:
            one["additionalProperties"] = False
    return schema


CLOSED: Final = closed()
DOCUMENT: Final = Draft202012Validator(CLOSED)
LINE: Final = Draft202012Validator({**SCHEMA, "$ref": "#/$defs/line"})


def part(name: str) -> Draft202012Validator:
    return Draft202012Validator({**CLOSED, "$ref": f"#/$defs/{name}"})


def read(folder: Path, inputs: list[str], form: str) -> str:
    with contextlib.chdir(folder):
        done = CliRunner().invoke(main, ["read", *inputs, "--format", form, "--records", "all"])
    assert done.exit_code in {0, 1}, done.stderr
    return done.stdout


def every_case() -> Iterator[Any]:
    for truth in sorted((PROJECT / "pcaps").glob("*/truth.json")):
        for case in json.loads(truth.read_text(encoding="utf-8"))["cases"]:
            yield pytest.param(truth.parent, case["inputs"], id=f"{truth.parent.name}-{case['id']}")


def problems(found: Any) -> list[str]:
    return [f"{one.json_path}: {one.message}" for one in found]


@pytest.mark.parametrize(("folder", "inputs"), list(every_case()))
def test_the_report_fulfils_the_schema(folder: Path, inputs: list[str]) -> None:
    assert [] == problems(DOCUMENT.iter_errors(json.loads(read(folder, inputs, "json"))))


@pytest.mark.parametrize(("folder", "inputs"), list(every_case())[::20])
def test_the_lines_fulfil_the_schema_and_say_the_same(folder: Path, inputs: list[str]) -> None:
    lines = [json.loads(line) for line in read(folder, inputs, "jsonl").splitlines()]
    document = json.loads(read(folder, inputs, "json"))
    lists = {"input": "inputs", "log": "logs", "finding": "findings", "connection": "connections"}
    lists |= {"dialogue": "dialogues", "lookup": "lookups", "delivery": "deliveries"}

    assert [] == [problem for line in lines for problem in problems(LINE.iter_errors(line))]
    for kind, key in lists.items():
        assert document[key] == [
            {k: v for k, v in line.items() if k != "record"} for line in lines if line["record"] == kind
        ]


@pytest.mark.parametrize(
    ("line", "name"),
    [
        (json_line(FINDING, 3, 2, 1, "a.pcapng"), "told"),
        (json_line(FINDING, 3, 1, 3), "told"),
        (note_line(1, "x", json=True), "note"),
    ],
)
def test_what_a_watch_tells_fulfils_the_schema(line: str, name: str) -> None:
    told = json.loads(line)

    assert [] == problems(LINE.iter_errors(told))
    assert [] == problems(part(name).iter_errors({key: value for key, value in told.items() if key != "record"}))


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"confidence": "certain"}, "confidence"),
        ({"confidence": "possible"}, "severity"),
        ({"at": "2026-11-21 00:44"}, "at"),
        ({"code": "Connect Refused"}, "code"),
        ({"client": 1}, "client"),
        ({"evidence": [{"text": "a", "vantage": "lan"}]}, "evidence"),
        ({"evidence": [{"text": "a", "vantage": "lan", "frames": [0]}]}, "evidence"),
        ({"news": 1}, ""),
    ],
)
def test_what_is_wrong_is_found(change: dict[str, Any], where: str) -> None:
    """A schema that takes everything would fulfil all other tests here."""
    told = {key: value for key, value in json.loads(json_line(FINDING, 3, 1, 3)).items() if key != "record"}

    assert part("told").is_valid(told)
    assert [where] == sorted(
        {str(next(iter(one.absolute_path), "")) for one in part("told").iter_errors(told | change)}
    )


def test_keys_may_be_added() -> None:
    """The published schema itself forbids no key: the contract says that readers ignore what they do not know."""
    assert [] == [one for one in objects(SCHEMA) if one.get("additionalProperties") is False]


@pytest.mark.parametrize(
    ("values", "known"),
    [
        (SCHEMA["$defs"]["severity"]["enum"], Severity),
        (SCHEMA["$defs"]["confidence"]["enum"], Confidence),
        (SCHEMA["$defs"]["side"]["enum"], Side),
        (SCHEMA["$defs"]["connection_outcome"]["enum"], Outcome),
        (SCHEMA["$defs"]["delivery_outcome"]["enum"], DeliveryOutcome),
        (SCHEMA["$defs"]["log_line"]["properties"]["verdict"]["enum"], Verdict),
        (SCHEMA["$defs"]["log_line"]["properties"]["status"]["enum"], Status),
        (SCHEMA["$defs"]["log_line"]["properties"]["differs"]["enum"], [*Difference, None]),
    ],
)
def test_values_are_those_of_the_model(values: list[str], known: Any) -> None:
    assert list(known) == values


def test_every_key_is_on_the_page() -> None:
    """The page for people names each key that the schema knows."""
    page = PAGE.read_text(encoding="utf-8")
    keys = {key for one in objects(SCHEMA) for key in one["properties"]}

    assert [] == sorted(key for key in keys if f"`{key}`" not in page and f'"{key}"' not in page)
