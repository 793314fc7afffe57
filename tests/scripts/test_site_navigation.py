"""The site's navigation leads to every finding."""

from scripts.site_navigation import FINDINGS, with_findings


def test_findings_stand_below_their_page() -> None:
    below = ["reference/findings/null-mx.md"]
    navigation = ["index.md", {"Look it up": [{"Codes": "codes.md"}, {"Findings": FINDINGS}]}]

    assert [
        "index.md",
        {"Look it up": [{"Codes": "codes.md"}, {"Findings": [FINDINGS, {"null-mx": below[0]}]}]},
    ] == with_findings(navigation, below)
