"""A report as tables: what pandas and Arrow take, where they are installed. wiretruth itself needs neither."""

import importlib
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from wiretruth.errors import WiretruthError
from wiretruth.model.report import Report
from wiretruth.reports._options import RECORDS
from wiretruth.reports._places import Places
from wiretruth.reports._records.finding import finding_record
from wiretruth.reports._records.lists import records

FINDINGS: Final = "findings"
NAMES: Final = (FINDINGS, *RECORDS)
"""Tables of a report; the columns are the keys of the JSON report."""


def rows(report: Report, name: str) -> list[dict[str, Any]]:
    """Give a table as the JSON report has it, one mapping a row.

    Args:
        report: of ``wiretruth.read``.
        name: ``findings``, ``connections``, ``dialogues``, ``lookups`` or ``deliveries``.

    Raises:
        WiretruthError: there is no such table.
    """
    if name == FINDINGS:
        places = Places(report.inputs)
        return [dict(finding_record(finding, places)) for finding in report.findings]
    if name not in RECORDS:
        raise WiretruthError(f"no table {name!r}; there is {', '.join(NAMES)}")
    return [dict(record) for record in records(report, name)]


def table(report: Report, name: str, kind: str = "pandas") -> Any:
    """Give a table as a ``pandas.DataFrame`` or a ``pyarrow.Table``; what is nested gets columns such as ``fault.side``.

    Args:
        report: of ``wiretruth.read``.
        name: as for :func:`rows`.
        kind: ``pandas`` or ``arrow``.

    Raises:
        WiretruthError: there is no such table or kind, or the library is not installed.
    """
    makers: dict[str, Callable[[list[dict[str, Any]]], Any]] = {"pandas": _pandas, "arrow": _arrow}
    if kind not in makers:
        raise WiretruthError(f"no kind {kind!r} of table; there is {', '.join(makers)}")
    return makers[kind]([dict(_flat(row)) for row in rows(report, name)])


def _flat(row: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, Any]]:
    for key, value in row.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{before}{key}.")
        else:
            yield f"{before}{key}", value


def _pandas(flat: list[dict[str, Any]]) -> Any:
    return _library("pandas").DataFrame.from_records(flat)


def _arrow(flat: list[dict[str, Any]]) -> Any:
    columns = dict.fromkeys(key for row in flat for key in row)
    arrow = _library("pyarrow")
    return arrow.table({key: arrow.array([row.get(key) for row in flat]) for key in columns})


def _library(name: str) -> Any:
    try:
        return importlib.import_module(name)
    except ImportError as error:
        raise WiretruthError(f"{name} is not installed; pip install {name}, or take wiretruth.rows") from error
