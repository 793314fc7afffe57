"""Findings are asked for by id, by the beginning of one, or by code."""

import click
import pytest

from tests.cli.cases import PCAPS
from wiretruth.cli._case_asking import chosen, read
from wiretruth.errors import WiretruthError
from wiretruth.model.report import Report
from wiretruth.reports._records.finding import identity


@pytest.fixture(scope="module")
def report() -> Report:
    return read([str(PCAPS / "drop-at-gateway/gw-lan.pcap"), str(PCAPS / "drop-at-gateway/gw-wan.pcap")], (), None, {})


def test_by_id_and_by_code(report: Report) -> None:
    one = report.findings[0]
    others = tuple(finding for finding in report.findings if finding.code == one.code)

    assert (one,) == chosen(report, identity(one))
    assert (one,) == chosen(report, identity(one)[:9].upper())
    assert others == chosen(report, one.code) == chosen(report, one.code.replace("-", "_")[:-2])
    assert report.findings == chosen(report, None)


@pytest.mark.parametrize("word", ["", "no-such", "zz"])
def test_what_is_not_there(report: Report, word: str) -> None:
    with pytest.raises(click.UsageError):
        chosen(report, word)


def test_where_nothing_was_found() -> None:
    with pytest.raises(WiretruthError, match="nothing was found"):
        chosen(read([str(PCAPS / "plain-delivery/mta-eth0.pcap")], (), None, {}), None)
