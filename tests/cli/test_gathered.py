"""What is said at the end of collecting: what is missing, why, and what to do next."""

from pathlib import Path

import pytest

from wiretruth.cli._gathered import told
from wiretruth.sources.collection import Entry


def entry(source: str, option: str = "", status: int | None = 0, error: str = "", octets: int = 7) -> Entry:
    return Entry(source.replace(" ", "-"), source, option, "", status, error, "", "", octets, "")


def test_missing_item_is_told_once_with_its_reason() -> None:
    failed = entry("conntrack -L", "conntrack", 1, "conntrack v1.4.7\nOperation failed: \x1b[31mno", octets=0)
    lines = list(told(Path("mx1"), [failed, failed, entry("uname -a")], root=True))

    assert [
        "mx1: 1 of 3 items gathered, 7 octets",
        "  not gathered: conntrack -L: conntrack v1.4.7 Operation failed: \\x1b[31mno",
        "next: wiretruth read CAPTURE mx1, with a capture of the same time",
    ] == lines


def test_silent_failure_is_told() -> None:
    assert "it failed and did not say why" in list(told(Path("mx1"), [entry("ss", status=1)], root=True))[1]


@pytest.mark.parametrize(("root", "expected"), [(True, 0), (False, 1)])
def test_root_is_asked_for_where_it_was_missing(root: bool, expected: int) -> None:
    lines = list(told(Path("mx1"), [entry("tcpdump", "capture")], root=root))

    assert expected == sum("run it as root" in line for line in lines)
    assert "next: wiretruth read mx1" == lines[-1]
