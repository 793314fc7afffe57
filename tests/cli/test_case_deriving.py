"""A case is read as captures are."""

from pathlib import Path

from tests.cli.cases import made
from wiretruth.cli._case_deriving import derived
from wiretruth.sources import case_folder


def test_findings_bear_the_names_of_the_case(tmp_path: Path) -> None:
    words = ("mta-eth0.pcap", "--log", "mail.log", "--rules", "rules.txt")
    folder = made(tmp_path / "c", "dnat-output-accepted", words)
    report, (finding, *_) = derived(folder, case_folder.read(folder).slices, None)

    assert "destination-rewritten" == finding.code
    assert len(report.findings) > 0
    assert str(folder) not in repr(finding)
    assert any("rules.txt:7" in record.text for record in finding.evidence) or "rules.txt:7" in finding.summary
