"""``wiretruth schema`` prints a schema that judges."""

import json
from typing import Any

import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator

from tests.cli.captures import write
from wiretruth.cli.main import main


def printed(*words: str) -> Any:
    done = CliRunner().invoke(main, ["schema", *words])

    assert done.exit_code == 0
    return json.loads(done.stdout)


@pytest.mark.parametrize("form", ["json", "jsonl"])
def test_it_is_a_schema(form: str) -> None:
    Draft202012Validator.check_schema(printed("--format", form))


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Any:
    capture = write(tmp_path_factory.mktemp("schema") / "a.pcap")
    return {form: CliRunner().invoke(main, ["read", capture, "--format", form]).stdout for form in ("json", "jsonl")}


def test_each_form_has_its_own(report: dict[str, str]) -> None:
    document = json.loads(report["json"])
    lines = [json.loads(line) for line in report["jsonl"].splitlines()]
    of_documents, of_lines = Draft202012Validator(printed()), Draft202012Validator(printed("-f", "jsonl"))

    assert of_documents.is_valid(document)
    assert all(of_lines.is_valid(line) for line in lines)
    assert not of_lines.is_valid(document)
    assert not any(of_documents.is_valid(line) for line in lines)
