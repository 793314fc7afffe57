"""What stands at the head of a report, against the contract's keys."""

from dataclasses import replace

from tests.reports import scenes
from wiretruth.model.frames import Fault
from wiretruth.reports._records.head import coverage_record, input_record, summary_record, tool_record


def test_tool() -> None:
    assert {"name": "wiretruth", "version": "0.1.0"} == tool_record(scenes.seed())


def test_input() -> None:
    fault = Fault("pcap record header", 24, "16 octets", "8", None)

    assert {
        "path": "mta-eth0.pcap",
        "kind": "capture",
        "vantage": "mta-eth0",
        "vantages": ["mta-eth0"],
        "format": "pcap",
        "link_type": "EN10MB",
        "packets": 21,
        "first": "2026-11-20T18:29:43.288512000Z",
        "last": "2026-11-20T18:29:43.289591000Z",
        "loss": 0.0,
        "cut_off": True,
        "kernel_drops": None,
        "faults": [
            {"where": "pcap record header", "offset": 24, "expected": "16 octets", "got": "8", "frame": None},
        ],
    } == input_record(replace(scenes.CAPTURE, cut_off=True, faults=(fault,)))


def test_empty_input_has_no_times() -> None:
    record = input_record(scenes.empty().inputs[0])

    assert (0, None, None) == (record["packets"], record["first"], record["last"])


def test_coverage() -> None:
    assert {
        "dns": True,
        "smtp": True,
        "both_directions": True,
        "starts_with_lookup": True,
        "limits": list(scenes.seed().coverage.limits),
        "evicted": {"half-open connections": 12_000},
    } == coverage_record(replace(scenes.seed().coverage, evicted=(("half-open connections", 12_000),)))


def test_summary_counts_findings_by_severity() -> None:
    assert {
        "connections": 1,
        "dialogues": 1,
        "lookups": 2,
        "deliveries": 1,
        "findings": {"critical": 1, "info": 1},
    } == summary_record(scenes.seed())


def test_summary_without_findings() -> None:
    assert {} == summary_record(scenes.benign())["findings"]
