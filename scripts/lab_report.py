"""``python -m scripts.lab_report``: docs/reference/accuracy.md, from the committed captures and what wiretruth says of them now."""

import math
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import Final

from scripts.lab_report_tally import WAYS, Asked, ask_all

PROJECT: Final = Path(__file__).resolve().parents[1]
PAGE: Final = PROJECT / "docs" / "reference" / "accuracy.md"
FINDINGS: Final = PAGE.parent / "findings"
PCAPS: Final = PROJECT / "pcaps"
BESIDE: Final = PROJECT.parent / "shared" / "lab" / "cases"
"""Sample data that is not the project's own: where it is absent, what was counted of it last stays on the page."""
BESIDE_STARTS: Final = "<!-- counted where the sample data lies beside the project -->"
SURE: Final = 1.96
"""Standard deviations of a 95 % interval."""

HEAD: Final = """\
<!-- Written by `make lab-report` from pcaps/; change the scenarios in tests/lab. -->

# Accuracy

What wiretruth says of captures whose truth is known, because the fault was made: `pcaps/` holds {scenarios} scenarios recorded in
network namespaces with real mail servers, resolvers and firewalls, {faultless} of them with nothing wrong in them. Each is asked in
one or more ways: {cases} cases. `make lab-report` asks them again and writes this page; a test holds it to be fresh.

**Recall** is how many of the findings that the truth asks for were found, with the addresses and names that they must hold, at
the confidence where the truth asks for one. **Precision** is how many of the claims that the truth decides are true; a claim is false when it
accuses (`warning` or above, or `likely` or above) of what did not happen, or is louder than the truth allows. Where the packets allow a
finding without forcing it, it is not counted either way. A case with several witnesses counts in the column of each.

These are scenarios of our own making, and what they missed was mended: they show what is covered, not what the next network will
bring. The last column of the first table says what the rate is at least, chance alone considered (lower end of Wilson's 95 % interval).
"""


def main() -> int:
    """Write the page, and tell what on it is not true yet."""
    asked = tuple(ask_all(PCAPS))
    PAGE.write_text(page(asked), encoding="utf-8")
    sys.stdout.writelines(f"{one.scenario}, {one.id}: {'; '.join(one.complaints)}\n" for one in asked if one.complaints)
    return 0


def page(asked: Sequence[Asked]) -> str:
    """Give the whole page."""
    scenarios = {one.scenario for one in asked}
    faulty = {one.scenario for one in asked if not one.faultless}
    head = HEAD.format(scenarios=len(scenarios), faultless=len(scenarios - faulty), cases=len(asked))
    parts = (
        head,
        "## By what was given\n\n" + by_way(asked),
        "## By finding\n\nFound / asked for; false claims with a cross.\n\n"
        + grouped(asked, "finding", lambda one: chain((e.code for e in one.expected), one.false), of_finding),
        unasked(asked),
        "## By mechanism\n\nThe same by what was done to the mail; *silent* are the cases in which nothing is wrong, and nothing was said to be.\n\n"
        + grouped(asked, "mechanism", lambda one: (one.mechanism,), of_mechanism),
        "## Not told truly yet\n\n" + wanting(asked),
        f"## Sample data beside the project\n\n{BESIDE_STARTS}\n\n" + beside(),
    )
    return "\n".join(parts)


def unasked(asked: Sequence[Asked]) -> str:
    """Name the findings that no case of ours asks for."""
    codes = {path.stem for path in FINDINGS.glob("*.md")} - {"index"}
    left = sorted(codes - {e.code for one in asked for e in one.expected})
    return f"Asked for by no case: {', '.join(map(linked, left)) or 'none'}.\n"


def by_way(asked: Sequence[Asked]) -> str:
    """A row for each way to ask."""
    rows = [total(way, [one for one in asked if way in one.ways]) for way in WAYS]
    heads = (
        "given",
        "cases",
        "nothing wrong, and silent",
        "found / asked for",
        "recall",
        "false claims",
        "precision",
        "told truly",
    )
    return table(heads, [*rows, total("**all**", asked)])


def total(name: str, some: Sequence[Asked]) -> list[str]:
    """One row: everything about some cases."""
    found, wanted, false = counted(some)
    silent = [one for one in some if one.faultless]
    right = sum(not one.complaints for one in some)
    return [
        name,
        str(len(some)),
        f"{sum(not one.false for one in silent)} / {len(silent)}",
        f"{found} / {wanted}",
        share(found, wanted),
        str(false),
        share(found, found + false),
        f"{right} / {len(some)}, at least {100 * least(right, len(some)):.1f} %" if some else "",
    ]


def grouped(
    asked: Sequence[Asked],
    title: str,
    names: Callable[[Asked], Iterable[str]],
    of: Callable[[Sequence[Asked], str], list[Asked]],
) -> str:
    """A row for each name, a cell for each way."""
    rows = []
    for name in sorted({name for one in asked for name in names(one)}):
        some = of(asked, name)
        cells = [cell([one for one in some if way in one.ways], silence=title == "mechanism") for way in WAYS]
        found, wanted, false = counted(some)
        rows.append([linked(name), *cells, share(found, wanted), share(found, found + false)])
    return table((title, *WAYS, "recall", "precision"), rows)


def of_finding(asked: Sequence[Asked], code: str) -> list[Asked]:
    """The cases as far as they are about *code*."""
    return [
        one._replace(
            expected=tuple(e for e in one.expected if e.code == code),
            false=tuple(wrong for wrong in one.false if wrong == code),
        )
        for one in asked
        if code in one.false or any(e.code == code for e in one.expected)
    ]


def of_mechanism(asked: Sequence[Asked], mechanism: str) -> list[Asked]:
    """The cases in which it was at work."""
    return [one for one in asked if one.mechanism == mechanism]


def linked(code: str) -> str:
    """A finding's name, leading to its page."""
    return f"[{code}](findings/{code}.md)" if (FINDINGS / f"{code}.md").exists() else code


def cell(some: Sequence[Asked], *, silence: bool) -> str:
    """Found / asked for, how often it was rightly silent where that is counted, and how often it was wrong."""
    found, wanted, false = counted(some)
    silent = sum(one.faultless and not one.false for one in some) if silence else 0
    words = (f"{found} / {wanted}" * bool(wanted), f"{silent} silent" * bool(silent), f"{false} ✗" * bool(false))
    return ", ".join(filter(None, words))


def counted(some: Iterable[Asked]) -> tuple[int, int, int]:
    """Found, asked for, falsely claimed."""
    expected = [e for one in some for e in one.expected]
    return sum(e.met for e in expected), len(expected), sum(len(one.false) for one in some)


def share(part: int, whole: int) -> str:
    """A percentage, or nothing of nothing."""
    return f"{100 * part / whole:.1f} %" if whole else ""


def least(right: int, whole: int) -> float:
    """The lower end of Wilson's score interval."""
    rate, square = right / whole, SURE * SURE
    middle = rate + square / (2 * whole)
    spread = SURE * math.sqrt(rate * (1 - rate) / whole + square / (4 * whole * whole))
    return (middle - spread) / (1 + square / whole)


def wanting(asked: Iterable[Asked]) -> str:
    """What is not told truly, and why."""
    lines = [
        f"- `pcaps/{one.scenario}`, {one.id}: {one.awaited or '; '.join(one.complaints)}"
        for one in asked
        if one.complaints
    ]
    return "\n".join([*lines, ""]) if lines else "Nothing: every case is told truly.\n"


def beside() -> str:
    """Count the sample data, or keep what the page said of it."""
    if not BESIDE.is_dir():
        return PAGE.read_text(encoding="utf-8").partition(f"{BESIDE_STARTS}\n\n")[2]
    asked = tuple(ask_all(BESIDE))
    rows = list(scenario_rows(asked))
    return (
        "Captures of another hand, with their truth; the project does not hold them.\n\n"
        + table(("scenario", "cases", "found / asked for", "false claims"), rows)
        + "\n"
        + by_way(asked)
    )


def scenario_rows(asked: Sequence[Asked]) -> Iterator[list[str]]:
    """A row for each scenario."""
    for name in sorted({one.scenario for one in asked}):
        some = [one for one in asked if one.scenario == name]
        found, wanted, false = counted(some)
        yield [name, str(len(some)), f"{found} / {wanted}", str(false)]


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table in Markdown."""
    lines = [heads, ["---"] * len(heads), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


if __name__ == "__main__":
    sys.exit(main())
