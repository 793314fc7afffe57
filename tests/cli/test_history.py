"""Asking what was kept."""

import json
import time
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.cli.test_guests import FINDING
from tests.live.test_store import delivery
from wiretruth.cli.main import main
from wiretruth.live.store import KeptFinding, Store
from wiretruth.reports._records.finding import finding_record


@pytest.fixture
def path(tmp_path: Path) -> Path:
    now = time.time_ns()
    made = Store(tmp_path / "store.db")
    made.write_deliveries([delivery(at=now), delivery("example.org", now - 10**13, "deferred")])
    record = json.dumps(finding_record(FINDING))
    made.write_findings(
        [KeptFinding(now, now, "smtp-deferred", "warning", "likely", "10.10.0.5", "deferred \x1b", record)]
    )
    made.close()
    return tmp_path / "store.db"


def asked(path: Path, *words: str) -> Result:
    return CliRunner().invoke(main, ["history", "--store", str(path), *words])


def test_everything_is_told_oldest_first(path: Path) -> None:
    lines = asked(path).stdout.splitlines()

    assert "deferred  mail for bob@example.org by 10.10.0.5" in lines[0]
    assert "tried 198.51.100.10:25, as far as end-of-data: 250 ok" in lines[1]
    assert "accepted  mail for bob@example.net" in lines[2]
    assert lines[-1].endswith("warning likely smtp-deferred: deferred \\x1b")


def test_a_domain_and_a_time_are_asked_for(path: Path) -> None:
    assert "example.org" not in asked(path, "example.net").stdout
    assert "example.org" not in asked(path, "--since", "1h").stdout
    assert "accepted" not in asked(path, "--findings").stdout


def test_records_are_those_of_the_contract(path: Path) -> None:
    records = [json.loads(line) for line in asked(path, "--format", "jsonl").stdout.splitlines()]

    assert ["delivery", "delivery", "told"] == [record["record"] for record in records]
    assert {"code": "smtp-deferred", "client": "10.10.0.5"}.items() <= records[-1].items()
    assert "end-of-data" == records[0]["attempts"][0]["step"]


def test_nothing_is_said_in_words(path: Path) -> None:
    assert "nothing kept of example.com\n" == asked(path, "example.com").stdout


def test_a_store_that_is_not_there_is_told(tmp_path: Path) -> None:
    done = asked(tmp_path / "none.db")

    assert (2, True) == (done.exit_code, "cannot be used as a store" in done.stderr)
