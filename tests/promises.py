"""What is promised of a report, whatever the frames hold: nothing raises, nothing is said twice differently, all of it shows as it is."""

import json
from typing import Final, NoReturn

from tests.mutations import Tape, batches
from wiretruth import discover, reports
from wiretruth.engine.analysis import Analysis
from wiretruth.engine.settings import Settings
from wiretruth.engine.yielded import Ending
from wiretruth.model.report import Report
from wiretruth.reports import json as document
from wiretruth.reports import jsonl
from wiretruth.reports._options import RECORDS, Options

ALL: Final = frozenset(RECORDS)
PAGES: Final = (Options(verbosity=-1), Options(width=40), Options(verbosity=2, width=120))
"""For a person: quietly, narrow, and everything."""


def read(*tapes: Tape, size: int = 1 << 16, every_lookup: bool = False) -> Report:
    """Read tapes, each as what a vantage saw, in batches of *size*."""
    analysis = Analysis(Settings(every_connection=True, every_lookup=every_lookup))
    for number, tape in enumerate(tapes):
        analysis.open(f"tap{number}", f"tap{number}.pcap")
        for batch in batches(tape, size):
            analysis.receive(batch)
        analysis.close(Ending("pcap"))
    return analysis.finish()


def written(report: Report) -> tuple[str, ...]:
    """Write the report in every format there is, the two for programs first."""
    others = (m for m in discover.modules(reports.__name__) if m not in (document, jsonl))
    pages = [(module.render, page) for module in others for page in PAGES]
    formats = [(document.render, Options(records=ALL)), (jsonl.render, Options(records=ALL)), *pages]
    return tuple("".join(render(report, options)) for render, options in formats)


def hold_to_promises(*tapes: Tape) -> None:
    """Read tapes in two ways, and look at all that is written."""
    told = written(read(*tapes))

    assert told == written(read(*tapes, size=7)), "the same frames in other batches make the same report"
    hold_text(told)


def hold_text(told: tuple[str, ...]) -> None:
    """Hold what :func:`written` gave to what programs and terminals take."""
    json.loads(told[0], parse_constant=_no_number)
    for row in told[1].splitlines():
        json.loads(row, parse_constant=_no_number)
    for row in "".join(told).split("\n"):
        assert row.isprintable()
        row.encode()


def _no_number(word: str) -> NoReturn:
    raise ValueError(f"{word} is no JSON")
