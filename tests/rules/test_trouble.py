"""A rule that hears only of trouble misses nothing: asked about every statement, it says no more."""

from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest

from wiretruth.engine import judgement
from wiretruth.engine.analysis import Analysis
from wiretruth.model.report import Report
from wiretruth.model.statements import Statement
from wiretruth.sources.files import CaptureSource

PCAPS = Path(__file__).parents[2] / "pcaps"


def cases() -> Iterator[tuple[str, list[Path]]]:
    for folder in sorted(PCAPS.iterdir()):
        captures = sorted(folder.glob("*.pcap*"))
        if captures:
            yield folder.name, captures


def read(captures: list[Path]) -> Report:
    analysis = Analysis()
    for capture in captures:
        analysis.open(capture.stem, capture.name)
        with CaptureSource(str(capture)) as source:
            for batch in source.batches():
                analysis.receive(batch)
        analysis.close()
    return analysis.finish()


@pytest.mark.parametrize(("name", "captures"), list(cases()), ids=str)
def test_nothing_is_said_of_what_is_in_order(name: str, captures: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    expected = read(captures).findings
    hearing = judgement._listeners()
    everything = {
        kind: [(None, [check for _, checks in hearing[kind] for check in checks])] for kind in get_args(Statement)
    }
    monkeypatch.setattr(judgement, "_listeners", lambda: everything)

    assert expected == read(captures).findings, name
