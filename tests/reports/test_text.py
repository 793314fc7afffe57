"""The report for a person: golden pages, the answer in the first line, nothing raw, no column too many.

``GOLDEN=write pytest tests/reports/test_text.py`` writes the pages anew; read the difference before believing it.
"""

import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from rich.cells import cell_len

from tests.reports import scenes
from wiretruth.model.report import Report
from wiretruth.reports import text
from wiretruth.reports._options import Options

GOLDEN = Path(__file__).parent / "golden"
SGR = re.compile(r"\x1b\[[0-9;]*m")

PAGES = {
    "seed": (scenes.seed, Options()),
    "seed-wide": (scenes.seed, Options(width=140)),
    "seed-narrow-in-full": (scenes.seed, Options(width=60, verbosity=1)),
    "seed-quiet": (scenes.seed, Options(verbosity=-1)),
    "benign": (scenes.benign, Options()),
    "empty": (scenes.empty, Options()),
    "hostile": (scenes.hostile, Options()),
    "crowded": (scenes.crowded, Options()),
}
SCENES = [scenes.seed, scenes.benign, scenes.empty, scenes.hostile, scenes.crowded]


def page(report: Report, options: Options) -> str:
    return "".join(text.render(report, options))


@pytest.mark.parametrize("name", PAGES)
def test_golden_page(name: str) -> None:
    make, options = PAGES[name]
    golden = GOLDEN / f"{name}.txt"
    if os.environ.get("GOLDEN") == "write":
        golden.write_text(page(make(), options), encoding="utf-8")

    assert golden.read_text(encoding="utf-8") == page(make(), options)


def test_the_first_line_is_the_answer() -> None:
    first = page(scenes.seed(), Options(width=200)).splitlines()[0]

    assert (
        "CRITICAL (likely): mail for example.net was meant for mail.example.net [198.51.100.10]:25 "
        "and went to 192.0.2.66:25" == first
    )


@pytest.mark.parametrize("make", SCENES)
@pytest.mark.parametrize("width", [60, 80, 140])
def test_no_line_is_wider_than_the_page(make: Callable[[], Report], width: int) -> None:
    """The tshark command is the exception: it must be copied in one piece."""
    lines = page(make(), Options(width=width)).splitlines()

    assert [] == [line for line in lines if cell_len(line) > width and not line.startswith("  tshark -r")]


@pytest.mark.parametrize("make", SCENES)
@pytest.mark.parametrize("verbosity", [-1, 0, 1])
def test_nothing_raw_reaches_the_terminal(make: Callable[[], Report], verbosity: int) -> None:
    """Whatever came from the wire, only printable characters and line ends are written."""
    assert [] == [line for line in page(make(), Options(verbosity=verbosity)).split("\n") if not line.isprintable()]


@pytest.mark.parametrize("make", SCENES)
def test_colour_changes_no_word(make: Callable[[], Report]) -> None:
    """Without its colours a coloured page is the plain page: colour says nothing alone, and nothing else is sent."""
    coloured = page(make(), Options(colour=True))

    assert page(make(), Options()) == SGR.sub("", coloured)
    assert SGR.search(coloured)


def test_markup_stays_text() -> None:
    told = page(scenes.hostile(), Options(width=400))

    assert "[bold]markup[/bold] :smile:" in told
    assert "[link=http://example.net]x[/link]" in told


def test_quiet_is_one_line_a_finding() -> None:
    lines = page(scenes.crowded(), Options(verbosity=-1)).splitlines()

    assert 1 + 301 == len(lines)
    assert all(re.match(r"(critical|info) likely [a-z-]+ 2026-11-2\d ", line) for line in lines[1:])


def test_environment_is_not_heeded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Width and colour come from the options alone."""
    before = page(scenes.seed(), Options(colour=True))
    for name, value in (("COLUMNS", "33"), ("NO_COLOR", "1"), ("TERM", "dumb"), ("JUPYTER_COLUMNS", "20")):
        monkeypatch.setenv(name, value)

    assert before == page(scenes.seed(), Options(colour=True))
