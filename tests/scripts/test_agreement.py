"""The page of agreement counts rightly, and the one that is committed knows a reason for everything."""

from scripts.agreement import PAGE, Compared, page

COMPARED = [
    Compared("commands", "a.pcap", 1200, agrees=True),
    Compared("commands", "b.pcap", 30, agrees=False, reason="it is so"),
    Compared("streams", "a.pcap", 2, agrees=False),
]


def test_sums_and_reasons() -> None:
    written = page(COMPARED)

    assert "| commands | 2 | 1,230 | 1 |" in written
    assert "| streams | 1 | 2 | 0 |" in written
    assert "### Commands\n\n| capture | why |\n|---|---|\n| `b.pcap` | it is so |\n" in written
    assert "| `a.pcap` | not known yet |" in written


def test_committed_page_explains_everything() -> None:
    written = PAGE.read_text(encoding="utf-8")

    assert "not known yet" not in written
    assert "| the same |" not in written
