"""A report as rows and tables."""

import sys
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

import wiretruth
from tests.cli.cases import PCAPS
from wiretruth.api import tables
from wiretruth.errors import WiretruthError


@pytest.fixture(scope="module")
def report() -> wiretruth.Report:
    return wiretruth.read(PCAPS / "dnat-output-accepted/mta-eth0.pcap", every_lookup=True)


@pytest.mark.parametrize("name", tables.NAMES)
def test_rows_are_those_of_the_json_report(report: wiretruth.Report, name: str) -> None:
    found = wiretruth.rows(report, name)

    assert found
    assert all(row for row in found)


@pytest.mark.parametrize("name", tables.NAMES)
@pytest.mark.parametrize(("kind", "library"), [("pandas", "pandas"), ("arrow", "pyarrow")])
def test_tables(report: wiretruth.Report, name: str, kind: str, library: str) -> None:
    pytest.importorskip(library, reason=f"{library} is not installed")

    assert len(wiretruth.rows(report, name)) == len(wiretruth.table(report, name, kind))


def test_what_is_nested_gets_columns(report: wiretruth.Report, monkeypatch: pytest.MonkeyPatch) -> None:
    """A stand-in takes the calls where the libraries are not installed."""
    pandas: Any = ModuleType("pandas")
    pandas.DataFrame = SimpleNamespace(from_records=list)
    arrow: Any = ModuleType("pyarrow")
    arrow.array, arrow.table = list, dict
    monkeypatch.setitem(sys.modules, "pandas", pandas)
    monkeypatch.setitem(sys.modules, "pyarrow", arrow)
    (row,) = wiretruth.table(report, "findings")

    assert ("sender", "192.0.2.66") == (row["fault.side"], row["observed.address"])
    assert ["sender"] == wiretruth.table(report, "findings", "arrow")["fault.side"]


@pytest.mark.parametrize(
    ("name", "kind", "told"),
    [
        ("nothing", "pandas", "no table 'nothing'"),
        ("findings", "excel", "no kind 'excel'"),
        ("findings", "pandas", "pip install"),
    ],
)
def test_what_is_not_there(
    report: wiretruth.Report, monkeypatch: pytest.MonkeyPatch, name: str, kind: str, told: str
) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)

    with pytest.raises(WiretruthError, match=told):
        wiretruth.table(report, name, kind)
