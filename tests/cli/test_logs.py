"""``--log``, from the command line to the report."""

import gzip
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from wiretruth.cli.main import main

CASE = Path(__file__).parents[2] / "pcaps/dnat-output-accepted"
CAPTURE, LOG = str(CASE / "mta-eth0.pcap"), CASE / "mail.log"


def read(*arguments: str, stdin: bytes | None = None) -> Result:
    return CliRunner().invoke(main, ["read", CAPTURE, *arguments, "--format", "json"], input=stdin)


@pytest.fixture(params=["plain", "gzip", "stdin", "label", "zone"])
def told(request: pytest.FixtureRequest, tmp_path: Path) -> Result:
    """The same log, given in different ways."""
    path = tmp_path / "mail.log.gz"
    path.write_bytes(gzip.compress(LOG.read_bytes()))
    match request.param:
        case "gzip":
            return read("--log", str(path))
        case "stdin":
            return read("--log", "-", stdin=LOG.read_bytes())
        case "label":
            return read("--log", f"mta={LOG}")
        case "zone":
            return read("--log", str(LOG), "--log-timezone", "UTC")
    return read("--log", str(LOG))


def test_a_contradicted_line(told: Result) -> None:
    report = json.loads(told.stdout)

    assert 1 == told.exit_code
    assert 1 == report["logs"][0]["contradicted"]
    assert "log-contradicts-wire" in [finding["code"] for finding in report["findings"]]
    assert ["capture", "log"] == [source["kind"] for source in report["inputs"]]


def test_another_zone_than_the_logs_own_leaves_it_outside() -> None:
    report = json.loads(read("--log", str(LOG), "--log-timezone", "+05:00").stdout)

    log = report["logs"][0]
    assert (0, 0, log["lines"]) == (log["claims"], log["contradicted"], log["lines_of_another_time"])


@pytest.mark.parametrize(
    ("content", "words"), [(b"", "is empty"), (b"<html>\n", "Exchange, Exim, OpenSMTPD, Postfix, qmail, Sendmail")]
)
def test_a_file_that_is_no_mail_log(tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "x.log"
    path.write_bytes(content)
    done = read("--log", str(path))

    assert 2 == done.exit_code
    assert words in done.stderr


def test_standard_input_can_be_named_once() -> None:
    done = read("--log", "-", "--log", "-", stdin=b"x")

    assert 2 == done.exit_code
    assert "twice" in done.stderr
