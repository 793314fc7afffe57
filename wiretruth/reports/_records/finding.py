"""The record of a finding."""

import hashlib
import json
from typing import Final

from wiretruth.model.finding import Evidence, Finding, Party
from wiretruth.reports._places import Places
from wiretruth.reports._records.shape import Record, when

NOWHERE: Final = Places()
"""Every input is one file."""


def finding_record(finding: Finding, places: Places = NOWHERE) -> Record:
    """Give the finding under the keys of the contract.

    Args:
        finding: one of a report.
        places: of the same report.
    """
    blame = finding.blame
    return {
        "id": identity(finding),
        "code": finding.code,
        "severity": finding.severity.value,
        "confidence": finding.confidence.value,
        "summary": finding.summary,
        "at": when(finding.at),
        "client": finding.client,
        "intended": _party(finding.intended),
        "observed": _party(finding.observed),
        "fault": {"side": blame.side.value, "temporary": blame.temporary, "mail_safe": blame.mail_safe},
        "evidence": [_evidence(record, places) for record in finding.evidence],
        "still_possible": list(finding.still_possible),
        "settled_by": list(finding.settled_by),
    }


def identity(finding: Finding) -> str:
    """Derive a finding's id from what it says, so that two runs over one input agree on it."""
    content = [
        finding.code,
        finding.client,
        _party(finding.intended),
        _party(finding.observed),
        [[e.vantage, e.frames, e.source, e.line] for e in finding.evidence],
        finding.at,
    ]
    return hashlib.sha256(json.dumps(content, separators=(",", ":")).encode()).hexdigest()[:16]


def _party(party: Party | None) -> Record | None:
    if party is None:
        return None
    return {"name": party.name, "address": party.address, "port": party.port, "from": list(party.source)}


def _evidence(evidence: Evidence, places: Places) -> Record:
    record: Record = {"text": evidence.text}
    if evidence.vantage is not None:
        record |= {"vantage": evidence.vantage, "frames": list(evidence.frames)}
    if places.several(evidence.vantage):
        found = places.files(evidence.vantage, evidence.frames)
        record["files"] = [{"path": path, "frames": frames} for path, frames in found.items()]
    if evidence.source is not None:
        record |= {"source": evidence.source, "line": evidence.line}
    return record
