"""The page that counts how true wiretruth is: fresh, and its sums right."""

import pytest

from scripts import lab_report
from scripts.lab_report_tally import Asked, Expected, ask_all, ways, wrong

BLACKHOLED = {"code": "connect-blackholed", "severity": "critical", "confidence": "likely", "summary": "of 192.0.2.1"}
NOTED = {"code": "null-mx", "severity": "info", "confidence": "possible", "summary": "takes no mail"}


def asked(*expected: Expected, false: tuple[str, ...] = (), faultless: bool = False) -> Asked:
    return Asked("s", "one", "drop", ("one capture",), expected, false, false, "", faultless)


def test_the_page_is_fresh() -> None:
    """``make lab-report`` would change nothing."""
    assert lab_report.page(tuple(ask_all(lab_report.PCAPS))) == lab_report.PAGE.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("inputs", "expected"),
    [
        (["a.pcap"], ("one capture",)),
        (["lan=a.pcap", "wan=b.pcap"], ("several vantages",)),
        (["a.pcap", "--log", "mail.log"], ("with log",)),
        (["a.pcap", "b.pcap", "--conntrack", "c", "--rules", "r"], ("with conntrack", "with rules")),
        (["a.pcap", "--sockets", "s"], ("with sockets",)),
    ],
)
def test_a_case_stands_in_the_columns_of_its_witnesses(inputs: list[str], expected: tuple[str, ...]) -> None:
    assert expected == ways(inputs)


@pytest.mark.parametrize(
    ("truth", "expected"),
    [
        ({"forbid": ["connect-blackholed"], "max_severity": None}, ["connect-blackholed"]),
        ({"forbid": ["!connect-blackholed:192.0.2.1"], "max_severity": None}, ["connect-blackholed"]),
        ({"forbid": ["!connect-blackholed:192.0.2.2", "null-mx"], "max_severity": None}, []),
        ({"forbid": [], "max_severity": "info"}, ["connect-blackholed"]),
        ({"forbid": ["#takes no mail"], "max_severity": None}, ["words that must not be shown"]),
    ],
)
def test_false_claims_are_counted_by_their_code(truth: dict[str, object], expected: list[str]) -> None:
    assert expected == list(wrong(truth, [BLACKHOLED, NOTED], "takes no mail"))


def test_found_asked_for_and_false_are_sums() -> None:
    some = [asked(Expected("a", met=True), Expected("b", met=False)), asked(false=("a",))]

    assert lab_report.counted(some) == (1, 2, 1)
    assert lab_report.cell(some, silence=True) == "1 / 2, 1 ✗"


def test_silence_counts_where_nothing_is_wrong() -> None:
    assert (
        lab_report.cell([asked(faultless=True), asked(faultless=True, false=("a",))], silence=True) == "1 silent, 1 ✗"
    )


@pytest.mark.parametrize(("right", "whole", "expected"), [(10, 10, 0.7225), (0, 10, 0.0), (90, 100, 0.8256)])
def test_the_lower_end_is_wilsons(right: int, whole: int, expected: float) -> None:
    assert lab_report.least(right, whole) == pytest.approx(expected, abs=0.0005)
