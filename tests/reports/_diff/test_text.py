"""A comparison in the form of a diff."""

import pytest

from wiretruth.model.comparison import Comparison, Entry, Hunk, Mark
from wiretruth.model.finding import Severity
from wiretruth.reports._diff.text import render
from wiretruth.reports._options import Options

WORDS = "198.51.100.53 told 10.10.0.5 at 18:29:43.288, TTL 300 s, still good at the contact; contacted at 18:29:43.289: refused"
ENTRIES = (
    Entry(Mark.BEFORE, "mail.example.net", "198.51.100.10", WORDS, Severity.WARNING),
    Entry(Mark.AFTER, "", "192.0.2.66", "contacted", Severity.CRITICAL),
    Entry(Mark.BOTH, "backup.example.net", "198.51.100.20", "not needed", Severity.INFO),
)
COMPARISON = Comparison(
    (
        Hunk("10.10.0.5", "example.net", "MX 10 mail.example.net", ENTRIES),
        Hunk("10.10.0.5", "mail.example.net", "captured against now", ENTRIES[:1], "192.0.2.53"),
    ),
    ("192.0.2.53 gives no answer for A x.example.net: nothing came in 5 s",),
    2,
)


def told(width: int = 80, *, colour: bool = False) -> str:
    return "".join(render(COMPARISON, ["a.pcap", "b.pcap"], Options(width=width, colour=colour)))


def test_lines() -> None:
    lines = told().splitlines()

    assert ["--- answered in a.pcap, b.pcap", "+++ contacted in a.pcap, b.pcap"] == lines[:2]
    assert lines[2:4] == ["@@ 10.10.0.5, mail for example.net @@", "    MX 10 mail.example.net"]
    assert "-mail.example.net 198.51.100.10" in lines
    assert "+192.0.2.66" in lines
    assert " backup.example.net 198.51.100.20" in lines
    assert ["--- captured in a.pcap, b.pcap", "+++ 192.0.2.53 now"] == lines[
        lines.index("--- captured in a.pcap, b.pcap") :
    ][:2]
    assert lines[-2].startswith("\\ 2 deliveries came in") or lines[-1].startswith("\\ 2 deliveries came in")


@pytest.mark.parametrize("width", [80, 120])
def test_only_differences_begin_with_a_mark(width: int) -> None:
    """So that grep finds them, and nothing else."""
    marked = [line for line in told(width).splitlines() if line[0] in "-+" and line[:3] not in ("---", "+++")]

    assert ["-mail.example.net 198.51.100.10", "+192.0.2.66", "-mail.example.net 198.51.100.10"] == marked
    assert width >= max(map(len, told(width).splitlines()))


def test_colours() -> None:
    assert "\x1b[31m-mail.example.net" in told(colour=True)
    assert "\x1b[32m+192.0.2.66" in told(colour=True)
    assert "\x1b" not in told()


def test_nothing_to_compare_is_nothing() -> None:
    assert "" == "".join(render(Comparison(()), ["a.pcap"], Options()))
