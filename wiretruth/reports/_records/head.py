"""What stands at the head of a report: the tool, its inputs, what they could tell, and the sums."""

from collections import Counter
from dataclasses import asdict

from wiretruth.model.finding import Severity
from wiretruth.model.report import Coverage, InputSummary, Report
from wiretruth.reports._records.shape import Record, optional

SCHEMA = "wiretruth.report/1"


def tool_record(report: Report) -> Record:
    """Name who made the report."""
    return {"name": "wiretruth", "version": report.version}


def input_record(source: InputSummary) -> Record:
    """Describe one input, as it was read; one in several files has their list, with the number of each one's first frame."""
    record: Record = {
        "path": source.path,
        "kind": source.kind,
        "vantage": source.label,
        "vantages": list(source.vantages),
        "format": source.format,
        "link_type": source.link_type,
        "packets": source.packets,
        "first": optional(source.first),
        "last": optional(source.last),
        "loss": source.loss,
        "cut_off": source.cut_off,
        "kernel_drops": source.kernel_drops,
        "faults": [asdict(fault) for fault in source.faults],
    }
    if source.files is not None:
        firsts = source.files.begins()
        record["files"] = [{"path": path, "first_frame": firsts.get(path)} for path in source.files.paths]
    return record


def coverage_record(coverage: Coverage) -> Record:
    """Say what the inputs could tell at all."""
    return {
        "dns": coverage.dns,
        "smtp": coverage.smtp,
        "both_directions": coverage.both_directions,
        "starts_with_lookup": coverage.starts_with_lookup,
        "limits": list(coverage.limits),
        "evicted": dict(coverage.evicted),
    }


def summary_record(report: Report) -> Record:
    """Count what was seen; findings by severity, loudest first, none that did not occur."""
    found = Counter(finding.severity for finding in report.findings)
    return {
        "connections": report.connection_count,
        "dialogues": report.dialogue_count,
        "lookups": report.lookup_count,
        "deliveries": len(report.deliveries) + report.other_deliveries,
        "findings": {severity.value: found[severity] for severity in reversed(Severity) if found[severity]},
    }
