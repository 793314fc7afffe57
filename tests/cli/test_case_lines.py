"""What of a log, of rules or of connection tracking is handed over."""

from pathlib import Path

import pytest

from tests.cli.cases import PCAPS
from wiretruth.cli._case_lines import Witness, named, sliced
from wiretruth.evidence.choosing import Reach
from wiretruth.model.finding import Confidence, Evidence, Finding, Severity

LOG = PCAPS / "dnat-output-accepted/mail.log"


def finding(source: str, line: int | None) -> Finding:
    records = (Evidence("x", source=source, line=line),)
    return Finding("null-mx", Severity.INFO, Confidence.LIKELY, "", 0, None, records)


def test_files_are_named_as_findings_name_them() -> None:
    told = named({"rules": ["a/rules.txt"]}, ["mx=mail.log"])

    assert [Witness("log", "mx", "mail.log"), Witness("rules", "a/rules.txt", "a/rules.txt")] == told


@pytest.mark.parametrize(
    ("reach", "lines", "written"),
    [(Reach.EXCHANGES, (7,), 1), (Reach.DELIVERIES, None, 2), (Reach.HOSTS, None, 5)],
)
def test_lines_keep_their_numbers(tmp_path: Path, reach: Reach, lines: tuple[int, ...] | None, written: int) -> None:
    part = sliced(tmp_path, Witness("log", "mx", str(LOG)), "mx.log", [(finding("mx", 7), reach)])
    was, is_now = LOG.read_bytes().splitlines(), (tmp_path / "mx.log").read_bytes().splitlines()

    assert part is not None
    assert lines is None or lines == part.lines
    assert is_now[6] == was[6]
    assert written <= sum(bool(line) for line in is_now)


def test_rules_are_handed_over_whole(tmp_path: Path) -> None:
    rules = str(LOG.with_name("rules.txt"))
    part = sliced(tmp_path, Witness("rules", rules, rules), "r.txt", [(finding(rules, 7), Reach.EXCHANGES)])

    assert part is not None
    assert part.lines is None
    assert LOG.with_name("rules.txt").read_bytes() == (tmp_path / "r.txt").read_bytes()


def test_what_nothing_rests_on_is_not_handed_over(tmp_path: Path) -> None:
    witness = Witness("log", "mx", str(LOG))

    assert sliced(tmp_path, witness, "mx.log", [(finding("other", 7), Reach.EXCHANGES)]) is None
    assert [] == list(tmp_path.iterdir())
