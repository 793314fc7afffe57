"""What Wireshark shows beside a packet of a slice."""

from tests.evidence.test_claims import FINDING
from wiretruth.evidence.comments import MOST, comments
from wiretruth.model.finding import Evidence


def test_each_packet_says_where_it_comes_from_and_why_it_is_there() -> None:
    told = comments("gw", [7, 24], [FINDING], {"lan": "gw"})

    assert [1, 2] == list(told)
    assert told[1].startswith("wiretruth: frame 7 of gw; ")
    assert "wiretruth: frame 24 of gw; here because" in told[2]


def test_evidence_is_told_in_its_own_words() -> None:
    made = FINDING.__class__(
        *(FINDING.code, FINDING.severity, FINDING.confidence, "", 0, None, (Evidence("RST", "lan", (2,)),))
    )

    assert (
        "wiretruth: frame 24 of gw; evidence of reset-injected: RST"
        == comments("gw", [7, 24], [made], {"lan": "gw"})[2]
    )
    assert "here because" in comments("other", [7, 24], [made], {"lan": "gw"})[2]


def test_few_reasons_are_told() -> None:
    records = tuple(Evidence(f"reason {n}", "lan", (1,)) for n in range(MOST + 3))
    made = FINDING.__class__(FINDING.code, FINDING.severity, FINDING.confidence, "", 0, None, records)

    assert comments("gw", [7], [made], {"lan": "gw"})[1].endswith("; and 3 more")
