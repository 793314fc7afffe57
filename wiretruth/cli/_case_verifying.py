"""Holds a case against itself: its files against the manifest, and its findings against its packets."""

from collections.abc import Mapping, Sequence
from datetime import tzinfo
from pathlib import Path
from typing import Any, NamedTuple

from wiretruth import __version__
from wiretruth.cli import _case_deriving
from wiretruth.errors import InputError
from wiretruth.reports._records.finding import finding_record
from wiretruth.sources import case_folder
from wiretruth.sources.case_folder import Claim, Manifest

Record = Mapping[str, Any]


class Verdict(NamedTuple):
    """On one finding."""

    claim: Claim | None
    """As the manifest names it; ``None`` where it does not."""
    summary: str
    differs: tuple[str, ...]
    """What does not follow; empty where all does."""


class Verified(NamedTuple):
    """What came of a case."""

    changed: tuple[str, ...]
    verdicts: tuple[Verdict, ...]
    other_version: str
    """That made the case, where it is not this one."""

    @property
    def holds(self) -> bool:
        """Nothing was changed, and everything follows."""
        return not self.changed and bool(self.verdicts) and not any(one.differs for one in self.verdicts)


def verified(folder: Path, manifest: Manifest, zone: tzinfo | None) -> Verified:
    """Read a case.

    Args:
        folder: the case.
        manifest: of it.
        zone: of the times of its logs, where the user said it.

    Raises:
        InputError: it has no packets, or no list of findings.
    """
    changed = list(case_folder.changed(folder, manifest))
    told = _told(folder)
    _, found = _case_deriving.derived(folder, manifest.slices, zone)
    records = [finding_record(finding) for finding in found]
    verdicts = [_verdict(record, records, manifest.claims) for record in told]
    missing = {claim.id for claim in manifest.claims} - {record["id"] for record in told}
    changed += [f"{case_folder.FINDINGS} lacks finding {id_}, which the manifest names" for id_ in sorted(missing)]
    other = manifest.version if manifest.version != __version__ else ""
    return Verified(tuple(changed), tuple(verdicts), other)


def _told(folder: Path) -> list[Record]:
    try:
        told = case_folder.document(folder, case_folder.FINDINGS)["findings"]
        records = [dict(record) for record in told]
        if not all(isinstance(record[key], str) for record in records for key in ("id", "code", "summary")):
            raise TypeError(records)  # noqa: TRY301 - one complaint for all that is wrong with it
    except (LookupError, TypeError, ValueError) as error:
        raise InputError(
            str(folder / case_folder.FINDINGS), "is no list of findings", "ask for the case again"
        ) from error
    return list(records)


def _verdict(told: Record, records: Sequence[Record], claims: Sequence[Claim]) -> Verdict:
    claim = next((claim for claim in claims if claim.id == told["id"]), None)
    if told in records:
        differs: tuple[str, ...] = () if claim is not None else ("the manifest does not name it",)
        return Verdict(claim, told["summary"], differs)
    near = [record for record in records if record["code"] == told["code"]]
    if not near:
        return Verdict(claim, told["summary"], ("the packets give no such finding",))
    nearest = min(near, key=lambda record: len(_differences(told, record)))
    return Verdict(claim, told["summary"], tuple(_differences(told, nearest)))


def _differences(told: Record, found: Record) -> list[str]:
    """Say where a finding that was told differs from what the packets give."""
    keys = dict.fromkeys([*told, *found])
    return [
        f"{key}: told {told.get(key)!r}, the packets give {found.get(key)!r}"
        for key in keys
        if key != "id" and told.get(key) != found.get(key)
    ] or ["its id is not that of what it says"]
