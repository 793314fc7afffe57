"""Figures in rows: as plain text for a terminal, as Markdown for a page."""

from collections.abc import Iterable, Iterator, Sequence

from bench.contestants import WIRETRUTH
from bench.rounds import Result
from bench.sitting import Reading, Sitting, ratio

Row = Sequence[str]


def number(value: float) -> str:
    """Give three digits, no exponent: 0.0123, 0.123, 1.23, 123, 1,234."""
    for least, digits in ((100, 0), (10, 1), (1, 2), (0.1, 3)):
        if value >= least:
            return f"{value:,.{digits}f}"
    return f"{value:.4f}"


def costs(reading: Reading, floor: float) -> Iterator[Row]:
    """Give a heading, and what each contestant needed; peaks of memory not below *floor*, in MiB."""
    yield "reader", "wall, s", "from - to", "CPU, s", "peak, MiB", "wall ratio", "CPU ratio"
    for result in reading.results:
        yield _costs(reading, result, floor)


def _costs(reading: Reading, result: Result, floor: float) -> Row:
    name = f"{result.name} (from {result.sampled:,} packets)" if result.sampled else result.name
    if not result.costs:
        return name, "failed", "", "", "", "", ""
    median = result.median()
    walls = [cost.wall for cost in result.costs]
    found = ratio(reading, result.name)
    ratios = [f"{number(each)}×" for each in found] if found else ["", ""]
    span = f"{number(min(walls))} - {number(max(walls))}"
    peak = f"{median.peak:,.0f}" if median.peak > floor else f"under {floor:.0f}"
    return name, number(median.wall), span, number(median.cpu), peak, *ratios


def failures(reading: Reading) -> str:
    """Say in a line for each what the contestants that failed complained of."""
    return "".join(f"{result.name} failed: {result.failure}\n" for result in reading.results if not result.costs)


def growth(sitting: Sitting) -> Iterator[Row]:
    """Give a heading, and what wiretruth needed as the same workload grew."""
    yield "packets", "wall, s", "CPU, s", "CPU, µs a packet", "peak, MiB"
    for reading in sitting.growth:
        result = reading.of(WIRETRUTH)
        if result is None:
            yield f"{reading.packets:,}", "failed", "", "", ""
            continue
        cost = result.median()
        pace = number(cost.cpu / reading.packets * 1e6)
        yield f"{reading.packets:,}", number(cost.wall), number(cost.cpu), pace, f"{cost.peak:,.0f}"


def plain(rows: Iterable[Row]) -> str:
    """Lay rows out in columns: the first to the left, figures to the right."""
    table = [list(row) for row in rows]
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    return "".join(
        "  ".join(
            cell.ljust(width) if place == 0 else cell.rjust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        + "\n"
        for row in table
    )


def markdown(rows: Iterable[Row]) -> str:
    """Lay rows out as a Markdown table; the first row is its heading."""
    heading, *rest = [[cell.replace("|", "\\|") for cell in row] for row in rows]
    rule = ["---", *["---:"] * (len(heading) - 1)]
    return "".join(f"| {' | '.join(row)} |\n" for row in (heading, rule, *rest))
