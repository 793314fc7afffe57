"""Reads a case as ``wiretruth read`` reads captures: what it says must follow from its slices alone."""

from collections.abc import Sequence
from datetime import tzinfo
from pathlib import Path

from wiretruth.cli import _reading, _witnesses
from wiretruth.cli._progress import Progress
from wiretruth.evidence.claims import relocated
from wiretruth.model.finding import Finding
from wiretruth.model.report import Report
from wiretruth.sources.case_folder import CAPTURE, Slice

LOG = "log"


def derived(folder: Path, slices: Sequence[Slice], zone: tzinfo | None) -> tuple[Report, list[Finding]]:
    """Read the slices of a case.

    Args:
        folder: the case.
        slices: as its manifest describes them.
        zone: of the times of its logs, where the user said it.

    Returns:
        The report, and its findings with the names that files have within the case.

    Raises:
        InputError: one of them cannot be read.
    """
    by_kind: dict[str, list[str]] = {}
    for one in slices:
        path = str(folder / one.file)
        by_kind.setdefault(one.kind, []).append(f"{one.label}={path}" if one.kind in (CAPTURE, LOG) else path)
    captures, logs = by_kind.pop(CAPTURE, []), by_kind.pop(LOG, [])
    heard = _witnesses.read_all(by_kind, captures)
    wanted = _reading.Wanted(every_lookup=bool(logs), heard=heard, logs=tuple(logs), log_zone=zone, digests=False)
    report = _reading.read(captures, wanted, Progress(wanted=False))
    names = {str(folder / one.file): one.file for one in slices}
    return report, [relocated(finding, names) for finding in report.findings]
